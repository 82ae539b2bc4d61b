/**
 * Peterson's lock for two processes (Peterson 1981, "Myths about the mutual exclusion problem"), as TLA+ has it
 * (tlaplus/Examples, locks_auxiliary_vars/Peterson): raise your flag, give the turn away, wait while the other has both its
 * flag up and the turn. A flag is a register of its process, which the other reads; the turn is written by both.
 *
 * Mutual exclusion needs no fairness, and that whoever waits gets in needs only that something happens: the other can
 * do no more than spin, which changes nothing, until the first has been in. It is overtaken once at most.
 *
 * Each read and each write is a step of its own, and nothing is bounded: this is the whole state space, 42 states, as TLC
 * finds them. With a bug each, two known mistakes: the turn given away before the flag is raised, and flags only.
 */
import {
  always,
  declare,
  disabled,
  forEach,
  leadsTo,
  ltl,
  may,
  noPair,
  optional,
  type Process,
  protocol,
  type View,
  z,
} from 'splitbrain'

const peterson = declare({
  name: 'peterson',
  summary: 'two processes exclude each other by a flag each and a turn',
  sources: ['Peterson 1981, Myths about the mutual exclusion problem'],
  bugs: {
    turnFirst: 'the turn is given away before the flag is raised',
    noTurn: 'a process waits for the flag of the other, whoever has the turn',
  },
  roles: {
    process: {
      prefix: 'p',
      volatile: {
        at: z.enum(['outside', 'wanting', 'between', 'waiting', 'inside', 'leaving']).default('outside'),
        flag: z.boolean().default(false),
      },
      readable: ['flag'],
    },
  },
  shared: { turn: z.int().min(0).max(1).default(0) },
})

type One = Process<typeof peterson, 'process'>
/** What is asked of a process, beside the other. */
type Asked = View<typeof peterson> & { readonly me: { readonly id: string; readonly at: One['at'] } }

export default protocol(peterson, (_, bug) => {
  const go = (me: One, from: One['at'], to: One['at']) => {
    if (me.at !== from) return disabled
    me.at = to
  }
  const waits = ({ me }: Asked) => me.at === 'waiting'
  const isInside = ({ me }: Asked) => me.at === 'inside'
  const isOtherInside = ({ me, process }: Asked) => process.some(({ id, at }) => id !== me.id && at === 'inside')
  const untilItIsInside = ltl.until(ltl.not(isOtherInside), isInside)

  return {
    population: { process: 2 },
    actions: {
      process: {
        /** It may stay outside for ever: the other does not need it. */
        want: may((me) => go(me, 'outside', 'wanting')),
        raise(me) {
          me.flag = true
          return bug.turnFirst ? go(me, 'between', 'waiting') : go(me, 'wanting', 'between')
        },
        giveTurn(me, { peers: [other], ids, shared }) {
          shared.turn = ids.process.indexOf(other!)
          return bug.turnFirst ? go(me, 'wanting', 'between') : go(me, 'between', 'waiting')
        },
        enter(me, { self, peers: [other], ids, shared, read }) {
          const isMyTurn = shared.turn === ids.process.indexOf(self) && !bug.noTurn
          return !read(other!).flag || isMyTurn ? go(me, 'waiting', 'inside') : disabled
        },
        leave: (me) => go(me, 'inside', 'leaving'),
        lower(me) {
          me.flag = false
          return go(me, 'leaving', 'outside')
        },
      },
    },
    properties: {
      exclusion: always('at most one is inside', ({ process }) =>
        noPair(process, (a, b) => a.at === 'inside' && b.at === 'inside'),
      ),
      getsIn: forEach('process', leadsTo('whoever waits gets in', waits, isInside)),
      overtakenOnce: forEach(
        'process',
        ltl(
          'while it waits, the other is inside once at most',
          ltl.globally(
            ltl.implies(
              waits,
              ltl.until(ltl.not(isOtherInside), ltl.or(isInside, ltl.until(isOtherInside, untilItIsInside))),
            ),
          ),
        ),
      ),
      neverOvertaken: optional(
        forEach(
          'process',
          ltl('while it waits, the other does not get in', ltl.globally(ltl.implies(waits, untilItIsInside))),
        ),
      ),
    },
  }
})
