/**
 * Fairness and progress are about steps that change something. The verdicts are those that TLA+ gives: with
 * `vars == <<done>>`, `Noop == UNCHANGED vars` and `Go == ~done /\\ done' = TRUE`, WF_vars(Noop \\/ Go) implies <>done,
 * since <Noop \\/ Go>_vars is Go; without fairness, and without WF_vars(Next), an execution may stutter for ever.
 */
import { disabled, eventually, leadsTo, may, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { record } from '../../../src/judge/record.ts'
import { replay } from '../../../src/judge/replay.ts'
import type { Atom, Model } from '../../../src/model.ts'
import { predicatesOf } from '../../../src/property/predicates.ts'
import { stutteringModel } from '../../../src/property/stuttering.ts'
import { parseTrace, traceText } from '../../../src/trace/trace-file.ts'
import { hasViolation } from '../../oracle/fixpoint-executions.ts'
import { shortestViolation } from '../../oracle/naive-executions.ts'
import { graphOfModel } from '../../oracle/plain-graph.ts'

/** Verdicts by property, each violation with how many steps it takes and how many of them are its loop. */
async function verdictsOf(model: Model) {
  const { properties } = await explore(model, { keepGoing: true })
  const graph = graphOfModel(model, 100)!
  for (const { property, verdict, path } of properties) {
    if (!('fairness' in property)) continue
    const { fairness, stutters, kind } = property
    const goal = predicatesOf(property).at(-1) as Extract<Atom, { of: 'state' }>
    const isGoal = (state: number) => goal.judge({ read: (i) => graph.values[state]![i] }).holds
    const states = [...graph.values.keys()]
    const region = new Set(states.filter((state) => !isGoal(state)))
    const starts = new Set(kind === 'eventually' ? graph.initial : states)
    if (kind !== 'leadsTo') {
      const search = { starts, region, fairness, stutters }
      expect([property.name, shortestViolation(graph, search)]).toEqual([property.name, path?.steps.length])
      expect(hasViolation(graph, search)).toBe(verdict === 'violated')
    }
    if (path === undefined) continue
    const trace = record(model, property, path)
    expect(replay(model, parseTrace(traceText(trace), 'it')).outcome).toBe('reproduced')
  }
  return Object.fromEntries(
    properties.slice(1).map(({ property, verdict, path, restsOnProgress }) => {
      const told = verdict === 'holds' ? (restsOnProgress ? 'holds by progress' : 'holds') : `stops after ${path?.loop}`
      return [property.name, path !== undefined && path.loop !== path.steps.length ? 'goes round' : told]
    }),
  )
}

describe('a process that may poll for ever', () => {
  const model = protocol({ name: 'noop', roles: { p: { volatile: { done: z.boolean().default(false) } } } }, () => ({
    population: { p: 1 },
    actions: {
      p: {
        noop() {},
        go(me) {
          if (me.done) return disabled
          me.done = true
        },
      },
    },
    properties: {
      byNobody: eventually('done', ({ p }) => p[0]!.done),
      byNoop: eventually('done', ({ p }) => p[0]!.done, { weak: ['p.noop'] }),
      byProcess: eventually('done', ({ p }) => p[0]!.done, { weak: ['p'] }),
      byProcessStrongly: eventually('done', ({ p }) => p[0]!.done, { strong: ['p'] }),
      byAction: eventually('done', ({ p }) => p[0]!.done, { weak: ['p.go'] }),
    },
  })).instantiate()
  const fair = { byProcess: 'holds', byProcessStrongly: 'holds', byAction: 'holds' }

  it('does its duty by what it changes', async () => {
    expect(await verdictsOf(model)).toEqual({ ...fair, byNobody: 'holds by progress', byNoop: 'holds by progress' })
  })

  it('does nothing where executions stutter and nothing is fair', async () => {
    expect(await verdictsOf(stutteringModel(model))).toEqual({
      ...fair,
      byNobody: 'stops after 0',
      byNoop: 'stops after 0',
    })
  })

  it('is told that fairness of a step that changes nothing assumes nothing', async () => {
    const { properties } = await explore(model)
    expect(properties.map(({ idleFairness }) => idleFairness)).toEqual([
      undefined,
      undefined,
      ['p.noop'],
      undefined,
      undefined,
      undefined,
    ])
  })
})

it('an execution stops where nothing can change anything, whatever can happen', async () => {
  const model = protocol({ name: 'idle', shared: { n: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        poll() {},
        count({ shared }) {
          if (shared.n === 2) return disabled
          shared.n++
        },
      },
    },
    properties: { three: eventually('n is 3', ({ shared }) => shared.n === 3, { weak: ['environment.poll'] }) },
  })).instantiate()
  expect(await verdictsOf(model)).toEqual({ three: 'stops after 2' })
  const { properties } = await explore(model)
  expect(record(model, properties[1]!.property, properties[1]!.path!).because).toBe(
    'nothing that changes anything can happen; n = 2',
  )
})

