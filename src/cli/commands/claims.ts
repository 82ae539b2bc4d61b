/**
 * `verify claims`: what the documents claim, each claim checked anew. It is printed as it is found out; a claim that
 * takes long is answered by its counterexample on file, or not at all, unless --slow asks for the search.
 */
import { Option } from 'commander'
import { checkClaim, uncheckedClaim } from '../../check/check-claim.ts'
import { answerOf, type CheckedClaim, type Claim } from '../../report/claims.ts'
import { claimsTable } from '../../report/claims-table.ts'
import { claimsSummary, claimText } from '../../report/claims-text.ts'
import { commandTo } from '../../report/program.ts'
import { wrap } from '../../report/wrap.ts'
import { chooseClaims } from '../choose-claims.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode, worst } from '../exit-code.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { type BudgetFlags, budgetOf, budgetOptions } from '../search-options.ts'
import { watchedSearch } from '../watched-search.ts'

interface ClaimsFlags extends BudgetFlags {
  readonly source?: string
  readonly slow?: true
  readonly list?: true
  readonly markdown?: true
  readonly json?: true
}

const EXIT_CODES =
  '\nExit code: 0 each came out as documented · 1 one did not · 2 wrong use, or a broken protocol · 3 a budget ran out'

export async function claims(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandOf(console).parse(args, { from: 'user' })
  const flags = command.opts<ClaimsFlags>()
  const chosen = await chooseClaims(command.args, flags.source)
  const tell = flags.json || flags.markdown ? () => {} : teller(console)
  const checked = flags.list ? await listed(chosen, tell) : await checkAll(chosen, flags, console, tell)
  await printEnding(checked, flags, console)
  return flags.list ? EXIT.holds : worst(checked.map(exitCodeOf))
}

function commandOf(console: Console) {
  const command = commandLine(
    'verify claims',
    'What the documents claim, and what a search says of each claim.',
    console,
  )
    .argument(
      '[protocols...]',
      'their names, rows of the catalogue, or files; all that come with splitbrain if none is named',
    )
    .option('--source <text>', 'only claims from a source with this text in its name: "document 002", Kleppmann')
    .option('--slow', 'search those that take long as well')
    .addOption(new Option('--list', 'print them as documented; check nothing').conflicts('slow'))
    .addOption(new Option('--markdown', 'print tables in Markdown').conflicts('json'))
    .option('--json', 'print everything as one JSON document')
    .addHelpText('after', EXIT_CODES)
  for (const option of budgetOptions()) command.addOption(option.helpGroup('Budgets of each search:'))
  return refuseContradictions(command)
}

/** Ctrl-C ends the search under way; the claims after it stay unchecked. */
async function checkAll(
  chosen: readonly Claim[],
  flags: ClaimsFlags,
  console: Console,
  tell: Tell,
): Promise<CheckedClaim[]> {
  const checked: CheckedClaim[] = []
  const budget = budgetOf(flags)
  const slow = flags.slow === true
  for (const [at, claim] of chosen.entries()) {
    if (console.supervisor?.interruption.aborted) break
    const title = `${at + 1}/${chosen.length} ${claim.protocol} ${claim.scenario.name} · `
    const { timeoutMs } = budget
    const found = await watchedSearch((watch) => checkClaim(claim, { slow, budget, ...watch }), console, {
      timeoutMs,
      title,
    })
    checked.push(found)
    tell(found)
  }
  return [...checked, ...(await listed(chosen.slice(checked.length), tell))]
}

async function listed(chosen: readonly Claim[], tell: Tell): Promise<CheckedClaim[]> {
  const unchecked = await Promise.all(chosen.map(uncheckedClaim))
  unchecked.forEach(tell)
  return unchecked
}

type Tell = (claim: CheckedClaim) => void

const repeats = ({ protocol, scenario }: CheckedClaim): string => commandTo(protocol, '--scenario', scenario.name)

/** Prints claims as they come, with the protocol's name above its first. */
function teller(console: Console): Tell {
  let protocol = ''
  return (claim) => {
    if (claim.protocol !== protocol) {
      protocol = claim.protocol
      console.print(`${console.paint.bold(wrap(`${protocol}: ${claim.summary}`, console.width, '  '))}\n`)
    }
    console.print(`${claimText(claim, { ...console, repeats })}\n`)
  }
}

async function printEnding(checked: readonly CheckedClaim[], flags: ClaimsFlags, console: Console): Promise<void> {
  if (flags.json) {
    const { claimsJson } = await import('../../report/claims-json.ts')
    console.print(JSON.stringify(claimsJson(checked, repeats), null, 2))
  } else if (flags.markdown) {
    const { claimsMarkdown } = await import('../../report/claims-markdown.ts')
    console.print(claimsMarkdown(checked))
  } else {
    for (const line of tablesOf(checked)) console.print(wrap(line, console.width, '    '))
    for (const line of claimsSummary(checked)) console.print(wrap(line, console.width))
  }
}

/** The tables that the claims of some protocols make up, each with an empty line below. */
function tablesOf(checked: readonly CheckedClaim[]): string[] {
  const protocols = [...new Set(checked.map(({ protocol }) => protocol))]
  return protocols.flatMap((name) => {
    const lines = claimsTable(checked.filter(({ protocol }) => protocol === name))
    return lines.length === 0 ? [] : [`${name}:`, '', ...lines, '']
  })
}

/** A claim that was left out because it takes long is no failure; one that an interrupt left out is not known. */
function exitCodeOf(claim: CheckedClaim): ExitCode {
  if (claim.found?.verdict === 'broken') return EXIT.wrong
  switch (answerOf(claim)) {
    case 'otherwise':
      return EXIT.violated
    case 'unknown':
      return EXIT.unknown
    case 'unchecked':
      return claim.scenario.slow ? EXIT.holds : EXIT.unknown
    case 'confirmed':
    case 'refuted':
      return EXIT.holds
  }
}
