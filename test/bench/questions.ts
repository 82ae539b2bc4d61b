/** What the benchmark asks: each question becomes a section of the table. */
import type { Entrant } from './entrant.ts'
import { peers } from './peers.ts'
import { plainCommit, plainExplorer, splitbrain } from './splitbrain.ts'

export interface Question {
  readonly title: string
  /** Whether speeds leave out start-up, which is most of a small model's time. */
  readonly netOfStartUp: boolean
  /** The first is what the others are compared with. */
  readonly entrants: readonly Entrant[]
  /** What tells the entrants apart. */
  readonly label: 'tool' | 'model'
}

/** Every question, with the peers' programs compiled into `folder`. */
export function questions(rms: number, folder: string): Question[] {
  const growing = [6, 7, 8, 9].map((n) => splitbrain(plainCommit(n)))
  const ours = growing.find(({ model }) => model === plainCommit(rms)) ?? splitbrain(plainCommit(rms))
  return [
    {
      title: `${ours.model}, against the peers, start-up included`,
      netOfStartUp: false,
      entrants: [ours, ...peers(ours.model, rms, folder)],
      label: 'tool',
    },
    ...['raft', 'two-phase-commit'].map(
      (model): Question => ({
        title: `${model}, at its default bounds, start-up included`,
        netOfStartUp: false,
        entrants: [splitbrain(model)],
        label: 'tool',
      }),
    ),
    ...[plainCommit(5), 'raft --entries 0'].map(
      (model): Question => ({
        title: `${model}, against the plain explorer, net of start-up`,
        netOfStartUp: true,
        entrants: [splitbrain(model), plainExplorer(model)],
        label: 'tool',
      }),
    ),
    {
      title: 'as the space grows, net of start-up (but not of the warming up of the JIT, most of the smaller ones)',
      netOfStartUp: true,
      entrants: growing,
      label: 'model',
    },
  ]
}
