/**
 * Lamport's bakery ("A new solution of Dijkstra's concurrent programming problem", CACM 1974): whoever wants in draws a
 * number higher than all that it sees, and waits for those with lower ones. Nobody writes what another writes; what others
 * wrote is read one after the other, in steps of their own, and between two of them anything may happen. So two may draw
 * the same number - the first of them goes first - and one may still be choosing while another compares: that is what
 * `choosing` is for, and without it two get in.
 *
 * Registers are atomic here. (Lamport's safe registers, which give anything while they are written, would do; see
 * docs/idioms.md.) Numbers may grow for ever. With `turns` each process gets in so often, and no more; without (0) a view
 * tells states apart by the order of their numbers and the gaps between them, so that questions about whole executions are
 * not asked. A gap of more than there are processes is like any larger one: each draws one more than it has seen, once, and
 * whoever begins to look later sees who is above the gap.
 *
 * Bounds: of what a process does, only numbers outlive a turn. So a few turns are as good as many; without end nothing else
 * is found. Three processes with a turn each show what two cannot: a third one between two that draw alike.
 */
import {
  always,
  declare,
  disabled,
  forEach,
  leadsTo,
  ltl,
  noPair,
  type Process,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const bakery = declare({
  name: 'bakery',
  summary: 'processes exclude each other by numbers that they draw',
  sources: ["Lamport 1974, A new solution of Dijkstra's concurrent programming problem"],
  parameters: {
    processes: z.int().min(2).max(3).default(2).describe('processes'),
    turns: z.int().min(0).max(4).default(3).describe('how often each may want in; 0: again and again'),
  },
  bugs: {
    noChoosing: 'nobody waits for those who are choosing',
    noTieBreak: 'of two that have drawn the same number, neither waits',
  },
  roles: {
    process: {
      prefix: 'p',
      volatile: {
        at: z.enum(['outside', 'choosing', 'drawn', 'waiting', 'inside']).default('outside'),
        choosing: z.boolean().default(false),
        number: z.int().min(0).default(0),
        /** The highest number seen so far; whom it has seen, or has waited for, by position; whether that one has chosen. */
        highest: z.int().min(0).default(0),
        next: z.int().min(0).default(0),
        hasChosen: z.boolean().default(false),
        turns: z.int().min(0).default(0),
      },
      readable: ['choosing', 'number'],
    },
  },
})

type One = Process<typeof bakery, 'process'>
type Asked = View<typeof bakery> & { readonly me: { readonly id: string; readonly at: One['at'] } }

export default protocol(bakery, ({ processes, turns }, bug) => {
  const isInside = ({ me }: Asked) => me.at === 'inside'
  const waits = ({ me }: Asked) => me.at === 'waiting'
  const names = Array.from({ length: processes }, (_, i) => `p${i + 1}`)
  const isAt =
    (id: string, at: One['at']) =>
    ({ process }: Asked) =>
      process.some((one) => one.id === id && one.at === at)
  const isMe =
    (id: string) =>
    ({ me }: Asked) =>
      me.id === id
  /** While it waits, one that was outside then does not get in before it. That it gets in is asked by itself. */
  const isBefore = (id: string) => {
    const isOut = ltl.not(isAt(id, 'inside'))
    return ltl.implies(
      ltl.and(waits, isAt(id, 'outside'), ltl.not(isMe(id))),
      ltl.or(ltl.until(isOut, isInside), ltl.globally(isOut)),
    )
  }

  return {
    population: { process: processes },

    view:
      turns === 0 &&
      (({ process }) => {
        const known = [...new Set([0, ...process.flatMap(({ number, highest }) => [number, highest])])]
        const near = (one: number) =>
          known
            .sort((a, b) => a - b)
            .reduce((sum, it, i) => (i === 0 || it > one ? sum : sum + Math.min(it - known[i - 1]!, processes)), 0)
        return process.map((one) => ({ ...one, number: near(one.number), highest: near(one.highest) }))
      }),

    actions: {
      process: {
        want(me) {
          if (me.at !== 'outside' || (turns > 0 && me.turns === turns)) return disabled
          if (turns > 0) me.turns += 1
          me.at = 'choosing'
          me.choosing = true
        },
        look(me, { peers, read }) {
          if (me.at !== 'choosing' || me.next === peers.length) return disabled
          me.highest = Math.max(me.highest, read(peers[me.next]!).number)
          me.next += 1
        },
        draw(me, { peers }) {
          if (me.at !== 'choosing' || me.next < peers.length) return disabled
          Object.assign(me, { at: 'drawn', number: me.highest + 1, highest: 0, next: 0 })
        },
        showNumber(me) {
          if (me.at !== 'drawn') return disabled
          me.at = 'waiting'
          me.choosing = false
        },
        awaitChoice(me, { peers, read }) {
          if (me.at !== 'waiting' || me.hasChosen || me.next === peers.length) return disabled
          if (read(peers[me.next]!).choosing && !bug.noChoosing) return disabled
          me.hasChosen = true
        },
        awaitTurn(me, { self, peers, ids, read }) {
          if (me.at !== 'waiting' || !me.hasChosen) return disabled
          const other = peers[me.next]!
          const { number } = read(other)
          const isFirst = ids.process.indexOf(other) < ids.process.indexOf(self) && !bug.noTieBreak
          if (number !== 0 && (number < me.number || (number === me.number && isFirst))) return disabled
          me.hasChosen = false
          me.next += 1
        },
        enter(me, { peers }) {
          if (me.at !== 'waiting' || me.next < peers.length) return disabled
          me.at = 'inside'
          me.next = 0
        },
        leave(me) {
          if (me.at !== 'inside') return disabled
          me.at = 'outside'
          me.number = 0
        },
      },
    },

    properties: {
      exclusion: always('at most one is inside', ({ process }) =>
        noPair(process, (a, b) => a.at === 'inside' && b.at === 'inside'),
      ),
      getsIn: turns > 0 && forEach('process', leadsTo('whoever has drawn a number gets in', waits, isInside)),
      firstDrawnFirst:
        turns > 0 &&
        forEach(
          'process',
          ltl(
            'whoever has drawn a number goes before those who come later',
            ltl.globally(ltl.and(...names.map(isBefore))),
          ),
        ),
      aTie: sometimes('two have drawn the same number', ({ process }) =>
        process.some((a) => a.number > 0 && process.some((b) => a.id !== b.id && a.number === b.number)),
      ),
    },
  }
})
