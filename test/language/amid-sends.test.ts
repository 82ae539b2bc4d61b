/** Crashes amid the sends of a body: what of it stays, where they may come, and how they are told. */
import { disabled, every, leadsTo, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { takeStep } from '../../src/judge/walk.ts'
import type { Model, Step } from '../../src/model.ts'
import { describeStep } from '../../src/trace/describe-step.ts'
import { parseTrace, traceText } from '../../src/trace/trace-file.ts'
import { textOf } from '../../src/value/canonical.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

type Crash = { readonly restart?: 'later' | 'at once' | 'never' }

/** Whoever gets the message has it; the first process sends it to all others, in one step. */
const broadcast = (crash: Crash = { restart: 'never' }) =>
  protocol(
    {
      name: 'broadcast',
      roles: { p: { durable: { got: z.boolean().default(false), began: z.boolean().default(false) } } },
      messages: { M: {} },
      faults: { crash: { roles: ['p'], budget: 1, ...crash } },
    },
    () => ({
      population: { p: 3 },
      actions: {
        p: {
          broadcast(me, { self, ids, peers, send }) {
            if (self !== ids.p[0] || me.began) return disabled
            me.began = true
            me.got = true
            send(peers, { type: 'M' })
          },
        },
      },
      receive: {
        p: {
          M(me) {
            me.got = true
          },
        },
      },
      properties: {
        agreement: leadsTo(
          'if one that lives has it, all that live get it',
          ({ p }) => p.some((q) => q.health === 'up' && q.got),
          ({ p }) => every(p, (q) => q.health !== 'up' || q.got),
          { weak: ['messages', 'actions'] },
        ),
      },
    }),
  )

describe('a naive broadcast', () => {
  it('reaches some and not others where its sender may crash amid it, by default', async () => {
    const model = broadcast().instantiate()
    const { properties } = await explore(model)
    const { property, verdict, path } = properties[1]!
    expect(verdict).toBe('violated')
    const trace = record(model, property, path!)
    expect(trace.steps.map((step) => describeStep(step))).toEqual([
      'p1 broadcast, crashing once its message reached p2',
      'p2 receives M from p1',
    ])
    expect(replay(model, parseTrace(traceText(trace), 'it')).outcome).toBe('reproduced')
  })

  it('adds no rule where no crash may come', () => {
    expect(
      broadcast()
        .instantiate({ crashes: 0 })
        .rules.some(({ fixed }) => 'amid' in fixed),
    ).toBe(false)
  })
})

/** A process that writes, sends and chooses in turns, with every kind of state there is. */
const busy = (crash: Crash, crashes = 1) =>
  protocol(
    {
      name: 'busy',
      roles: {
        a: { durable: { d: z.int().default(0) }, volatile: { v: z.int().default(0) } },
        b: {},
      },
      messages: { X: { n: z.int() }, Go: {} },
      shared: { s: z.int().default(0) },
      operations: { write: { argument: z.int() } },
      faults: { crash: { roles: ['a'], ...crash } },
    },
    () => ({
      population: { a: 1, b: 2 },
      start: {
        b(_, { self, ids, send }) {
          if (self === ids.b[0]) send(ids.a, { type: 'Go' })
        },
      },
      receive: {
        a: {
          Go(me, _, { ids: { b }, choose, send, invoke, shared }) {
            me.d = 1
            me.v = 1
            invoke('write', 1)
            send(b[0]!, { type: 'X', n: 1 })
            me.d = 2
            shared.s = choose('s', [2, 3])
            send(b, { type: 'X', n: 2 })
            me.d = 3
            shared.s = 4
          },
        },
        b: { X() {} },
      },
      restart: {
        a(me, { ids: { b }, send }) {
          me.v = 7
          send(b, { type: 'X', n: 7 })
        },
      },
      properties: {},
    }),
  ).instantiate({ crashes })

/** What the crashes amid sends lead to from the start: the step in words, and the state. */
function amidFrom(model: Model, steps: readonly Step[] = []): string[] {
  const start = [...initialOutcomes(model)][0]!.state
  const at = steps.reduce((state, step) => {
    const taken = takeStep(model, state, step)
    if ('reason' in taken) throw new Error(taken.reason)
    return taken.state
  }, start)
  const channels = model.components.flatMap(({ kind }, i) => (kind === 'channel' ? [i] : []))
  return [...stepsFrom({ ...model, rules: model.rules.filter(({ fixed }) => 'amid' in fixed) }, at)].map(
    ({ step, state }) => {
      expect(takeStep(model, at, step)).toMatchObject({ state })
      const inFlight = channels.map((i) => (state[i] as readonly { n?: number }[]).map(({ n }) => n ?? 'Go').join('+'))
      const [me] = state
      const of = (name: string) => textOf(state[model.components.findIndex((component) => component.name === name)]!)
      const history = (
        state[model.components.findIndex(({ kind }) => kind === 'history')] as readonly { type: string }[]
      ).map(({ type }) => type)
      return `${describeStep(step)}: ${textOf(me!)} s ${of('s')} ${inFlight.join('|')} ${history}`
    },
  )
}

describe('what a body did until then', () => {
  const crashed = (words: string) => words.replaceAll('a1 receives Go from b1', 'GO')

  it('stays, as far as a crash leaves it; the rest is not done', () => {
    expect(amidFrom(busy({ restart: 'never' })).map(crashed)).toEqual([
      'GO (s 2), crashing after 1 of its sends: {"d":2,"health":"down","v":0} s 2 ||1||| invoke,unknown',
      'GO (s 2), crashing once send 2 reached b1: {"d":2,"health":"down","v":0} s 2 ||1+2||| invoke,unknown',
      'GO (s 2), crashing once send 2 reached b2: {"d":2,"health":"down","v":0} s 2 ||1||2| invoke,unknown',
      'GO (s 3), crashing after 1 of its sends: {"d":2,"health":"down","v":0} s 3 ||1||| invoke,unknown',
      'GO (s 3), crashing once send 2 reached b1: {"d":2,"health":"down","v":0} s 3 ||1+2||| invoke,unknown',
      'GO (s 3), crashing once send 2 reached b2: {"d":2,"health":"down","v":0} s 3 ||1||2| invoke,unknown',
    ])
  })

  it('is followed by the restart, where that is at once', () => {
    expect(crashed(amidFrom(busy({ restart: 'at once' }))[0]!)).toBe(
      'GO (s 2), crashing after 1 of its sends: {"d":2,"v":7} s 2 ||1+7||7| invoke,unknown',
    )
  })

  it('may be the sends of a restart, with one more crash', () => {
    const later = busy({ restart: 'later' }, 2)
    const crash = { action: 'crash', process: 'a1', arguments: {} }
    expect(amidFrom(later, [crash])).toEqual([
      'a1 restarts, crashing once its message reached b1: {"d":0,"health":"down","v":0} s 0 Go||7||| ',
      'a1 restarts, crashing once its message reached b2: {"d":0,"health":"down","v":0} s 0 Go||||7| ',
    ])
    expect(amidFrom(busy({ restart: 'later' }, 1), [crash])).toEqual([])
    expect(amidFrom(busy({ restart: 'at once' }, 2)).filter((words) => words.startsWith('a1 crashes'))).toEqual([
      'a1 crashes, crashing once its message reached b1: {"d":0,"v":7} s 0 Go||7+7||7| ',
      'a1 crashes, crashing once its message reached b2: {"d":0,"v":7} s 0 Go||7||7+7| ',
    ])
  })

  it.each<Crash>([{ restart: 'later' }, { restart: 'at once' }, { restart: 'never' }])(
    'engine and oracle agree: %j',
    async (crash) => {
      for (const crashes of [1, 2]) {
        const model = busy(crash, crashes)
        const oracle = naiveExplore(model)
        const { distinct, generated, depth } = await explore(model)
        expect({ distinct, generated, depth }).toEqual({
          distinct: oracle.distinct,
          generated: oracle.generated,
          depth: oracle.depth,
        })
      }
    },
  )
})

describe('is refused', () => {
  /** Each process acts once, so that there is an end whatever is refused. */
  const model = (
    body: (send: () => void, choose: (name: string, options?: readonly number[]) => void) => void,
    processes = 3,
  ) =>
    protocol(
      {
        name: 'odd',
        roles: { n: { durable: { acted: z.boolean().default(false) } } },
        messages: { M: {} },
        faults: { crash: { roles: ['n'], budget: 1 } },
      },
      () => ({
        population: { n: processes },
        actions: {
          n: {
            go(me, { peers, send, choose }) {
              if (me.acted) return disabled
              me.acted = true
              body(
                () => send(peers, { type: 'M' }),
                (name, options = [1]) => void choose(name, options),
              )
            },
          },
        },
        receive: { n: { M() {} } },
        properties: {},
      }),
    ).instantiate()
  const complaint = async (one: Model) => (await explore(one)).broken?.error.message

  it('a body that catches the crash', async () => {
    const greedy = model((send) => {
      try {
        send()
        send()
      } catch {}
    })
    expect(await complaint(greedy)).toContain(
      ' go catches the crash that comes amid its sends; expected a body that lets it pass',
    )
  })

  it('a send to more than can be tried', async () => {
    expect(await complaint(model((send) => send(), 18))).toContain(
      'found a send to 17 at once, amid which a crash may come and leave any of them; expected at most 16, or a loop',
    )
  })

  it.each(['amid', 'reached 1'])('a choice called %s', async (name) => {
    expect(await complaint(model((_, choose) => choose(name)))).toContain(
      `a choice is called ${name}, which is what traces call the moment of a crash`,
    )
  })
})

/** A body that sends to both others, chooses what it goes on with, and may have no step after all. */
const hesitant = (goesOn: (at: number, second: number) => boolean) =>
  protocol(
    {
      name: 'hesitant',
      roles: { n: { durable: { at: z.int().default(0) } } },
      messages: { M: {} },
      faults: { crash: { roles: ['n'], restart: 'never', budget: 1 } },
    },
    () => ({
      population: { n: 3 },
      actions: {
        n: {
          go(me, { self, ids, peers, send, choose }) {
            if (self !== ids.n[0]) return disabled
            const first = choose('first', [1, 2])
            me.at += first
            send(peers, { type: 'M' })
            const second = choose('second', [1, 2, 3])
            me.at += 4 * second
            return me.at > 14 || !goesOn(me.at, second) ? disabled : undefined
          },
        },
      },
      receive: { n: { M: () => disabled } },
      properties: {},
    }),
  ).instantiate()

describe('a body that is disabled after its sends has no step, and none is cut short', () => {
  const stepsAmid = (model: Model) =>
    [...stepsFrom(model, [...initialOutcomes(model)][0]!.state)].flatMap(({ step }) =>
      'amid' in step.arguments ? [step] : [],
    )
  const crashesFrom = (model: Model) => stepsAmid(model).map((step) => describeStep(step))

  it('whatever it chooses then', async () => {
    const model = hesitant(() => false)
    expect(crashesFrom(model)).toEqual([])
    const { verdict, distinct, generated } = await explore(model)
    expect({ verdict, distinct, generated }).toEqual({ verdict: 'holds', distinct: 4, generated: 4 })
  })

  it('but where it could have chosen otherwise there is one, and only there', async () => {
    const model = hesitant((at, second) => second === 3 && at === 14)
    expect(crashesFrom(model)).toEqual([
      'n1 go (first 2), crashing once its message reached n2',
      'n1 go (first 2), crashing once its message reached n3',
    ])
    const oracle = naiveExplore(model)
    const { broken, distinct, generated } = await explore(model)
    expect([broken, distinct, generated]).toEqual([undefined, oracle.distinct, oracle.generated])
  })

  it('and a trace of it is one for the judge', async () => {
    const model = hesitant((_, second) => second === 2)
    const [crash] = stepsAmid(model)
    expect(crash!.arguments).toEqual({ amid: 'go', first: 1, 'reached 1': new Set(['n2']) })
    const start = [...initialOutcomes(model)][0]!.state
    expect(takeStep(model, start, crash!)).toHaveProperty('state')
    const never = hesitant(() => false)
    expect(takeStep(never, start, crash!)).toHaveProperty('reason')
  })
})

it('tells the choices of a restart at once from those of the body that was cut short', async () => {
  const model = protocol(
    {
      name: 'again',
      roles: { p: { durable: { got: z.int().default(0) } } },
      messages: { M: {} },
      network: 'set',
      faults: { crash: { roles: ['p'], restart: 'at once', budget: 2 } },
    },
    () => ({
      population: { p: 3 },
      restart: {
        p(_, { peers, choose, send }) {
          send(peers, { type: 'M' })
          send(choose('peer', peers), { type: 'M' })
        },
      },
      receive: {
        p: {
          M(me) {
            me.got = 1
          },
        },
      },
      properties: {},
    }),
  ).instantiate()
  const { broken, distinct, generated } = await explore(model)
  const oracle = naiveExplore(model)
  expect({ error: broken?.error.message, distinct, generated }).toEqual({
    distinct: oracle.distinct,
    generated: oracle.generated,
  })
  const [state] = [...initialOutcomes(model)].map((outcome) => outcome.state)
  const told = [...stepsFrom(model, state!)].map(({ step }) => Object.keys(step.arguments).join(' '))
  expect(told).toContain('amid reached 1 peer reached 2 restart.peer')
})
