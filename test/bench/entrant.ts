/** One program on one model: what the benchmark runs, and how to read what it answered. */
export interface Entrant {
  readonly tool: string
  /** Protocol and parameters. Entrants of the same model must give the same answer. */
  readonly model: string
  readonly command: readonly [program: string, ...args: string[]]
  /** Reads what the command printed; throws unless it says that all was explored that was to be, exactly. */
  readonly answerIn: (output: string) => Answer
  /** Its exit code, where that is not 0. */
  readonly exitCode?: number
  /** The same program with next to nothing to explore; absent where that costs nothing. */
  readonly startUp?: Entrant
  /**
   * Whether it forks and does not wait for its processes: what they cost is then hidden from whoever measures it, but for
   * the wall-clock time.
   */
  readonly hidesCost?: true
}

export interface Answer {
  readonly distinct: number
  /** Transitions, and the initial state. */
  readonly generated: number
  /** How often the protocol's own code was run; undefined where there is no such thing. */
  readonly calls?: number
}

/** The one group of `pattern` in `output`, as a number. */
export function numberIn(output: string, pattern: RegExp): number {
  const found = Number(pattern.exec(output)?.[1] ?? Number.NaN)
  if (Number.isNaN(found)) throw new Error(`expected ${pattern} in the output, found:\n${output.slice(-2000)}`)
  return found
}
