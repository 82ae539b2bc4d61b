/**
 * A mutex as the resource behind it sees it: tickets are served one at a time, in their order. Whoever comes with a later
 * ticket shuts out the earlier one, which never comes back. A lock in Redis with fencing tokens refines it at its resource
 * (`isMutexAtTheResource`), whatever its clients believe.
 */
import { declare, disabled, protocol, sometimes, step, z } from 'splitbrain'

const ticketMutex = declare({
  name: 'ticket-mutex',
  summary: 'tickets are served one at a time, in their order',
  sources: ['Kleppmann 2016, How to do distributed locking'],
  parameters: {
    tickets: z.int().min(1).max(15).default(3).describe('tickets there are'),
  },
  shared: {
    inside: z.int().nullable().default(null), // the ticket that is being served
    last: z.int().default(0), // the latest that was ever served
  },
})

export default protocol(ticketMutex, ({ tickets }) => ({
  actions: {
    environment: {
      enter({ shared, choose }) {
        const later = Array.from({ length: tickets }, (_, i) => i + 1).filter((ticket) => ticket > shared.last)
        shared.inside = choose('ticket', later)
        shared.last = shared.inside
      },
      leave({ shared }) {
        if (shared.inside === null) return disabled
        shared.inside = null
      },
    },
  },

  properties: {
    inOrder: step('an earlier ticket is not served after a later one', (before, after) => {
      return after.shared.last >= before.shared.last && (after.shared.inside ?? after.shared.last) === after.shared.last
    }),
    all: sometimes(
      'every ticket is served, and left',
      ({ shared }) => shared.last === tickets && shared.inside === null,
    ),
  },
}))
