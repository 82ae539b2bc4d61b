/** A server that gives a job to any idle worker, and workers that may be busy: what a system decides, and what it refuses. */
import { disabled, id, protocol, z } from 'splitbrain'
import { type DriveOptions, drive } from 'splitbrain/testing'
import { seeded } from '../../src/engine/walks/random.ts'

export const picker = protocol(
  {
    name: 'picker',
    roles: { worker: { prefix: 'w', durable: { busy: z.boolean().default(false) } } },
    shared: { jobs: z.int().default(2), last: id('worker').nullable().default(null) },
  },
  () => ({
    population: { worker: 3 },
    actions: {
      environment: {
        assign({ worker, shared, choose }) {
          if (shared.jobs === 0) return disabled
          const idle = worker.filter(({ busy }) => !busy)
          const chosen = choose(
            'worker',
            idle.map(({ id }) => id),
          )
          worker.find(({ id }) => id === chosen)!.busy = true
          shared.jobs -= 1
          shared.last = chosen
        },
      },
      worker: {
        finish(me) {
          if (!me.busy) return disabled
          me.busy = false
        },
      },
    },
    properties: {},
  }),
)

const WORKERS = ['w1', 'w2', 'w3']

export class Picker {
  jobs = 2
  last: string | null = null
  readonly busy = new Set<string>()

  /** @param pick which of the idle ones, as a scheduler nobody knows has it */
  constructor(readonly pick: (idle: readonly string[]) => string) {}

  assign(): void {
    const idle = this.pick(WORKERS.filter((worker) => !this.busy.has(worker)))
    this.busy.add(idle)
    this.last = idle
    this.jobs--
  }

  finish(worker: string): void {
    this.busy.delete(worker)
  }
}

type Options = DriveOptions<Picker, (typeof picker)['declaration']>

export const drivePicker = (more: Partial<Options> = {}) => {
  const random = seeded(3)
  const anyOf = (idle: readonly string[]) => idle[Math.floor(random() * idle.length)]!
  return drive(picker, {
    start: () => new Picker(anyOf),
    actions: {
      'environment.assign': (system) => system.assign(),
      'worker.finish': (system, { process }) => system.finish(process!),
    },
    decides: ['environment.assign'],
    observe: ({ jobs, last, busy }) => ({
      shared: { jobs, last },
      ...Object.fromEntries(WORKERS.map((worker) => [worker, { busy: busy.has(worker) }])),
    }),
    coverage: 'steps',
    save: false,
    ...more,
  })
}
