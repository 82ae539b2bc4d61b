/**
 * What a run looked at, cut into segments by its choices.
 *
 * Within a segment, questions whose answers follow from other answers are dropped: whoever has asked for `log.length`
 * knows that `log` is there, and whoever has asked for the whole of `log` knows its length. Linear in the questions.
 */
import type { Value } from '../../model.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Offer } from './offer.ts'
import { type Asked, type Observation, Spot } from './spot.ts'

export type Choice =
  | {
      readonly kind: 'choose'
      readonly name: string
      readonly options: readonly Value[]
      readonly taken: number
      /** For other runs that come to it; undefined where each must look at the options itself. */
      readonly offer?: Offer | undefined
    }
  /** `taken`: the id of the message, or undefined where there was none to receive. */
  | { readonly kind: 'receive'; readonly channel: number; readonly taken: number | undefined }

/** Observations in the order of their first asking, then the choice that ended the segment, if one did. */
export interface Segment<O extends Observation = Asked> {
  readonly observations: readonly O[]
  readonly choice: Choice | undefined
}

/** The cells that runs look at, one run at a time: the same question to the same cell is the same observation. */
export class Cells {
  /** The number of the last run; they count from 1. */
  runs = 0
  readonly #roots: Spot[] = []

  /** A cell's value as a whole. A cell always shows the same component. */
  rootOf(cell: number, component: number): Spot {
    this.#roots[cell] ??= new Spot(cell, component)
    return this.#roots[cell]
  }
}

export class Observations {
  readonly segments: Segment[] = []
  /** How often anything was asked. */
  asked = 0
  readonly #run: number
  #current: Asked[] = []
  #asksForWholes = false
  #isOver = false

  constructor(cells: Cells) {
    this.#run = ++cells.runs
  }

  ask(asked: Asked): void {
    this.assertOpen()
    this.asked++
    const run = this.#run
    if (asked.run === run) return
    asked.run = run
    this.#current.push(asked)
    const { ask } = asked.question
    if (ask === 'whole') this.#asksForWholes = true
    // Whoever asks about a container, or about anything in it, knows what kind of container it is.
    let told = ask === 'at' ? asked.spot.parent : asked.spot
    while (told !== undefined && told.toldIn !== run) {
      told.toldIn = run
      told = told.parent
    }
  }

  /** Ends the segment. */
  cut(choice: Choice | undefined): void {
    const observations = this.#current.filter((asked) => !this.#isImplied(asked))
    this.segments.push({ observations, choice })
    this.#current = []
  }

  /** The run is over: whatever still asks after this belongs to something that outlived it. */
  close(): void {
    this.#isOver = true
  }

  /** @throws SplitbrainError `impure` after the end of the run */
  assertOpen(): void {
    if (this.#isOver) throw usedLater()
  }

  /** Whether the answers to other questions of the run always give the answer to this one. */
  #isImplied({ spot, question }: Asked): boolean {
    const run = this.#run
    if (this.#asksForWholes && (question.ask === 'whole' ? spot.parent : spot)?.isWholeIn(run)) return true
    if (question.ask === 'at') return spot.toldIn === run
    return question.ask === 'in' && spot.isAskedIn(run, question.key)
  }
}

/** Whether two runs asked the same questions in the same order and met the same choices. */
export function areAlike(some: readonly Segment[], others: readonly Segment[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ observations, choice }, i) => {
      const other = others[i]!
      return (
        choice?.taken === other.choice?.taken &&
        observations.length === other.observations.length &&
        observations.every((observation, j) => observation === other.observations[j])
      )
    })
  )
}

export const usedLater = (): SplitbrainError =>
  new SplitbrainError(
    'impure',
    'a part of the state, or of its surroundings, was kept in a variable and used in a later run; keep it in the state',
  )
