/** Where a protocol begins, and what its environment can do to all of it at once. */
import { disabled, id, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { initialOutcomes } from '../../src/judge/plain-run.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

const workers = protocol(
  {
    name: 'workers',
    roles: {
      worker: { prefix: 'w', durable: { task: z.int().default(0), boss: id('worker').nullable().default(null) } },
    },
    shared: { left: z.int().default(2), order: z.array(id('worker')).default([]) },
  },
  () => ({
    population: { worker: 2 },
    start: {
      worker(me, { choose }) {
        me.task = choose('task', [1, 2])
      },
      environment({ worker, shared, ids }) {
        shared.order = worker.map((each) => each.id)
        for (const each of worker) if (each.task === 2) each.boss = ids.worker[0]!
      },
    },
    actions: {
      environment: {
        swap({ worker, shared }) {
          if (shared.left === 0) return disabled
          const [a, b] = [worker[0]!, worker[1]!]
          ;[a.task, b.task] = [b.task, a.task]
          shared.left -= 1
        },
      },
    },
    properties: {},
  }),
)

it('every combination of the choices of a start is an initial state; the choices are named by their process', () => {
  const initial = [...initialOutcomes(workers.instantiate())]
  expect(initial.map(({ choices }) => choices)).toEqual([
    { 'w1.task': 1, 'w2.task': 1 },
    { 'w1.task': 1, 'w2.task': 2 },
    { 'w1.task': 2, 'w2.task': 1 },
    { 'w1.task': 2, 'w2.task': 2 },
  ])
  expect(initial[1]!.state).toEqual([{ task: 1, boss: null }, { task: 2, boss: 'w1' }, 2, ['w1', 'w2']])
})

it('the environment acts on several processes and shared variables in one step', () => {
  const result = naiveExplore(workers.instantiate())
  expect(result).toMatchObject({ distinct: 12, generated: 12, depth: 2, fired: { 'environment.swap': 8 } })
  const texts = result.states.map(([a, b, left]) => {
    const [x, y] = [a, b] as { task: number }[]
    return `${x!.task}${y!.task} ${left as number}`
  })
  expect(new Set(texts)).toEqual(
    new Set(['11', '12', '21', '22'].flatMap((tasks) => [0, 1, 2].map((n) => `${tasks} ${n}`))),
  )
})

it('a rule whose choice has no options is disabled', () => {
  const picky = protocol(
    { name: 'picky', shared: { bag: z.array(z.int()).default([5, 5, 6]), got: z.int().default(0) } },
    () => ({
      actions: {
        environment: {
          take({ shared, choose }) {
            shared.got = choose('element', shared.bag)
            shared.bag = shared.bag.filter((element) => element !== shared.got)
          },
        },
      },
      properties: {},
    }),
  )
  // equal options are one option: [5, 5, 6] -> [6] or [5, 5] -> []
  expect(naiveExplore(picky.instantiate())).toMatchObject({
    distinct: 5,
    generated: 5,
    fired: { 'environment.take': 4 },
  })
})

it('a choice of the environment that is called like one of a process is refused, where both are made', () => {
  const alike = (isMade: boolean) =>
    protocol({ name: 'alike', roles: { node: { volatile: { c: z.int().default(0) } } } }, () => ({
      population: { node: 1 },
      start: {
        node(me, { choose }) {
          me.c = choose('c', [0, 1])
        },
        environment({ node, choose }) {
          if (isMade || node[0]!.c > 1) choose('node1.c', [0])
        },
      },
      properties: {},
    })).instantiate()
  expect([...initialOutcomes(alike(false))].map(({ choices }) => choices)).toEqual([{ 'node1.c': 0 }, { 'node1.c': 1 }])
  expect(() => [...initialOutcomes(alike(true))]).toThrow(
    'two choices of one step are called node1.c; give each its own name',
  )
})
