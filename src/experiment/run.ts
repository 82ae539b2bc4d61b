/** One search of an experiment, in whichever thread: what is searched, and what came of it. Plain data. */
import { confirm } from '../check/confirm.ts'
import { type Instance, investigate, modelOf } from '../check/investigate.ts'
import { outcomeOf } from '../check/scenario-outcome.ts'
import type { Budget, Interruption } from '../engine/result.ts'
import { type LoadedProtocol, loadProtocol } from '../load/load-protocol.ts'
import { loadMutated } from '../load/mutated.ts'
import type { Found } from '../report/claims.ts'

/** A module: by what it is loaded, and which mutant is on, where it has some. */
export interface Subject {
  readonly name: string
  readonly mutated?: { readonly copies: string; readonly mutant: number }
}

export interface Setting extends Instance {
  /** Absent: all that are not optional. */
  readonly properties?: readonly string[] | undefined
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
  /** The switches that were asked, where none is on. */
  readonly asked?: readonly number[]
}

/** @throws SplitbrainError where the protocol, at these parameters, is none */
export async function runAsked(task: RunAsked, signal: Interruption): Promise<Ran> {
  const { subject, setting, budget, digested } = task
  const loaded = await loadedSubject(subject)
  const startedAt = performance.now()
  const model = modelOf(loaded, setting)
  const { properties } = setting
  const result = await investigate(model, loaded, {
    budget,
    signal,
    ...(properties && { properties }),
    ...(digested && { digested }),
  })
  if (task.confirmed) confirm(model, result, {})
  const { distinct, generated, depth, digest, groups } = result
  return {
    found: outcomeOf(result, budget),
    distinct,
    generated,
    depth,
    ms: Math.round(performance.now() - startedAt),
    ...(digest !== undefined && { digest }),
    fired: Object.fromEntries(groups.map(({ group, fired }) => [group, fired])),
    ...('asked' in loaded && { asked: [...(loaded.asked as Set<number>)] }),
  }
}

export const loadedSubject = ({ name, mutated }: Subject): Promise<LoadedProtocol> =>
  mutated === undefined ? loadProtocol(name) : loadMutated(name, mutated.copies, mutated.mutant)
