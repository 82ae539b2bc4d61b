/** A leader appends what clients ask for, followers copy its log entry by entry, and most of them make an entry final. */
import { always, declare, disabled, every, protocol, z } from 'splitbrain'

const replicatedLog = declare({
  name: 'replicated-log',
  summary: 'a log that is copied to followers',
  sources: ['van Renesse & Schneider 2004, Chain Replication; primary-backup in general'],
  parameters: {
    followers: z.int().min(1).max(4).default(2),
    length: z.int().min(1).max(14).default(4),
    commands: z.int().min(1).max(4).default(2),
  },
  roles: {
    leader: {
      volatile: { log: z.array(z.int()).default([]), final: z.int().min(0).default(0) },
      readable: ['log', 'final'],
    },
    follower: {
      prefix: 'f',
      volatile: { log: z.array(z.int()).default([]), final: z.int().min(0).default(0) },
      readable: ['log'],
    },
  },
})

export default protocol(replicatedLog, ({ followers, length, commands }) => ({
  population: { leader: 1, follower: followers },
  actions: {
    leader: {
      append(me, { choose }) {
        if (me.log.length === length) return disabled
        me.log.push(
          choose(
            'command',
            Array.from({ length: commands }, (_, i) => i),
          ),
        )
      },
      finish(me, { ids, read }) {
        const have = ids.follower.filter((follower) => read(follower).log.length > me.final).length
        if (me.final === me.log.length || 2 * (have + 1) <= followers + 1) return disabled
        me.final += 1
      },
    },
    follower: {
      copy(me, { ids, read }) {
        const { log } = read(ids.leader[0]!)
        if (me.log.length === log.length) return disabled
        me.log.push(log[me.log.length]!)
      },
      learn(me, { ids, read }) {
        if (me.final >= Math.min(read(ids.leader[0]!).final, me.log.length)) return disabled
        me.final += 1
      },
    },
  },
  properties: {
    prefix: always('each log is a prefix of the leader’s', ({ leader, follower }) =>
      every(follower, ({ log }) => log.every((command, i) => command === leader[0]!.log[i])),
    ),
  },
}))
