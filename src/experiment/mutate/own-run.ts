/**
 * The protocol itself in a documented run, and in the same search all of its mutants: which of them it comes to the place
 * of, and which do something else there. A mutant that does not needs no search of its own in this run.
 *
 * What asks for switches outside of bodies and predicates - the definition, what sets processes up, fairness - is not
 * held against the mutants: those that it asks for have to be searched.
 */
import { modelOf } from '../../check/investigate.ts'
import type { Comparing, Interruption } from '../../engine/search-options.ts'
import { loadMutated } from '../../load/mutated.ts'
import type { Model } from '../../model.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { type Ran, type RunAsked, type Setting, searched } from '../run.ts'

export interface OwnAsked extends Omit<RunAsked, 'subject'> {
  readonly name: string
  readonly copies: string
  /** The mutants to hold against it. All others count as those that do something else. */
  readonly mutants: readonly number[]
}

export interface Own {
  readonly ran: Ran
  /** The mutants that it comes to the place of. */
  readonly asked: readonly number[]
  /** Those of them that do something else, or may. */
  readonly differing: readonly number[]
}

/** @throws SplitbrainError where the protocol, at these parameters, is none */
export async function ownRun({ name, copies, mutants, ...task }: OwnAsked, signal: Interruption): Promise<Own> {
  const loaded = await loadMutated(name, copies, 0)
  const making = await makingOf(mutants, name, copies)
  const notes = new Notes(loaded.asked, (mutant) => making.get(mutant)?.(task.setting))
  for (const mutant of loaded.askedAtLoad) notes.askedOutside(mutant)
  const model = modelOf(loaded, task.setting)
  const subject = { name, mutated: { copies, mutant: 0 } }
  const ran = await searched(model, loaded, { ...task, subject }, signal, notes)
  notes.outside()
  return { ran, asked: [...notes.asked], differing: [...notes.differing] }
}

type Making = (setting: Setting) => Model | undefined

/** By mutant how its model is made; what cannot be loaded has none. */
async function makingOf(mutants: readonly number[], name: string, copies: string): Promise<Map<number, Making>> {
  const making = new Map<number, Making>()
  for (const mutant of mutants) {
    try {
      const loaded = await loadMutated(name, copies, mutant)
      making.set(mutant, (setting) => unlessRefused(() => modelOf(loaded, setting)))
    } catch (thrown) {
      unlessRefused(() => {
        throw thrown
      })
    }
  }
  return making
}

function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code !== 'internal') return undefined
    throw thrown
  }
}

/** Which switches are asked in the runs of bodies and predicates, and which elsewhere. */
class Notes implements Comparing {
  readonly asked = new Set<number>()
  readonly differing = new Set<number>()
  #inLastRun: readonly number[] = []

  /** @param now the switches as they are asked; it is emptied again and again */
  constructor(
    readonly now: Set<number>,
    readonly modelOf: (mutant: number) => Model | undefined,
  ) {}

  readonly around = <T>(run: () => T): T => {
    this.outside()
    try {
      return run()
    } finally {
      this.#inLastRun = [...this.now]
      for (const mutant of this.now) this.asked.add(mutant)
      this.now.clear()
    }
  }

  concerned(): readonly number[] {
    return this.#inLastRun.filter((mutant) => !this.differing.has(mutant))
  }

  differs(mutant: number): void {
    this.differing.add(mutant)
  }

  /** What was asked since the last run was asked elsewhere. */
  outside(): void {
    for (const mutant of this.now) this.askedOutside(mutant)
    this.now.clear()
  }

  askedOutside(mutant: number): void {
    this.asked.add(mutant)
    this.differing.add(mutant)
  }
}
