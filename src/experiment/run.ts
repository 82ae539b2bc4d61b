/** One search of an experiment, in whichever thread: what is searched, and what came of it. Plain data. */
import { confirm } from '../check/confirm.ts'
import { type Instance, investigate, modelOf } from '../check/investigate.ts'
import { outcomeOf } from '../check/scenario-outcome.ts'
import type { SearchResult } from '../engine/result.ts'
import type { Budget, Comparing, Interruption } from '../engine/search-options.ts'
import { type LoadedProtocol, loadProtocol } from '../load/load-protocol.ts'
import { loadMutated } from '../load/mutated.ts'
import type { Model } from '../model.ts'
import type { Found } from '../report/claims.ts'
import { swollenText } from '../report/swollen.ts'

/** A module: by what it is loaded, and which mutant is on, where it has some. */
export interface Subject {
  readonly name: string
  readonly mutated?: { readonly copies: string; readonly mutant: number }
}

export interface Setting extends Instance {
  /** Absent: all that are not optional. */
  readonly properties?: readonly string[] | undefined
  /** Besides all that are not optional. */
  readonly besides?: readonly string[]
}

export interface RunAsked {
  readonly subject: Subject
  readonly setting: Setting
  readonly budget: Budget
  /** Whether a hash of the set of states is wanted. */
  readonly digested?: boolean
  /** Whether the judge is to walk the counterexample. */
  readonly confirmed?: boolean
}

export interface Ran {
  readonly found: Found
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly ms: number
  readonly digest?: string
  /** By group, how many steps there were. */
  readonly fired: Readonly<Record<string, number>>
}

/** @throws SplitbrainError where the protocol, at these parameters, is none */
export async function runAsked(task: RunAsked, signal: Interruption): Promise<Ran> {
  const loaded = await loadedSubject(task.subject)
  return searched(modelOf(loaded, task.setting), loaded, task, signal)
}

/** As `runAsked`, where somebody has the model already. @param versions to be held against it */
export async function searched(
  model: Model,
  loaded: LoadedProtocol,
  task: RunAsked,
  signal: Interruption,
  versions?: Comparing,
): Promise<Ran> {
  const startedAt = performance.now()
  const { setting, budget, digested } = task
  const properties = askedIn(model, setting)
  const result = await investigate(model, loaded, {
    budget,
    signal,
    ...(properties && { properties }),
    ...(digested && { digested }),
    ...(versions && { versions }),
    ...(task.subject.mutated?.mutant && { isKnownPure: true }), // the protocol itself was searched before
  })
  if (task.confirmed) confirm(model, result, {})
  const { distinct, generated, depth, digest, groups } = result
  return {
    found: withGrowth(outcomeOf(result, budget), result),
    distinct,
    generated,
    depth,
    ms: Math.round(performance.now() - startedAt),
    ...(digest !== undefined && { digest }),
    fired: Object.fromEntries(groups.map(({ group, fired }) => [group, fired])),
  }
}

export const loadedSubject = ({ name, mutated }: Subject): Promise<LoadedProtocol> =>
  mutated === undefined ? loadProtocol(name) : loadMutated(name, mutated.copies, mutated.mutant)

function askedIn({ properties }: Model, { properties: named, besides }: Setting): readonly string[] | undefined {
  if (besides === undefined) return named
  return properties.filter(({ name, optional }) => !optional || besides.includes(name)).map(({ name }) => name)
}

/** Where a budget ran out, what seems to have no end. */
function withGrowth(found: Found, { swelling = [] }: SearchResult): Found {
  const [worst] = swelling
  if (found.verdict !== 'unknown' || worst === undefined) return found
  return { ...found, why: `${found.why}; new values kept turning up: ${swollenText(worst)}` }
}
