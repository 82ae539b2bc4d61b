/** Who waits for what: actions that can and cannot happen, messages that can and cannot be received, and why. */
import { always, disabled, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { inFlightIn, waitingIn } from '../../src/judge/waiting.ts'
import { walk } from '../../src/judge/walk.ts'
import type { Path } from '../../src/trace/path.ts'
import { stepBy } from './shortest-path.ts'

const post = protocol(
  {
    name: 'post',
    roles: { sender: {}, receiver: { volatile: { isTired: z.boolean().default(false) } } },
    messages: { Letter: { number: z.int() } },
    network: 'fifo',
    shared: { written: z.int().default(0) },
    faults: { crash: 'receiver', partition: true },
  },
  () => ({
    population: { sender: 1, receiver: 1 },
    actions: {
      sender: {
        write(_, { ids, shared, send }) {
          if (shared.written === 2) return disabled
          shared.written += 1
          send(ids.receiver, { type: 'Letter', number: shared.written })
        },
      },
      environment: {
        wait({ shared }) {
          if (shared.written === 2) return disabled
        },
      },
    },
    receive: {
      receiver: {
        Letter(me) {
          if (me.isTired) return disabled
          me.isTired = true
        },
      },
    },
    properties: { ok: always('', () => true) },
  }),
).instantiate({ crashes: 1, partitions: 1 })

function waiting(...steps: Path['steps']) {
  const { states, stop } = walk(post, { initial: {}, steps })
  expect(stop).toBeUndefined()
  const [sender, receiver, environment] = waitingIn(post, states.at(-1)!)
  const arriving = receiver!.arriving.map(({ message, obstacle }) => [message.number, obstacle])
  return { sender, receiver, environment, arriving, inFlight: inFlightIn(post, states.at(-1)!) }
}

const write = stepBy('sender1', 'write')
const first = { type: 'Letter', number: 1 }
const receive = stepBy('receiver1', 'receive', { from: 'sender1', message: first })

it('tells what can happen, and which message is next', () => {
  const { sender, environment, arriving, inFlight } = waiting(write, write)
  expect(sender).toMatchObject({ possible: [], impossible: ['write'] })
  expect(environment).toMatchObject({ process: null, possible: [], impossible: ['wait', 'heal'] })
  expect(arriving).toEqual([
    [1, undefined],
    [2, 'others are before it'],
  ])
  expect(inFlight).toBe('Letter{number 1} to receiver1, Letter{number 2} to receiver1')
})

it('tells that a message is not received where it could be', () => {
  expect(waiting(write, receive, write).arriving).toEqual([[2, 'it is not received now']])
})

it('tells of a receiver that is down, and of what brings it back', () => {
  const { receiver, arriving, inFlight } = waiting(write, stepBy('receiver1', 'crash'))
  expect(receiver).toMatchObject({ possible: ['restart'], impossible: [] })
  expect(arriving).toEqual([[1, 'receiver1 is down']])
  expect(inFlight).toBe('Letter{number 1} to receiver1 (receiver1 is down)')
})

it('tells that a partition can heal', () => {
  const { environment, arriving } = waiting(write, stepBy(null, 'partition', { side: ['receiver1'] }))
  expect(environment).toMatchObject({ possible: ['wait', 'heal'] })
  expect(arriving).toEqual([[1, 'a partition is in the way']])
})
