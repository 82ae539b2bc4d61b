/** Workers take jobs for a time. A job whose lease ends is given to another, so that a slow worker may come too late. */
import { always, declare, disabled, id, none, protocol, z } from 'splitbrain'

const workQueue = declare({
  name: 'work-queue',
  summary: 'jobs, and leases on them that end',
  sources: ['Amazon SQS, visibility timeout'],
  parameters: {
    jobs: z.int().min(1).max(8).default(2),
    staff: z.int().min(1).max(5).default(2),
    lease: z.int().min(1).max(5).default(2),
    attempts: z.int().min(1).max(5).default(2),
  },
  roles: {
    worker: { prefix: 'w', volatile: { job: z.int().nullable().default(null) } },
  },
  shared: {
    jobs: z
      .array(
        z.object({
          at: z.enum(['queued', 'leased', 'done', 'dead']),
          by: id('worker').nullable(),
          left: z.int().min(0),
          attempts: z.int().min(0),
        }),
      )
      .default([]),
  },
})

export default protocol(workQueue, ({ jobs, staff, lease, attempts }) => ({
  population: { worker: staff },
  start: {
    environment({ shared }) {
      shared.jobs = Array.from({ length: jobs }, () => ({ at: 'queued', by: null, left: 0, attempts: 0 }))
    },
  },
  actions: {
    worker: {
      take(me, { self, shared, choose }) {
        if (me.job !== null) return disabled
        const place = choose(
          'job',
          Array.from({ length: jobs }, (_, i) => i),
        )
        const job = shared.jobs[place]!
        if (job.at !== 'queued') return disabled
        job.at = 'leased'
        job.by = self
        job.left = lease
        job.attempts += 1
        me.job = place
      },
      finish(me, { self, shared }) {
        if (me.job === null) return disabled
        const job = shared.jobs[me.job]!
        if (job.at === 'leased' && job.by === self) {
          job.at = 'done'
          job.by = null
          job.left = 0
        }
        me.job = null
      },
    },
    environment: {
      tick({ shared }) {
        const leased = shared.jobs.filter(({ at }) => at === 'leased')
        if (leased.length === 0) return disabled
        for (const job of leased) {
          job.left -= 1
          if (job.left > 0) continue
          job.by = null
          job.at = job.attempts < attempts ? 'queued' : 'dead'
        }
      },
    },
  },
  properties: {
    attempts: always('no job is tried too often', ({ shared }) => none(shared.jobs, (job) => job.attempts > attempts)),
  },
}))
