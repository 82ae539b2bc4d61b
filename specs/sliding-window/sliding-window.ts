/**
 * Sliding windows: messages arrive in order, each once, over channels that may lose anything for ever.
 *
 * The sender numbers its messages modulo `numbers`, and sends those of its window again and again until they are
 * acknowledged. The receiver gives them on in order. `go-back`: it takes only the one that comes next, and says which it
 * waits for, which speaks for all before it. `selective`: it keeps those of its window that come early, and acknowledges
 * each (Stenning 1976). A window of one and two numbers make the alternating bit protocol (Bartlett, Scantlebury & Wilkinson
 * 1969), either way.
 *
 * How many numbers are enough? What is sent again must never look new. `go-back` takes one more than the window,
 * `selective` twice the window (Tanenbaum, "Computer Networks", section 3.4), over channels that keep the order. One fewer
 * is one too few, even where nothing is lost: it takes no more than an early time-out.
 *
 * Channels hold two messages. They may lose any number of them, and so may lose all for ever: that nothing stands still
 * takes strong fairness, of delivery (what is sent again and again arrives), and of each message and each acknowledgement that is
 * due (none is left out for ever, though others are sent). The receiver acknowledges in a step of its own: one that could
 * take no message while its acknowledgements have no room would let the sender starve it, delivery being fair or not.
 *
 * Nothing in a message says of which connection it is. So one of an earlier connection that is still on its way is taken for
 * new (bug `earlierConnection`): TCP lets as much time pass as a packet can live (RFC 793, 3.3).
 *
 * The bounds: numbers are few and messages are more, so that every number comes round; whatever a window can do at its
 * first turn it can do at any other, since nothing looks at a message but at its number.
 */
