/**
 * How often the protocol's own code was run, and for how long. It is run seldom - what it did is remembered - so two
 * looks at the clock per run cost nothing.
 */

/** The clock as it is outside of searches, which set a trap on it (purity.ts): going through that would take longer. */
const now = performance.now.bind(performance)

export class ProtocolCalls {
  /** By what was run: the group of a step, the name of a property. */
  readonly counts = new Map<string, number>()
  ms = 0

  /** A run begins: the time, to be given to `add`. */
  begin(): number {
    return now()
  }

  /** A run has ended that began at this time. */
  add(what: string, startedAt: number): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
    this.ms += now() - startedAt
  }
}
