/** The time by phase of a search: one phase follows another, and the sum is the whole. */
import type { Phase, PhaseTime } from './profile.ts'

export class Phases {
  readonly #times = new Map<Phase, number>()
  #current: Phase
  #since = performance.now()

  constructor(first: Phase) {
    this.#current = first
  }

  /** The phase under way is over, and this one begins. */
  begin(phase: Phase): void {
    const now = performance.now()
    this.#times.set(this.#current, (this.#times.get(this.#current) ?? 0) + now - this.#since)
    this.#current = phase
    this.#since = now
  }

  /** Ends the phase under way. In the order of their beginning. */
  end(): PhaseTime[] {
    this.begin(this.#current)
    return [...this.#times].map(([phase, ms]) => ({ phase, ms }))
  }
}
