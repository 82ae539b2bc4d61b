/** Peterson's lock for n processes: n - 1 levels, each of which holds one back. Others are looked at one after the other. */
import { always, declare, disabled, noPair, protocol, z } from 'splitbrain'

const peterson = declare({
  name: 'peterson',
  summary: "Peterson's lock for n processes, level by level",
  sources: ['Peterson 1981, Myths about the mutual exclusion problem'],
  parameters: { n: z.int().min(2).max(5).default(3) },
  roles: {
    process: {
      prefix: 'p',
      volatile: {
        at: z.enum(['outside', 'raising', 'yielding', 'looking', 'inside']).default('outside'),
        level: z.int().min(0).default(0),
        /** Which process it looks at next. */
        next: z.int().min(0).default(0),
      },
      readable: ['level'],
    },
  },
  /** Who came to each level last. */
  shared: { last: z.record(z.string(), z.int()).default({}) },
})

export default protocol(peterson, ({ n }) => ({
  population: { process: n },
  actions: {
    process: {
      raise(me) {
        if (me.at !== 'outside' && me.at !== 'raising') return disabled
        me.level += 1
        me.at = 'yielding'
      },
      yield(me, { self, ids, shared }) {
        if (me.at !== 'yielding') return disabled
        shared.last[me.level] = ids.process.indexOf(self)
        me.at = 'looking'
      },
      look(me, { self, ids, shared, read }) {
        if (me.at !== 'looking') return disabled
        const other = ids.process[me.next]!
        const isHeldBack = shared.last[me.level] === ids.process.indexOf(self)
        if (other !== self && isHeldBack && read(other).level >= me.level) return disabled
        me.next += 1
        if (me.next < n) return
        me.next = 0
        me.at = me.level === n - 1 ? 'inside' : 'raising'
      },
      leave(me) {
        if (me.at !== 'inside') return disabled
        me.at = 'outside'
        me.level = 0
      },
    },
  },
  properties: {
    exclusion: always('at most one is inside', ({ process }) =>
      noPair(process, (a, b) => a.at === 'inside' && b.at === 'inside'),
    ),
  },
}))