describe('an action that may happen and need not', () => {
  const model = (fairness: object) =>
    protocol(
      { name: 'wish', roles: { user: { volatile: { at: z.enum(['idle', 'waiting', 'served']).default('idle') } } } },
      () => ({
        population: { user: 1 },
        actions: {
          user: {
            ask: may((me) => {
              if (me.at !== 'idle') return disabled
              me.at = 'waiting'
            }),
          },
          environment: {
            serve({ user }) {
              if (user[0]!.at !== 'waiting') return disabled
              user[0]!.at = 'served'
            },
          },
        },
        properties: {
          isServed: eventually('the user is served', ({ user }) => user[0]!.at === 'served', fairness),
          askingHelps: leadsTo(
            'who asks is served',
            ({ user }) => user[0]!.at === 'waiting',
            ({ user }) => user[0]!.at === 'served',
            fairness,
          ),
        },
      }),
    ).instantiate()

  it.each<[object, string]>([
    [{}, 'stops after 0'],
    [{ weak: ['actions'] }, 'stops after 0'],
    [{ strong: ['user', 'processes', 'environment.serve'] }, 'stops after 0'],
    [{ weak: ['user.ask', 'environment.serve'] }, 'holds'],
    [{ weak: ['user.ask'] }, 'holds by progress'],
  ])('assuming %j', async (fairness, isServed) => {
    expect(await verdictsOf(model(fairness))).toMatchObject({ isServed })
  })

  it('does not take the progress of others away', async () => {
    expect(await verdictsOf(model({}))).toEqual({ isServed: 'stops after 0', askingHelps: 'holds by progress' })
    expect(await verdictsOf(model({ weak: ['actions'] }))).toMatchObject({ askingHelps: 'holds' })
  })

  it('is why an execution stops, in words', async () => {
    const wish = model({ weak: ['actions'] })
    const { property, path } = (await explore(wish)).properties[1]!
    expect(record(wish, property, path!).because).toBe('nothing else must happen; user1.at = idle')
  })
})

it('two messages that read the same are two units', async () => {
  const model = protocol(
    {
      name: 'units',
      roles: {
        sender: { prefix: 's' },
        receiver: { prefix: 'r', durable: { got: z.boolean().default(false) } },
      },
      messages: { Put: { key: z.union([z.string(), z.object({ type: z.string() })]) } },
      shared: { idle: z.boolean().default(true) },
    },
    () => ({
      population: { sender: 1, receiver: 1 },
      start: {
        sender(_, { ids, send }) {
          send(ids.receiver, { type: 'Put', key: { type: 'Noop' } })
        },
      },
      actions: {
        sender: {
          ping(_, { ids, send, shared }) {
            if (!shared.idle) return disabled
            shared.idle = false
            send(ids.receiver, { type: 'Put', key: 'Noop' })
          },
        },
      },
      receive: {
        receiver: {
          Put(me, { key }, { shared }) {
            if (typeof key === 'object') me.got = true
            else shared.idle = true
          },
        },
      },
      properties: {
        got: eventually('the first arrives', ({ receiver: [r] }) => r!.got, { weak: ['messages', 'actions'] }),
      },
    }),
  ).instantiate()
  expect(await verdictsOf(model)).toEqual({ got: 'holds' })
})
