/** What the benchmark asks: each question becomes a part of the table. */
import type { Entrant } from './entrant.ts'

export interface Question {
  readonly title: string
  /** What speeds and ratios are of: user CPU seconds of all threads, or the wall clock, which alone knows of threads. */
  readonly time: 'user' | 'wall'
  /** Whether speeds leave out start-up, which is most of a small model's time. */
  readonly netOfStartUp: boolean
  /** The first is what the others are compared with. */
  readonly entrants: readonly Entrant[]
  /** What tells the entrants apart. */
  readonly label: 'tool' | 'model'
  /** A line below the title, where something was left out. */
  readonly remark?: string
}