import {
  always,
  declare,
  disabled,
  eventually,
  every,
  optional,
  type Process,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const slidingWindow = declare({
  name: 'sliding-window',
  summary: 'in order and once, over channels that lose; the alternating bit with a window of one',
  sources: ['Bartlett, Scantlebury & Wilkinson 1969', 'Stenning 1976', 'Tanenbaum, Computer Networks, 3.4', 'RFC 793'],
  parameters: {
    repeat: z
      .enum(['go-back', 'selective'])
      .default('go-back')
      .describe('what the receiver does with what comes early'),
    window: z.int().min(1).max(3).default(2).describe('messages that may be on their way'),
    numbers: z.int().min(1).max(6).default(3).describe('what messages are numbered by, modulo'),
    messages: z.int().min(1).max(6).default(4).describe('messages to be sent'),
  },
  bugs: {
    takesAnything: 'the receiver does not look at the number',
    acksUnseen: 'the receiver acknowledges what it does not take',
    earlierConnection: 'a message of an earlier connection is still on its way',
  },
  roles: {
    sender: {
      volatile: {
        /** How many messages are acknowledged, with all before them; and those further on that are. */
        base: z.int().min(0).default(0),
        acked: z.set(z.int()).default(new Set()),
      },
    },
    receiver: {
      volatile: {
        /** What it has given on. Messages are 0, 1, 2, ... */
        given: z.array(z.int()).default([]),
        /** Numbers that have come early, with their messages. */
        early: z.set(z.tuple([z.int(), z.int()])).default(new Set()),
        /** Numbers that it has yet to acknowledge. */
        due: z.set(z.int()).default(new Set()),
      },
    },
  },
  messages: { Data: { number: z.int(), body: z.int() }, Ack: { number: z.int() } },
  network: { order: 'fifo', capacity: 2 },
  faults: {
    lose: [
      { messages: ['Data'], budget: 'unlimited' },
      { messages: ['Ack'], budget: 'unlimited' },
    ],
  },
})

type Sender = Process<typeof slidingWindow, 'sender'>
type Receiver = Process<typeof slidingWindow, 'receiver'>
type System = View<typeof slidingWindow>

export default protocol(slidingWindow, ({ repeat, window, numbers, messages }, bug) => {
  const all = Array.from({ length: messages }, (_, message) => message)
  const isOpen =
    ({ base, acked }: Sender) =>
    (message: number) =>
      message >= base && message < base + window && !acked.has(message)
  /** How far one number is behind another. */
  const from = (earlier: number, later: number) => (((later - earlier) % numbers) + numbers) % numbers

  const takeNext = (me: Receiver, number: number, body: number) => {
    if (number === me.given.length % numbers || bug.takesAnything) me.given.push(body)
    return (bug.acksUnseen ? number + 1 : me.given.length) % numbers
  }
  const takeEarly = (me: Receiver, number: number, body: number) => {
    if (bug.takesAnything) me.given.push(body)
    else if (bug.acksUnseen ? number === me.given.length % numbers : from(me.given.length, number) < window)
      me.early.add([number, body])
    for (;;) {
      const next = [...me.early].find(([early]) => early === me.given.length % numbers)
      if (next === undefined) return number
      me.early.delete(next)
      me.given.push(next[1])
    }
  }

  const acknowledgeAll = (me: Sender, number: number) => {
    const more = from(me.base, number)
    if (more <= window) me.base += more
  }
  const acknowledgeOne = (me: Sender, number: number) => {
    const message = all.filter(isOpen(me)).find((open) => open % numbers === number)
    if (message !== undefined) me.acked.add(message)
    while (me.acked.delete(me.base)) me.base += 1
  }

  const isDone = ({ sender }: System) => sender[0]!.base >= messages

  return {
    population: { sender: 1, receiver: 1 },

    start: {
      environment: ({ ids, send }) => {
        if (bug.earlierConnection) send(ids.sender[0]!, ids.receiver, { type: 'Data', number: 0, body: messages })
      },
    },

    actions: {
      sender: {
        /** For the first time, or again: a time-out may come at any moment. */
        transmit(me, { ids, choose, send }) {
          const message = choose('message', all.filter(isOpen(me)))
          send(ids.receiver, { type: 'Data', number: message % numbers, body: message })
        },
      },
      receiver: {
        acknowledge(me, { ids, choose, send }) {
          const number = choose('number', [...me.due])
          me.due.delete(number)
          send(ids.sender, { type: 'Ack', number })
        },
      },
    },

    receive: {
      receiver: {
        Data(me, { number, body }) {
          if (me.given.length > messages) return disabled // it has gone wrong already
          if (repeat === 'go-back') me.due = new Set([takeNext(me, number, body)])
          else me.due.add(takeEarly(me, number, body))
        },
      },
      sender: {
        Ack(me, { number }) {
          if (repeat === 'go-back') acknowledgeAll(me, number)
          else acknowledgeOne(me, number)
        },
      },
    },

    properties: {
      inOrder: always('messages are given on in order, each once', ({ receiver }) =>
        every(
          receiver,
          ({ given }) => given.every((message, i) => message === i),
          ({ given }) => `given on: ${given.join(', ')}`,
        ),
      ),
      acknowledged: always('what is acknowledged was given on', ({ sender, receiver }) =>
        every(
          sender,
          ({ base }) => base <= receiver[0]!.given.length,
          ({ base }) => `${base} are acknowledged, ${receiver[0]!.given.length} were given on`,
        ),
      ),
      arrive: eventually('all messages arrive and are acknowledged in the end', isDone, {
        strong: ['sender.transmit(message)', 'receiver.acknowledge(number)', 'messages'],
      }),
      // What that takes: each is asked by name.
      arriveIfSomethingIsSent: optional(
        eventually('all arrive, whichever messages of the window are sent again and again', isDone, {
          strong: ['sender.transmit', 'receiver.acknowledge(number)', 'messages'],
        }),
      ),
      arriveIfNothingStays: optional(
        eventually('all arrive, if what stays in flight is delivered', isDone, {
          weak: ['messages'],
          strong: ['sender.transmit(message)', 'receiver.acknowledge(number)'],
        }),
      ),
      anEarlyOne:
        repeat === 'selective' &&
        window > 1 &&
        sometimes('a message comes early and is kept', ({ receiver }) => receiver[0]!.early.size > 0),
    },
  }
})
