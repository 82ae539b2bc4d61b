/** Models that are hard on what the engine remembers. Each says what makes it so. */
import { always, disabled, never, protocol, sometimes, step, z } from 'splitbrain'
import type { Model } from '../../src/model.ts'

/** One component holds everything: counters in one shared array, raised in any order, then all reset. */
export const giant = (width: number, top: number): Model =>
  protocol(
    { name: 'giant', shared: { board: z.array(z.int()).default(Array.from({ length: width }, () => 0)) } },
    () => ({
      actions: {
        environment: {
          raise({ shared, choose }) {
            const at = choose('at', [...shared.board.keys()])
            if (shared.board[at]! >= top) return disabled
            shared.board[at]! += 1
          },
          reset({ shared }) {
            if (!shared.board.every((count) => count === top)) return disabled
            shared.board = shared.board.map(() => 0)
          },
        },
      },
      properties: {
        full: sometimes('everything is raised', ({ shared }) => shared.board.every((count) => count === top)),
        rises: step('nothing falls but all', (before, after) => {
          const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
          return sum(after.shared.board) > sum(before.shared.board) || sum(after.shared.board) === 0
        }),
      },
    }),
  ).instantiate()

/** Every action looks at every field of every process: no two states give the same answers. */
export const nosy = (nodes: number, top: number): Model =>
  protocol(
    {
      name: 'nosy',
      roles: { node: { prefix: 'n', volatile: { count: z.int().default(0), seen: z.int().default(0) } } },
    },
    () => ({
      population: { node: nodes },
      actions: {
        environment: {
          look({ node, choose }) {
            const me = choose('who', [...node.keys()])
            const sum = node.reduce((total, { count, seen }) => total + count + 2 * seen, 0)
            if (node[me]!.count >= top) return disabled
            node[me]!.count += 1
            node[me]!.seen = sum % 3
          },
        },
      },
      properties: {
        small: always('counts are small', ({ node }) => node.every(({ count, seen }) => count <= top && seen < 3)),
        never: never('all are at the top, and have seen nothing', ({ node }) =>
          node.every(({ count, seen }) => count === top && seen === 4),
        ),
      },
    }),
  ).instantiate()

/** A sender numbers its messages from 1 to `many`, `atOnce` of them on their way at a time, each acknowledged. */
export const chatty = (many: number, atOnce: number): Model =>
  protocol(
    {
      name: 'chatty',
      roles: {
        sender: { volatile: { sent: z.int().default(0) } },
        receiver: { volatile: { last: z.int().default(0) } },
      },
      messages: { Number: { n: z.int() }, Ack: { n: z.int() } },
    },
    () => ({
      population: { sender: 1, receiver: 1 },
      actions: {
        sender: {
          start(me, { ids, send }) {
            if (me.sent !== 0) return disabled
            me.sent = atOnce
            for (let n = 1; n <= atOnce; n++) send(ids.receiver, { type: 'Number', n })
          },
        },
      },
      receive: {
        receiver: {
          Number(me, { n }, { from, send }) {
            me.last = n
            send(from, { type: 'Ack', n })
          },
        },
        sender: {
          Ack(me, _, { from, send }) {
            if (me.sent === many) return
            me.sent += 1
            send(from, { type: 'Number', n: me.sent })
          },
        },
      },
      properties: {
        inFlight: always('no more are in flight than were sent at once', ({ messages }) => messages.length <= atOnce),
        noNews: always('no message is ahead of its sender', ({ messages, sender: [sender] }) =>
          messages.every(({ message }) => message.n <= sender!.sent),
        ),
      },
    }),
  ).instantiate()

/** Many processes, of which few may act. */
export const crowd = (nodes: number, active: number): Model =>
  protocol(
    {
      name: 'crowd',
      roles: { node: { prefix: 'n', volatile: { awake: z.boolean().default(false) } } },
      shared: { left: z.int().default(active) },
    },
    () => ({
      population: { node: nodes },
      actions: {
        node: {
          wake(me, { shared }) {
            if (me.awake || shared.left === 0) return disabled
            me.awake = true
            shared.left -= 1
          },
        },
      },
      properties: {
        few: always('few are awake', ({ node }) => node.filter(({ awake }) => awake).length <= active),
        some: sometimes('the last is awake', ({ node }) => node.at(-1)!.awake),
      },
    }),
  ).instantiate()

/** Two processes append to logs, and copy what the other has and they have not. */
export const loggers = (length: number): Model =>
  protocol(
    {
      name: 'loggers',
      roles: { node: { prefix: 'n', volatile: { log: z.array(z.int()).default([]) } } },
      shared: { turn: z.int().default(0) },
    },
    () => ({
      population: { node: 2 },
      actions: {
        environment: {
          append({ node, shared }) {
            const [first] = node
            if (first!.log.length >= length || shared.turn > 0) return disabled
            first!.log.push(first!.log.length % 7)
          },
          copy({ node, shared }) {
            const [first, second] = node
            const at = second!.log.length
            if (at >= first!.log.length) return disabled
            second!.log.push(first!.log[at]!)
            shared.turn = (shared.turn + 1) % 3
          },
        },
      },
      properties: {
        prefix: always('the second log is a prefix of the first', ({ node: [first, second] }) =>
          second!.log.every((entry, i) => first!.log[i] === entry),
        ),
      },
    }),
  ).instantiate()

/** One component, and as many values of it as there are states. */
export const lone = (top: number): Model =>
  protocol({ name: 'lone', shared: { x: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        double({ shared }) {
          if (shared.x * 2 > top) return disabled
          shared.x *= 2
        },
        add({ shared }) {
          if (shared.x >= top) return disabled
          shared.x += 1
        },
      },
    },
    properties: { small: always('x is small', ({ shared }) => shared.x <= top) },
  })).instantiate()
