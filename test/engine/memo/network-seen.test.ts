/** The environment may look at the network: a time-out that is never early. Engine and oracle see the same in it. */
import { disabled, type Id, type MessageOf, protocol, type World, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { agree } from '../agree.ts'

const DECLARATION = {
  name: 'pair',
  roles: {
    asker: { volatile: { asked: z.int().default(0), heard: z.int().default(0) } },
    answerer: {},
  },
  messages: { Question: { n: z.int() }, Answer: { n: z.int() } },
  shared: { timeouts: z.int().default(0) },
  faults: { lose: { budget: 1 }, partition: true },
} as const
type Messages = readonly MessageOf<typeof DECLARATION>[]

type Late = (questions: Messages, answers: Messages, world: World<typeof DECLARATION>) => boolean

/** One asks another twice; its wait may end where `late` says so of the questions and answers on their way. */
const pair = (late: Late, partitions = 0) =>
  protocol(DECLARATION, () => ({
    population: { asker: 1, answerer: 1 },
    actions: {
      asker: {
        ask(me, { ids, shared, send }) {
          if (me.asked === 2 || me.asked > me.heard + shared.timeouts) return disabled
          me.asked += 1
          send(ids.answerer, { type: 'Question', n: me.asked })
        },
      },
      environment: {
        timeOut(world) {
          const { asker, answerer, shared, channel } = world
          const [a, b] = [asker[0]!, answerer[0]!]
          if (a.asked <= a.heard + shared.timeouts) return disabled
          if (!late(channel(a.id, b.id), channel(b.id, a.id), world)) return disabled
          shared.timeouts += 1
        },
      },
    },
    receive: {
      asker: {
        Answer(me) {
          me.heard += 1
        },
      },
      answerer: {
        Question(_, { n }, { from, send }) {
          send(from, { type: 'Answer', n })
        },
      },
    },
    properties: {},
  })).instantiate({ partitions })

/** The components: asker, its channel, answerer, its channel, timeouts, losses. */
const earlyTimeOuts = (states: readonly (readonly unknown[])[]) =>
  states.filter(([, , , , timeouts, losses]) => Number(timeouts) + Number(losses) > 1).length

const pops: Late = (questions) => (questions as unknown[]).pop() !== undefined

describe('channel(from, to)', () => {
  it('tells whether a message is on its way: such a time-out is never early', async () => {
    const { distinct, fired, states } = await agree(
      pair((questions, answers) => questions.length + answers.length === 0),
    )
    expect([distinct, fired['environment.timeOut'], earlyTimeOuts(states)]).toEqual([13, 2, 0])
    expect(earlyTimeOuts((await agree(pair(() => true))).states)).toBeGreaterThan(0)
  })

  it('tells what a message says', async () => {
    const { fired } = await agree(pair((_, answers) => answers.some(({ n }) => n === 2)))
    expect(fired['environment.timeOut']).toBe(1) // the second question, answered
  })

  it('is empty from a process to itself, and to one that receives nothing', async () => {
    const model = pair((_, __, { asker: [a], channel }) => channel(a!.id, a!.id).length > 0)
    expect((await agree(model)).fired['environment.timeOut']).toBe(0)
  })

  it('shows a message as the same object, however often it is looked for in one step', async () => {
    const isSame: Late = (questions, _, { asker: [a], answerer: [b], channel }) =>
      questions.length > 0 && channel(a!.id, b!.id).includes(questions[0]!)
    expect((await agree(pair(isSame))).fired['environment.timeOut']).toBeGreaterThan(0)
  })

  it.each<[string, Late, string]>([
    ['shows messages for looking at only', pops, 'what is only read cannot be changed'],
    [
      'knows no process that there is not',
      (_, __, { asker, channel }) => channel(asker[0]!.id, 'b1' as Id<'answerer'>).length > 0,
      'found channel("asker1", "b1"); expected the ids of two processes: channel(client[0].id, server[0].id)',
    ],
  ])('%s', async (_, late, message) => {
    const { broken } = await explore(pair(late))
    expect(broken?.error.message).toContain(message)
  })
})

describe('isCut(a, b)', () => {
  const isApart: Late = (_, __, { asker: [a], answerer: [b], isCut }) => isCut(a!.id, b!.id) && isCut(b!.id, a!.id)

  it('tells whether a partition stands between two processes', async () => {
    const { fired } = await agree(pair(isApart, 1))
    expect(fired['environment.timeOut']).toBe(11)
  })

  it.each<[string, Late, number]>([
    ['is false where no partition may happen', isApart, 0],
    ['is false of a process and itself', (_, __, { asker: [a], isCut }) => isCut(a!.id, a!.id), 1],
  ])('%s', async (_, late, partitions) => {
    const { fired } = await agree(pair(late, partitions))
    expect(fired['environment.timeOut']).toBe(0)
  })

  it('knows no process that there is not', async () => {
    const { broken } = await explore(pair((_, __, { asker: [a], isCut }) => isCut(a!.id, 'b1' as Id<'answerer'>)))
    expect(broken?.error.message).toContain('found isCut("asker1", "b1"); expected the ids of two processes')
  })
})
