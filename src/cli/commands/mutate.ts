/** `verify mutate lock`: makes small mistakes in a protocol's text, and tells which of them no property notices. */
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { type Command, Option } from 'commander'
import type { Answer, Task } from '../../experiment/experiment-thread.ts'
import { changedLines } from '../../experiment/mutate/changed-lines.ts'
import { findMutants } from '../../experiment/mutate/find-mutants.ts'
import type { Mutant } from '../../experiment/mutate/mutant.ts'
import { type Judged, mutate as judgeAll, type Run } from '../../experiment/mutate/mutate.ts'
import { beginText, isArguedAway, mutationText, namesOf, placeText } from '../../experiment/mutate/mutation-text.ts'
import { patienceFor } from '../../experiment/patience.ts'
import type { Scenario } from '../../language/scenario.ts'
import { findNames } from '../../load/find-names.ts'
import { loadProtocol } from '../../load/load-protocol.ts'
import { removeCopies, writeCopies } from '../../load/mutated.ts'
import { scenariosOf } from '../../load/scenarios.ts'
import { sourceFile, textsOf } from '../../load/source-file.ts'
import { threadsFor } from '../../load/take-part.ts'
import { Pool } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { parseCount, parseDuration } from '../quantity-arguments.ts'
import { atSignal, heedSignals } from '../signals.ts'

interface MutateFlags {
  readonly scenario?: readonly string[]
  readonly changed?: true | string
  readonly timeout: number
  readonly jobs?: number
  readonly json?: true
  readonly list?: true
}

const EXIT_CODES =
  '\nExit code: 0 every mutant that makes a difference is noticed · 1 one survived · 2 wrong use, or the protocol does not come out as documented · 3 a budget ran out'

export async function mutate(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandOf(console).parse(args, { from: 'user' })
  const flags = command.opts<MutateFlags>()
  const [name] = command.args
  const startedAt = performance.now()
  const loaded = await loadProtocol(name!)
  const documented = await scenariosOf(loaded, name!)
  const scenarios = chosen(documented, flags.scenario, loaded.protocol.name)
  const file = sourceFile(name!)
  const { texts, leftOut } = textsOf(file)
  const mutants: Mutant[] = []
  const copies = new Map<string, string>()
  for (const [path, text] of texts) {
    const found = findMutants(path, text, mutants.length + 1)
    for (const { lines, argument } of found.idle) {
      console.complain(
        `! ${relative('', path)}:${lines[0]}: there is no mutant here that could be argued away (${argument})`,
      )
    }
    mutants.push(...found.mutants)
    copies.set(path, found.text)
  }
  const wanted = flags.changed === undefined ? mutants : ofChangedLines(mutants, flags.changed)
  if (wanted.length === 0) throw nothingToMutate(file, flags)
  if (flags.list) {
    for (const mutant of wanted) console.print(`${placeText(mutant)}  ${mutant.operator}`)
    return EXIT.holds
  }
  const folder = writeCopies(copies)
  const pool = new Pool<Task, Answer>(
    flags.jobs ?? availableParallelism(),
    threadsFor('experiment/experiment-thread', console.supervisor?.state),
    patienceFor,
  )
  heedSignals(console)
  const stopListening = atSignal(() => pool.stop(), console)
  let runs: readonly Run[] = []
  try {
    const plan = {
      protocol: name!,
      copies: folder,
      mutants: wanted,
      scenarios,
      documented,
      budget: { timeoutMs: flags.timeout },
    }
    const judged = await judgeAll(plan, pool, {
      begin: (own) => {
        runs = own
        if (!flags.json) console.print(beginText(loaded.protocol.name, wanted, own, console.width))
      },
      judged: progressOn(console, wanted.length),
    })
    console.statusLine?.clear()
    const told = { name: loaded.protocol.name, runs, judged, ms: performance.now() - startedAt, leftOut }
    console.print(flags.json ? JSON.stringify(asJson(told), undefined, 2) : mutationText(told, console))
    return exitCodeOf(judged)
  } finally {
    stopListening()
    await pool.end()
    removeCopies(folder)
  }
}

function commandOf(console: Console): Command {
  return commandLine(
    'verify mutate',
    'Make small mistakes in a protocol, and see which of them no property notices.',
    console,
  )
    .argument('<protocol>', 'a file, or a protocol that comes along')
    .addOption(
      new Option('--scenario <names>', 'in these of its documented runs; all quick ones').argParser(collectNames),
    )
    .option('--changed [commit]', 'only in lines that have changed since this commit (git; HEAD if not given)')
    .addOption(new Option('--timeout <time>', 'for each search').argParser(parseDuration).default(30_000, '30s'))
    .addOption(new Option('--jobs <n>', 'searches at once; as many as processors if not given').argParser(parseCount))
    .option('--list', 'name the mutants, and search nothing')
    .option('--json', 'print everything as one JSON document')
    .allowExcessArguments(false)
    .addHelpText('after', EXIT_CODES)
}

/** A protocol without documented runs is searched at its defaults. */
function chosen(
  documented: readonly Scenario[],
  named: MutateFlags['scenario'],
  protocol: string,
): readonly Scenario[] {
  const all = documented.length > 0 ? documented : [{ name: 'default', expect: { verdict: 'holds' } } as const]
  if (named === undefined) return all.filter(({ slow }) => slow !== true)
  const names = findNames(
    named,
    all.map(({ name }) => name),
    'scenario',
    protocol,
  )
  return all.filter(({ name }) => names.includes(name))
}

function ofChangedLines(mutants: readonly Mutant[], commit: true | string): readonly Mutant[] {
  const files = [...new Set(mutants.map(({ file }) => file))]
  const changed = new Map(files.map((file) => [file, changedLines(file, commit === true ? 'HEAD' : commit)]))
  return mutants.filter(({ file, line }) => changed.get(file)!.has(line))
}

function nothingToMutate(file: string, { changed }: MutateFlags): SplitbrainError {
  const place = relative('', file)
  return new SplitbrainError(
    'bad-option',
    changed === undefined
      ? `${place} has nothing that could be mutated: no guard, no assignment, no message`
      : `no line of ${place} that could be mutated has changed; leave out --changed for all of them`,
  )
}

function progressOn({ statusLine }: Console, all: number): (judged: Judged) => void {
  let done = 0
  return ({ mutant }) => statusLine?.show(`${++done} of ${all} · ${placeText(mutant)} ${mutant.operator}`)
}

const asJson = (told: Parameters<typeof mutationText>[0]) => ({
  version: 1,
  protocol: told.name,
  scenarios: namesOf(told.runs),
  leftOut: told.leftOut.map((path) => relative('', path) || path),
  mutants: [...told.judged]
    .sort((a, b) => a.mutant.key - b.mutant.key)
    .map(({ mutant, outcome }) => ({ ...mutant, file: relative('', mutant.file), ...outcome })),
})

function exitCodeOf(judged: readonly Judged[]): ExitCode {
  const open = judged.filter((one) => !isArguedAway(one))
  if (open.some(({ outcome }) => outcome.verdict === 'survived')) return EXIT.violated
  return open.some(({ outcome }) => outcome.verdict === 'unknown') ? EXIT.unknown : EXIT.holds
}
