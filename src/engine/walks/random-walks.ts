/**
 * Random walks, one after another, over anything that has initial states and steps from them. A walk ends where no step
 * is possible, or when it is long enough; the next one starts anew.
 *
 * Were every step as likely as any other, walks would be much alike: time-outs strike early in all of them, for there is
 * always one that can. So each walk has likings of its own: it draws a weight for each kind of step, and takes the steps
 * of a kind that much more or less often (swarm testing: Groce, Zhang, Eide, Chen & Regehr, ISSTA 2012; there kinds are
 * left out, here only made rare, so that any walk may go anywhere).
 */
import type { Random } from './random.ts'

/** What can be walked. States are known by number. */
export interface Walkable {
  /** At least one. */
  initialStates(): readonly number[]
  /**
   * Takes one of the steps from `state`: the one that `choose` picks of as many kinds as there are steps. `depth` is how
   * many steps the walk then has.
   */
  follow(state: number, depth: number, choose: (kinds: readonly string[]) => number): Followed
}

export interface Followed {
  /** The state that the step leads to; undefined where no step is possible. */
  readonly state: number | undefined
  /** A finding ends the simulation. */
  readonly stops: boolean
}

/** A kind of step is as likely as another, or less by so much. */
const WEIGHTS = [1, 1 / 4, 1 / 16, 1 / 64] as const

export class RandomWalks {
  /** How many walks have been begun. */
  begun = 0
  #state: number | undefined
  #depth = 0
  readonly #weights = new Map<string, number>()

  constructor(
    readonly ground: Walkable,
    readonly maxDepth: number,
    readonly random: Random,
  ) {}

  get isUnderWay(): boolean {
    return this.#state !== undefined && this.#depth < this.maxDepth
  }

  /** Makes one step of the walk under way, or of a new one. True where a finding ends the simulation. */
  step(): boolean {
    const from = this.isUnderWay ? this.#state! : this.#begin()
    if (this.#depth >= this.maxDepth) return false // a walk of no steps
    const { state, stops } = this.ground.follow(from, this.#depth + 1, (kinds) => this.#choose(kinds))
    this.#state = state
    this.#depth++
    return stops
  }

  #begin(): number {
    const states = this.ground.initialStates()
    this.begun++
    this.#depth = 0
    this.#weights.clear()
    this.#state = this.#oneOf(states)
    return this.#state
  }

  #choose(kinds: readonly string[]): number {
    const weights = kinds.map((kind) => this.#weightOf(kind))
    let left = this.random() * weights.reduce((sum, weight) => sum + weight, 0)
    const at = weights.findIndex((weight) => {
      left -= weight
      return left < 0
    })
    return at < 0 ? kinds.length - 1 : at // rounding may leave a trifle
  }

  /** Drawn when the walk first meets the kind. */
  #weightOf(kind: string): number {
    const known = this.#weights.get(kind)
    if (known !== undefined) return known
    const drawn = this.#oneOf(WEIGHTS)
    this.#weights.set(kind, drawn)
    return drawn
  }

  #oneOf<T>(options: readonly T[]): T {
    return options[Math.floor(this.random() * options.length)]!
  }
}
