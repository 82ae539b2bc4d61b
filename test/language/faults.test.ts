/** What faults mean, on protocols so small that every reachable state can be written down. */
import { always, deadlockFree, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { stepsFrom } from '../../src/judge/plain-run.ts'
import type { Partition } from '../../src/language/declaration.ts'
import type { Model, State, Value } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import { cutOf } from '../../src/value/cut.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

/** The reachable values of one component, as texts, sorted. */
function reached(model: Model, component: string): string[] {
  const index = model.components.findIndex(({ name }) => name === component)
  return [...new Set(naiveExplore(model).states.map((state) => textOf(state[index]!)))].sort()
}

/** Every reachable state, each as one line: the named components' values. */
function lines(model: Model, ...names: string[]): string[] {
  const indices = names.map((name) => model.components.findIndex((component) => component.name === name))
  return naiveExplore(model)
    .states.map((state) => indices.map((i) => show(state[i]!)).join(' '))
    .sort()
}

const show = (value: Value): string => {
  if (value instanceof Set) return `{${[...value].join()}}`
  if (Array.isArray(value)) return `[${value.map(show).join()}]`
  if (typeof value === 'object' && value !== null) return Object.values(value).map(show).join('/')
  return String(value)
}

describe('crash', () => {
  const counter = (restart: 'later' | 'at once' | 'never', { recount = false } = {}) =>
    protocol(
      {
        name: 'counter',
        roles: { node: { prefix: 'n', durable: { d: z.int().default(0) }, volatile: { v: z.int().default(0) } } },
        faults: { crash: { roles: ['node'], restart, budget: 1 } },
      },
      () => ({
        population: { node: 1 },
        actions: {
          node: {
            go(me) {
              if (me.d > 0) return disabled
              me.d = 1
              me.v = 1
            },
          },
        },
        restart: recount
          ? {
              node(me) {
                me.v = me.d * 7
              },
            }
          : {},
        properties: {},
      }),
    )

  it('later: it is down until it restarts in a step of its own; durable state is kept', () => {
    // d/health/v crashes left
    expect(lines(counter('later').instantiate(), 'n1', 'crashes')).toEqual(
      ['0/up/0 1', '1/up/1 1', '0/down/0 0', '1/down/0 0', '0/up/0 0', '1/up/0 0', '1/up/1 0'].sort(),
    )
    expect(naiveExplore(counter('later').instantiate())).toMatchObject({
      fired: { 'node.go': 2, 'node.crash': 2, 'node.restart': 2 },
    })
  })

  it('later: the restart body runs as it comes back', () => {
    const model = counter('later', { recount: true }).instantiate()
    expect(reached(model, 'n1')).toEqual([
      '{"d":0,"health":"down","v":0}',
      '{"d":0,"health":"up","v":0}',
      '{"d":1,"health":"down","v":0}',
      '{"d":1,"health":"up","v":1}',
      '{"d":1,"health":"up","v":7}',
    ])
  })

  it('at once: crash and restart are one step, and there is no health', () => {
    const model = counter('at once', { recount: true }).instantiate()
    expect(lines(model, 'n1', 'crashes')).toEqual(['0/0 0', '0/0 1', '1/1 0', '1/1 1', '1/7 0'])
    expect(model.groups).toEqual(['node.go', 'node.crash'])
  })

  it('never: it stays down', () => {
    const model = counter('never').instantiate()
    expect(lines(model, 'n1', 'crashes')).toEqual(['0/down/0 0', '0/up/0 1', '1/down/0 0', '1/up/1 1'])
    expect(model.groups).toEqual(['node.go', 'node.crash'])
  })

  it('costs nothing where its budget is 0: no rule, no budget, no health', () => {
    const model = counter('later').instantiate({ crashes: 0 })
    expect(model.components.map(({ name }) => name)).toEqual(['n1'])
    expect(reached(model, 'n1')).toEqual(['{"d":0,"v":0}', '{"d":1,"v":1}'])
    expect(model.groups).toEqual(['node.go'])
  })

  it('strikes as often as its budget allows, a process that is down excepted', () => {
    const result = naiveExplore(counter('later').instantiate({ crashes: 3 }))
    expect(result.depth).toBe(7) // three crashes, three restarts, one go
    expect(naiveExplore(counter('never').instantiate({ crashes: 3 })).fired['node.crash']).toBe(2)
  })

  it('strikes the roles it names only', () => {
    const p = protocol({ name: 'a', roles: { a: {}, b: {} }, faults: { crash: 'a' } }, () => ({
      population: { a: 2, b: 1 },
      properties: {},
    }))
    const model = p.instantiate({ crashes: 1 })
    expect(model.rules.map(({ action, process }) => `${process} ${action}`)).toEqual([
      'a1 crash',
      'a1 restart',
      'a2 crash',
      'a2 restart',
    ])
    expect(lines(model, 'a1', 'a2', 'b1')).toEqual(['down up ', 'up down ', 'up up ', 'up up '])
  })
})

describe('pause', () => {
  const pair = protocol(
    {
      name: 'pair',
      roles: { node: { prefix: 'n', volatile: { x: z.int().default(0) } } },
      messages: { Ping: {} },
      faults: { pause: 'node', crash: { roles: ['node'], restart: 'later' } },
    },
    () => ({
      population: { node: 2 },
      start: {
        node(_, { self, peers, send }) {
          if (self === 'n1') send(peers, { type: 'Ping' })
        },
      },
      receive: {
        node: {
          Ping(me) {
            me.x = 1
          },
        },
      },
      properties: { done: deadlockFree('ends when all is received', ({ messages }) => messages.length === 0) },
    }),
  )

  it('stands still and keeps all its state until it resumes; messages wait', () => {
    const model = pair.instantiate({ pauses: 1 })
    const result = naiveExplore(model)
    // n1: up or paused; n2: up or paused, the message there or received - and one pause in all
    expect(lines(model, 'n2', 'n1→n2', 'pauses').filter((line) => line.includes('paused'))).toEqual([
      'paused/0 [Ping] 0',
      'paused/1 [] 0',
    ])
    expect(result).toMatchObject({
      distinct: 8,
      fired: { 'node.pause': 4, 'node.resume': 4, 'node.Ping': 3 },
      properties: { done: { verdict: 'holds' } },
    })
  })

  it('does not resume a process that is down, and a crash ends a pause', () => {
    const healths = lines(pair.instantiate({ pauses: 1, crashes: 1 }), 'n1', 'pauses', 'crashes')
    expect([...new Set(healths)]).toEqual(
      [
        'down/0 0 0',
        'down/0 1 0',
        'paused/0 0 0',
        'paused/0 0 1',
        'up/0 0 0',
        'up/0 0 1',
        'up/0 1 0',
        'up/0 1 1',
      ].sort(),
    )
  })
})

it('a process that crashes and restarts at once is up again, even if it was paused', () => {
  const p = protocol(
    {
      name: 'a',
      roles: { node: { prefix: 'n', durable: { restarted: z.boolean().default(false) } } },
      faults: { crash: { roles: ['node'], restart: 'at once', budget: 1 }, pause: { roles: ['node'], budget: 1 } },
    },
    () => ({
      population: { node: 1 },
      restart: {
        node(me) {
          me.restarted = true
        },
      },
      properties: {},
    }),
  )
  const model = p.instantiate()
  const index = model.components.findIndex(({ name }) => name === 'n1')
  const crashes = naiveExplore(model).states.flatMap((state) =>
    [...stepsFrom(model, state)]
      .filter(({ step }) => step.action === 'crash')
      .map((step) => `${show(state[index]!)} -> ${show(step.state[index]!)}`),
  )
  expect([...new Set(crashes)].sort()).toEqual(['paused/false -> up/true', 'up/false -> up/true'])
})

/** One process tells another two numbers. */
const telegraph = (network: 'fifo' | 'unordered' | 'set', only?: 'A') =>
  protocol(
    {
      name: 'telegraph',
      roles: { node: { prefix: 'n', volatile: { got: z.array(z.string()).default([]) } } },
      messages: { A: {}, B: {} },
      network,
      faults: {
        lose: only === undefined ? true : { messages: [only] },
        duplicate: only === undefined ? true : { messages: [only] },
        partition: true,
      },
    },
    () => ({
      population: { node: 2 },
      start: {
        node(_, { self, peers, send }) {
          if (self !== 'n1') return
          send(peers, { type: 'A' })
          send(peers, { type: 'B' })
        },
      },
      receive: {
        node: {
          A(me) {
            me.got.push('A')
          },
          B(me) {
            me.got.push('B')
          },
        },
      },
      properties: { any: always('', () => true) },
    }),
  )

describe('lose', () => {
  it('takes a message that could be received', () => {
    expect(lines(telegraph('fifo').instantiate({ losses: 1 }), 'n2', 'n1→n2', 'losses')).toEqual(
      ['[] [A,B] 1', '[A] [B] 1', '[A,B] [] 1', '[] [B] 0', '[B] [] 0', '[A] [] 0'].sort(),
    )
  })

  it('takes any message where there is no order', () => {
    const got = (network: 'unordered' | 'fifo') => lines(telegraph(network).instantiate({ losses: 2 }), 'n2', 'n1→n2')
    expect([...new Set(got('unordered'))]).toEqual(
      [
        '[] [A,B]',
        '[] [A]',
        '[] [B]',
        '[] []',
        '[A] [B]',
        '[A] []',
        '[B] [A]',
        '[B] []',
        '[A,B] []',
        '[B,A] []',
      ].sort(),
    )
    expect(new Set(got('fifo'))).not.toContain('[] [A]')
  })

  it('takes only the messages it names', () => {
    const states = lines(telegraph('unordered', 'A').instantiate({ losses: 2 }), 'n2', 'n1→n2')
    expect([...new Set(states)]).toEqual(
      ['[] [A,B]', '[] [B]', '[A] [B]', '[A,B] []', '[B] [A]', '[B,A] []', '[B] []'].sort(),
    )
  })
})

describe('duplicate', () => {
  it('delivers a message and keeps it', () => {
    expect(reached(telegraph('fifo').instantiate({ duplicates: 1 }), 'n2')).toEqual(
      ['', 'A', 'AA', 'AAB', 'AB', 'ABB'].map((got) => `{"got":${JSON.stringify([...got])}}`).sort(),
    )
  })

  it('repeats only the messages it names', () => {
    expect(reached(telegraph('fifo', 'A').instantiate({ duplicates: 2 }), 'n2')).toEqual(
      ['', 'A', 'AA', 'AAA', 'AAAB', 'AAB', 'AB'].map((got) => `{"got":${JSON.stringify([...got])}}`).sort(),
    )
  })

  it('counts as a fault of the network, not as a delivery', () => {
    expect(naiveExplore(telegraph('fifo').instantiate({ duplicates: 1 })).fired).toEqual({
      'node.A': 2, // before its repetition or after it
      'node.B': 3, // after A, after A twice, after B itself
      'network.duplicate': 2,
    })
  })
})

describe('partition', () => {
  it('holds messages back between its sides until it heals', () => {
    const model = telegraph('fifo').instantiate({ partitions: 1 })
    expect(lines(model, 'n2', 'partition', 'partitions')).toEqual(
      [0, 1, 2]
        .flatMap((n) => ['{n1→n2,n2→n1} 0', '{} 0', '{} 1'].map((cut) => `[${['A', 'B'].slice(0, n)}] ${cut}`))
        .sort(),
    )
    expect(naiveExplore(model).fired).toEqual({
      'node.A': 2,
      'node.B': 2,
      'network.partition': 3,
      'network.heal': 3,
    })
  })

  /** The cuts that a network of nodes and a client can come to, in words. */
  const cuts = (partition: true | Partition<'node'>, partitions = 1) => {
    const model = protocol(
      { name: 'a', roles: { node: { prefix: 'n' }, client: { prefix: 'c' } }, faults: { partition } },
      () => ({ population: { node: 3, client: partition === true ? 0 : 1 }, properties: {} }),
    ).instantiate({ partitions })
    const index = model.components.findIndex(({ name }) => name === 'partition')
    const { states, fired } = naiveExplore(model)
    const told = states.map((state) => cutOf(state[index] as ReadonlySet<string>).told)
    return { told: [...new Set(told)].sort(), cut: fired['network.partition'], healed: fired['network.heal'] }
  }

  it('cuts processes in two in every way, each once', () => {
    expect(cuts(true)).toEqual({ told: ['', 'n2 | n1, n3', 'n2, n3 | n1', 'n3 | n1, n2'], cut: 3, healed: 3 })
  })

  it('one way: a side is not heard, and hears', () => {
    expect(cuts({ roles: ['node'], oneWay: true })).toEqual({
      told: ['', 'n1 ⇸ n2, n3', 'n1, n2 ⇸ n3', 'n1, n3 ⇸ n2', 'n2 ⇸ n1, n3', 'n2, n3 ⇸ n1', 'n3 ⇸ n1, n2'],
      cut: 6,
      healed: 6,
    })
  })

  it('by links: two who cannot talk may both talk to a third, and each link heals by itself', () => {
    expect(cuts({ roles: ['node'], cut: 'links' })).toEqual({
      told: ['', 'n2 | n1', 'n3 | n1', 'n3 | n2'],
      cut: 3,
      healed: 3,
    })
    const { told, cut, healed } = cuts({ roles: ['node'], cut: 'links', budget: 2 }, 2)
    expect(told).toEqual(['', 'n2 | n1', 'n2, n3 | n1', 'n3 | n1', 'n3 | n2', 'n2 | n1, n3', 'n3 | n1, n2'].sort())
    expect([cut, healed]).toEqual([3 + 3 * 2 + 3, 3 + 3 * 2 + 3])
  })

  it('by links one way, it takes any number of them', () => {
    const { told } = cuts({ roles: ['node'], cut: 'links', oneWay: true }, 6)
    expect(told.length).toBe(2 ** 6)
    expect(told).toContain('n1 | n2; n1 | n3; n2 ⇸ n3')
  })

  it('that never heals stays as it is', () => {
    expect(cuts({ roles: ['node'], heal: 'never' }, 2)).toEqual({
      told: ['', 'n2 | n1, n3', 'n2, n3 | n1', 'n3 | n1, n2'],
      cut: 3,
      healed: undefined,
    })
  })

  /** The same of cuts that are given, of three nodes and a client. */
  const given = (definition: object, partition: true | Partition<'node'> = { budget: 2 }, nodes = 3) => {
    const p = untyped(
      { name: 'a', roles: { node: { prefix: 'n' }, client: { prefix: 'c' } }, faults: { partition } },
      () => ({ population: { node: nodes, client: 1 }, properties: {}, ...definition }),
    )
    const model = p.instantiate({ partitions: 1 })
    const index = model.components.findIndex(({ name }) => name === 'partition')
    const { states, fired } = naiveExplore(model)
    const steps = states.flatMap((state) => [...stepsFrom(model, state)].map(({ step }) => step))
    return {
      told: states.map((state) => cutOf(state[index] as ReadonlySet<string>).told).sort(),
      groups: steps.flatMap(({ arguments: args }) => (args.groups === undefined ? [] : [JSON.stringify(args.groups)])),
      healed: fired['network.heal'],
    }
  }
  const untyped = protocol as unknown as (
    declaration: object,
    define: () => object,
  ) => { instantiate(parameters: object): Model }
  type Ids = { readonly node: readonly string[]; readonly client: readonly string[] }

  it('in given groups: none hears another, and whoever is in none hears all', () => {
    const cuts = ({ node: [a, b, c], client }: Ids) => [
      [[a], [b, c]],
      [[a], [c]],
      [[a], [b], [c, ...client]],
    ]
    expect(given({ cuts })).toEqual({
      told: [
        ...['', '', 'c1 | n1; c1 | n2; n1 | n2; n1 | n3; n2 | n3', 'n2, n3 | n1', 'n3 | n1'], // whole: before, and healed
      ],
      groups: ['[["n1"],["n2","n3"]]', '[["n1"],["n3"]]', '[["n1"],["n2"],["n3","c1"]]'],
      healed: 3,
    })
  })

  it('in given groups one way: none hears those before it', () => {
    const cuts = ({ node: [a, b, c] }: Ids) => [
      [[a], [b, c]],
      [[c], [b], [a]],
    ]
    expect(given({ cuts }, { oneWay: true, heal: 'never' })).toEqual({
      told: ['', 'n1 ⇸ n2, n3', 'n2 ⇸ n1; n3 ⇸ n1; n3 ⇸ n2'],
      groups: ['[["n1"],["n2","n3"]]', '[["n3"],["n2"],["n1"]]'],
      healed: undefined,
    })
  })

  it('in no given groups where a variant has none', () => {
    expect(given({ cuts: false }).told).toHaveLength(9) // whole, cut in one of seven ways, and healed
  })

  it.each<[unknown, object | true | undefined, string]>([
    [() => [], undefined, 'cuts are given, and no partition is declared; expected faults: { partition: true }'],
    [
      () => [],
      { roles: ['node'] },
      'cuts are given, and so is faults.partition.roles; expected one of them: each says what is cut',
    ],
    [
      () => [],
      { cut: 'links' },
      'cuts are given, and so is faults.partition.cut; expected one of them: each says what is cut',
    ],
    [[], true, 'cuts is an array; expected a function: ({ server }) => [[[server[0]], [server[1], server[2]]]]'],
    [() => [], true, 'cuts gives an array of 0; expected at least one cut: '],
    [() => undefined, true, 'cuts gives nothing; expected at least one cut: '],
    [() => [[['n1']]], true, 'cuts[0] is an array of 1; expected two groups of ids, or more'],
    [() => ['n1', 'n2'], true, 'cuts[0] is "n1"; expected two groups of ids, or more'],
    [() => [[['n1'], 'n2']], true, 'cuts[0][1] is "n2"; expected a group: some ids'],
    [() => [[['n1'], []]], true, 'cuts[0][1] is an array of 0; expected a group: some ids'],
    [
      ({ node }: Ids) => [[[node[0]], [node[1]]]],
      true,
      'cuts[0][1][0] is undefined; expected the id of a process, of n1',
    ],
    [
      () => [[['n1'], ['c1', 'n1']]],
      true,
      'cuts[0][1][1] is n1, as one before it is; expected it in one group at most',
    ],
    [
      () => [
        [['n1'], ['c1']],
        [['n1'], ['c1']],
      ],
      true,
      'cuts[1] is cuts[0] once more; expected each cut once',
    ],
    [({ nodes }: { nodes: readonly string[] }) => [nodes], true, 'ids has no role nodes'],
  ])('refuses cuts, case %#', (cuts, partition, message) => {
    const faults = partition === undefined ? {} : { partition }
    const declaration = { name: 'a', roles: { node: { prefix: 'n' }, client: { prefix: 'c' } }, faults }
    const define = () => ({ population: { node: 1, client: 1 }, properties: {}, cuts })
    expect(() => untyped(declaration, define).instantiate({})).toThrow(message)
  })

  it('one way lets through what comes from those who hear', () => {
    const model = protocol(
      {
        name: 'a',
        roles: { node: { prefix: 'n', volatile: { heard: z.boolean().default(false) } } },
        messages: { Hi: {} },
        faults: { partition: { oneWay: true, heal: 'never', budget: 1 } },
      },
      () => ({
        population: { node: 2 },
        start: {
          node(_, { peers, send }) {
            send(peers, { type: 'Hi' })
          },
        },
        receive: {
          node: {
            Hi(me) {
              me.heard = true
            },
          },
        },
        properties: {},
      }),
    ).instantiate()
    const ends = [...naiveExplore(model).states].filter((state) => [...stepsFrom(model, state)].length === 0)
    const index = model.components.findIndex(({ name }) => name === 'partition')
    const heard = (state: State) =>
      model.components.flatMap(({ kind, name }, i) =>
        kind === 'process' && (state[i] as { heard: boolean }).heard ? [name] : [],
      )
    const told = ends.map((state) => `${cutOf(state[index] as ReadonlySet<string>).told}: ${heard(state).join(', ')}`)
    expect([...new Set(told)].sort()).toEqual(['n1 ⇸ n2: n1', 'n1 ⇸ n2: n1, n2', 'n2 ⇸ n1: n1, n2', 'n2 ⇸ n1: n2'])
  })
})
