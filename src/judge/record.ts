/**
 * Recording: the judge walks a path that a search handed over, and writes down what it sees. A trace exists only if the
 * judge has confirmed it, so a defect of the engine cannot become evidence.
 */
import type { Model, Property, State } from '../model.ts'
import type { Path } from '../trace/path.ts'
import { recordChange, recordInitial } from '../trace/recorded.ts'
import { EXPLAINS, LONGEST_REASON, RUNS, type Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Ending } from './answer.ts'
import { breakdownAfter, endingOf } from './ending.ts'
import { tidy } from './tidy.ts'
import { canonicalArguments, walk } from './walk.ts'

/** What a trace says of where it comes from. */
export interface Origin {
  /** The spec's file, relative to the folder the trace is saved in. */
  readonly spec?: string
}

/** Beyond the path, what the search says it has seen. */
export interface Findings {
  /** Of a `canAlways`: the states that can be reached from the end. */
  readonly proof?: { readonly states: number } | undefined
  /** Whether the path is a shortest one, so that only the order of its steps is tidied. Absent: it is left as it is. */
  readonly isShortest?: boolean
}

/**
 * The trace of a path whose end violates `property`, or is the witness of a `sometimes`.
 * @throws SplitbrainError `internal` where the judge does not agree: the engine and the plain run differ
 */
export function record(
  model: Model,
  property: Property,
  found: Path,
  origin: Origin = {},
  { proof, isShortest }: Findings = {},
): Trace {
  const { path, tidied } = isShortest === undefined ? { path: found } : tidy(model, property, found, isShortest)
  const { states, stop } = walk(model, path)
  if (stop !== undefined) throw disagreement(model, property.name, `step ${stop.step} cannot be taken: ${stop.reason}`)
  const ending = endingOf(model, property, states, path)
  if (ending.verdict === undefined) {
    const why = ending.because === '' ? '' : `: ${ending.because}`
    const found = `after step ${path.steps.length} it finds neither violation nor witness${why}`
    throw disagreement(model, property.name, found)
  }
  return {
    ...traceOf(model, property, path, states, ending, origin),
    ...proofOf(model, property, ending, proof),
    ...('stutters' in property && property.stutters ? { stutters: true as const } : {}),
    ...(tidied === undefined ? {} : { tidied }),
  }
}

/** The judge counts by itself where it can; where both have counted, they must agree. */
function proofOf(
  model: Model,
  property: Property,
  { beyond }: Ending,
  claimed: Findings['proof'],
): Pick<Trace, 'proof'> {
  if (beyond === undefined) return {}
  const { states, isAll } = beyond
  if (isAll && claimed !== undefined && claimed.states !== states) {
    const found = `finds ${states} states beyond it, where the search found ${claimed.states}`
    throw disagreement(model, property.name, found)
  }
  if (isAll) return { proof: { states, by: 'judge' } }
  if (claimed !== undefined) return { proof: { states: claimed.states, by: 'search' } }
  throw disagreement(model, property.name, `there are more than ${states} states beyond it, which nobody has looked at`)
}

/**
 * The trace to a state in which a body or a predicate throws; undefined where the judge sees nothing throw, as with an
 * impure body, and where `start` throws, to which nothing leads. A last step that throws itself is left out:
 * it is what the end is judged by.
 */
export function recordBroken(model: Model, path: Path, origin: Origin = {}): Trace | undefined {
  const { states, stop } = walk(model, path)
  if (states.length === 0 || (stop !== undefined && stop.kind !== 'threw')) return undefined
  const ending = breakdownAfter(model, states)
  if (ending.verdict === undefined) return undefined
  const steps = path.steps.slice(0, states.length - 1)
  return traceOf(model, RUNS, { ...path, steps }, states, ending, origin)
}

/**
 * The trace of steps that explain a log.
 * @throws SplitbrainError `internal` where the judge cannot take them
 */
export function recordExplanation(model: Model, path: Path, origin: Origin = {}): Trace {
  const { states, stop } = walk(model, path)
  if (stop !== undefined) throw disagreement(model, EXPLAINS.name, `step ${stop.step} cannot be taken: ${stop.reason}`)
  return traceOf(model, EXPLAINS, path, states, { verdict: 'witnessed', because: EXPLAINS.claim }, origin)
}

function disagreement(model: Model, property: string, found: string): SplitbrainError {
  return new SplitbrainError(
    'internal',
    `the search and the judge disagree about ${model.protocol}.${property}: the judge walked the path, and ${found}. ` +
      'This is a defect of splitbrain, or an impure body; please report it with the spec.',
  )
}

function traceOf(
  model: Model,
  { name, claim }: Trace['property'],
  path: Path,
  states: readonly State[],
  { verdict, because }: Ending,
  origin: Origin,
): Trace {
  return {
    protocol: model.protocol,
    ...origin,
    parameters: model.parameters,
    bugs: model.bugs,
    property: { name, claim },
    verdict: verdict!,
    because: because.length <= LONGEST_REASON ? because : `${because.slice(0, LONGEST_REASON - 1)}…`,
    initial: { choices: canonicalArguments(path.initial), ...recordInitial(model, states[0]!) },
    steps: path.steps.map((step, i) => ({
      ...step,
      arguments: canonicalArguments(step.arguments),
      ...recordChange(model, states[i]!, states[i + 1]!),
    })),
    ...(path.loop === undefined ? {} : { loop: path.loop }),
  }
}
