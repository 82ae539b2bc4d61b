/** `verify lock --inductive mutual-exclusion`: one step from every state in which an invariant is true. */
import { randomInt } from 'node:crypto'
import { type Break, type Induction, induct } from '../engine/induction.ts'
import { LARGEST_SEED, seeded } from '../engine/walks/random.ts'
import { record } from '../judge/record.ts'
import { type Invariant, isInvariant, startingIn } from '../judge/starting-in.ts'
import { findNames } from '../load/find-names.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import { specPath } from '../load/spec-path.ts'
import { placeOf } from '../load/what-was-thrown.ts'
import type { Model } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { setTraps } from '../purity/traps.ts'
import { headline } from '../report/headline.ts'
import { breakText } from '../report/induction-break.ts'
import { inductionCounts, inductionText } from '../report/induction-text.ts'
import { renderTrace } from '../report/inspect.ts'
import { commandTo } from '../report/program.ts'
import { inductionProgress } from '../report/progress-line.ts'
import { wrap } from '../report/wrap.ts'
import type { Trace } from '../trace/trace.ts'
import { traceName } from '../trace/write-trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { specOption } from './print-findings.ts'
import { saveTrace } from './save.ts'
import type { SearchFlags } from './search-options.ts'
import { placeFor } from './trace-place.ts'

/** States looked at where `--max-states` does not say. */
const MOST_STATES = 100_000

type Flags = Pick<SearchFlags, 'inductive' | 'seed' | 'maxStates' | 'timeout' | 'json' | 'quiet' | 'full'>

/** @param folder where a counterexample is saved; undefined: nowhere */
export async function checkInduction(
  model: Model,
  loaded: LoadedProtocol,
  flags: Flags,
  folder: string | undefined,
  console: Console,
): Promise<ExitCode> {
  const invariant = invariantNamed(model, flags.inductive!)
  const seed = flags.seed ?? randomInt(LARGEST_SEED + 1)
  const isTold = !flags.quiet && !flags.json
  if (isTold) console.print(headline(model, Object.keys(loaded.protocol.parameters), console.width))
  const induction = await searched(model, invariant, flags, seed, console)
  const { found } = induction
  const verdict = found !== undefined ? 'violated' : isProved(induction) ? 'holds' : 'unknown'
  const start = found && startingIn(model, found.breaks, found.state)
  const trace = start && traceOf(start, found, loaded, folder)
  const file = trace && folder !== undefined ? fileFor(trace, loaded, folder) : undefined
  if (flags.json) {
    const { inductionJson } = await import('../report/induction-json.ts')
    console.print(JSON.stringify(inductionJson(model, invariant, { verdict, induction, seed, trace, file }), null, 2))
  } else {
    const told = (text: string) => console.print(wrap(text, console.width))
    if (isTold) {
      for (const line of inductionCounts(model, induction, seed)) told(line)
      console.print('')
      if (start && trace) console.print(`${drawn(start, trace, flags, console)}\n`)
      else if (induction.broken.first)
        console.print(`${brokenOff(model, invariant, induction.broken.first, console)}\n`)
    }
    told(inductionText(model, invariant, induction))
    if (file !== undefined) console.print(commandTo('replay', file, ...specOption(loaded.file)))
  }
  if (trace && file !== undefined) saveTrace(file, trace, console)
  return EXIT[verdict]
}

function traceOf(
  start: Model,
  { step, breaks }: NonNullable<Induction['found']>,
  { file }: LoadedProtocol,
  folder = '.',
): Trace {
  const origin = file === undefined ? {} : { spec: specPath(file, folder) }
  return { ...record(start, breaks, { initial: {}, steps: [step] }, origin), inductive: true }
}

const drawn = (start: Model, trace: Trace, { full }: Flags, { width, colour }: Console): string =>
  renderTrace(start, trace, { width, colour, heading: false, full: full === true })

function brokenOff(model: Model, invariant: Invariant, broken: Break, { width, colour }: Console): string {
  const { thrown } = broken
  return breakText(model, invariant, broken, {
    width,
    colour,
    place: thrown instanceof Error ? placeOf(thrown) : undefined,
  })
}

const isProved = ({ states, looked, satisfying, isDrawn, omits, broken }: Induction): boolean =>
  !isDrawn && looked === states && satisfying > 0 && omits.length === 0 && broken.states === 0

/** With a status line while it runs; a signal ends it with what is known. */
async function searched(
  model: Model,
  invariant: Invariant,
  { maxStates, timeout, quiet, json }: Flags,
  seed: number,
  console: Console,
): Promise<Induction> {
  const { supervisor } = console
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  const statusLine = quiet || json ? undefined : console.statusLine
  const removeTraps = setTraps()
  supervisor?.heed()
  try {
    return await induct(model, invariant, {
      most: maxStates ?? MOST_STATES,
      random: seeded(seed),
      isOver: () => elapsed() >= (timeout ?? Number.POSITIVE_INFINITY),
      signal: supervisor?.interruption,
      onProgress: (progress) => statusLine?.show(inductionProgress(progress, elapsed(), statusLine.width)),
    })
  } finally {
    statusLine?.clear()
    removeTraps()
  }
}

/** @throws SplitbrainError `bad-option` where it is no invariant */
function invariantNamed(model: Model, asked: string): Invariant {
  const properties = propertiesOf(model)
  const names = properties.map(({ name }) => name)
  const [name] = findNames([asked], names, 'property', model.protocol)
  const property = properties.find((one) => one.name === name)!
  if (isInvariant(property)) return property
  throw new SplitbrainError(
    'bad-option',
    `--inductive ${asked}: ${property.name} is no invariant but of the kind ${property.kind}; expected one that is always or never true of states`,
  )
}

function fileFor(trace: Trace, { protocol }: LoadedProtocol, folder: string): string {
  const defaults = Object.fromEntries(
    Object.entries(protocol.parameters).map(([name, schema]) => [name, schema.parse(undefined)]),
  )
  return placeFor(trace, folder, traceName(trace, defaults).replace(/\.json$/, '-inductive.json')).file
}
