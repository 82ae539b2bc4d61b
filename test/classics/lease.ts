/**
 * The leases of Kubernetes' leader election (client-go, tools/leaderelection). A leader writes its record anew before its
 * own clock has counted `deadline` since it last did, or stops leading. Another candidate takes the lease once its own
 * clock has counted `duration` since it saw the record change. No clock is compared with another one: the documentation
 * says that this "tolerates arbitrary clock skew, but not arbitrary clock skew rate". How much of it, is asked here.
 */
import { always, disabled, noPair, protocol, tick, z } from 'splitbrain'

export const lease = ({ duration, deadline, skew }: { duration: number; deadline: number; skew: number }) =>
  protocol(
    {
      name: 'lease',
      roles: {
        candidate: {
          prefix: 'c',
          durable: { ahead: z.int().default(0) },
          volatile: {
            /** What its clock has yet to count: until it stops leading, until it may take the lease. */
            leading: z.int().default(0),
            waiting: z.int().default(0),
            hasSeen: z.boolean().default(true),
          },
        },
      },
    },
    () => {
      const write = (me: { leading: number }, others: readonly { hasSeen: boolean }[]) => {
        me.leading = deadline
        for (const other of others) other.hasSeen = false
      }
      return {
        population: { candidate: 2 },
        actions: {
          candidate: {
            look(me) {
              if (me.hasSeen) return disabled
              me.hasSeen = true
              me.waiting = duration
            },
          },
          environment: {
            time({ candidate, choose }) {
              const it = tick(candidate, { skew, choose })
              if (it.leading > 0) it.leading--
              if (it.waiting > 0) it.waiting--
            },
            renew({ candidate, choose }) {
              const of = choose(
                'candidate',
                candidate.filter(({ leading }) => leading > 0).map(({ id }) => id),
              )
              const me = candidate.find(({ id }) => id === of)!
              write(
                me,
                candidate.filter(({ id }) => id !== of),
              )
            },
            take({ candidate, choose }) {
              const free = candidate.filter(
                ({ leading, waiting, hasSeen }) => leading === 0 && waiting === 0 && hasSeen,
              )
              const of = choose(
                'candidate',
                free.map(({ id }) => id),
              )
              const me = candidate.find(({ id }) => id === of)!
              write(
                me,
                candidate.filter(({ id }) => id !== of),
              )
            },
          },
        },
        properties: {
          oneLeads: always('at most one leads', ({ candidate }) =>
            noPair(candidate, (a, b) => a.leading > 0 && b.leading > 0),
          ),
        },
      }
    },
  ).instantiate()
