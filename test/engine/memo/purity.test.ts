/** Bodies and predicates that are not functions of the state: each is caught, by a trap, the second run or the audit. */
import { always, disabled, protocol, step, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import type { Search } from '../../../src/engine/search.ts'
import type { Model } from '../../../src/model.ts'
import { exhausted } from '../agree.ts'

interface Me {
  count: number
  items: number[]
  tags: Set<string>
}

/** Two processes that count to 3, and do something impure by the way. */
const counting = (impurity: (me: Me, self: string) => unknown): Model =>
  protocol(
    {
      name: 'counting',
      parameters: { top: z.int().default(3) },
      roles: {
        node: {
          prefix: 'n',
          volatile: {
            count: z.int().default(0),
            items: z.array(z.int()).default([]),
            tags: z.set(z.string()).default(new Set()),
          },
        },
      },
    },
    ({ top }) => ({
      population: { node: 2 },
      actions: {
        node: {
          tick(me, { self }) {
            if (me.count === top) return disabled
            me.count += 1
            return impurity(me, self) as undefined
          },
        },
      },
      properties: {},
    }),
  ).instantiate()

/** A model of one variable that counts to 3, with one property. */
const asked = (property: ReturnType<typeof always<{ shared: { x: number } }>>): Model =>
  protocol({ name: 'asked', shared: { x: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        add({ shared }) {
          if (shared.x === 3) return disabled
          shared.x += 1
        },
      },
    },
    properties: { property: property as never },
  })).instantiate()

/** How a search of it ends. */
async function endOf(model: Model): Promise<string> {
  const { stop, verdict, broken } = await explore(model)
  expect({ reason: stop.reason, verdict }).toEqual({ reason: 'broken', verdict: 'unknown' })
  return `${broken!.error.code} after ${broken!.path.steps.length}: ${broken!.error.message}`
}

const NOT_PURE = 'is not pure'
const CURE = 'a body may depend on the state, its parameters and its choices only'
const OUTSIDE = 'bodies and properties must be pure: take time and chance from the state, or from choose(...)'

describe('clock and randomness', () => {
  const sources: readonly [string, () => unknown][] = [
    ['Date.now', () => Date.now()],
    ['new Date()', () => new Date()],
    ['Date()', () => Date()],
    ['Math.random', () => Math.random()],
    ['performance.now', () => performance.now()],
    ['process.hrtime', () => process.hrtime()],
    ['crypto.randomUUID', () => crypto.randomUUID()],
    ['setTimeout', () => setTimeout(() => undefined, 0)],
    ['queueMicrotask', () => queueMicrotask(() => undefined)],
  ]
  it.each(sources)('%s is refused', async (name, source) => {
    const message = await endOf(counting((me) => void me.items.push(Number(source()))))
    expect(message).toBe(`impure after 0: n1 tick: it called ${name}; ${OUTSIDE}`)
  })

  it('is refused even where the body catches what is thrown at it', async () => {
    const model = counting((me) => {
      try {
        me.items.push(Math.random())
      } catch {
        me.items.push(0)
      }
    })
    expect(await endOf(model)).toBe(`impure after 0: n1 tick: it called Math.random; ${OUTSIDE}`)
  })

  it('is refused in properties', async () => {
    expect(await endOf(asked(always('is early', ({ shared }) => Date.now() > shared.x)))).toBe(
      `impure after 0: property property: it called Date.now; ${OUTSIDE}`,
    )
  })

  it('is as ever once the search is over, and a date that is given is a value', async () => {
    const { verdict } = await explore(counting((me) => void me.items.push(new Date(5).getTime())))
    expect(verdict).toBe('holds')
    expect(Date.now()).toBeGreaterThan(5)
    expect(new Date()).toBeInstanceOf(Date)
  })
})

describe('variables outside', () => {
  it('a counter is caught by the second run', async () => {
    let calls = 0
    expect(await endOf(counting((me) => void me.items.push(calls++)))).toBe(
      `impure after 0: n1 tick ${NOT_PURE}: it did two different things in one state: n1.items became [0], and then [2]; ${CURE}`,
    )
  })

  it('an array that grows is caught by the second run', async () => {
    const seen: number[] = []
    const model = counting((me) => {
      seen.push(me.count)
      me.items = [...seen]
    })
    expect(await endOf(model)).toBe(
      `impure after 0: n1 tick ${NOT_PURE}: it did two different things in one state: n1.items became [1], and then [1,1,1]; ${CURE}`,
    )
  })

  it('a variable that another process sets is caught by the audit', async () => {
    let last = 'nobody'
    const model = counting((me, self) => {
      if (self === 'n1') me.tags.add(last)
      else last = me.count === 3 ? 'n2' : last
    })
    expect(await endOf(model)).toMatch(
      /^impure after \d: n1 tick is not pure: run again on a state it had seen before, it did something else: n1\.tags became /,
    )
  })

  it('a question that is asked or not is a contradiction', async () => {
    let runs = 0
    const model = counting((me, self) => {
      if (self === 'n1' && runs++ >= 4) me.tags.add(me.items.length === 0 ? 'none' : 'some')
    })
    expect(await endOf(model)).toMatch(/^impure after \d: n1 tick is not pure: /)
  })

  it('a draft that is kept and read later is refused', async () => {
    let kept: Me | undefined
    const model = counting((me) => {
      kept ??= me
      me.items = [kept.count]
    })
    expect(await endOf(model)).toBe(
      'impure after 0: n1 tick: a part of the state, or of its surroundings, was kept in a variable and used in a later run; keep it in the state',
    )
  })

  it('a draft that is kept and written later is refused', async () => {
    let kept: Me | undefined
    const model = counting((me) => {
      if (kept !== undefined) kept.count = 1
      kept = me
    })
    expect(await endOf(model)).toMatch(
      /^impure after 0: n1 tick: a part of the state, or of its surroundings, was kept/,
    )
  })

  it('a body that is async is refused, and what it does afterwards breaks nothing', async () => {
    const model = counting(async (me) => {
      await undefined
      me.items.push(1)
    })
    expect(await endOf(model)).toBe(
      'bad-step after 0: n1 tick: it is async; a step happens at once: take the await out',
    )
  })
})

describe('what a body must not change', () => {
  const board = (handle: (message: { tags: Set<string>; list: number[] }) => unknown): Model =>
    protocol(
      {
        name: 'board',
        roles: { node: { prefix: 'n', volatile: { done: z.boolean().default(false) } } },
        messages: { Note: { tags: z.set(z.string()), list: z.array(z.int()) } },
      },
      () => ({
        population: { node: 2 },
        start: {
          node(_, { self, peers, send }) {
            if (self === 'n1') send(peers, { type: 'Note', tags: new Set(['a']), list: [1] })
          },
        },
        receive: {
          node: {
            Note(me, message) {
              me.done = true
              handle(message as never)
            },
          },
        },
        properties: {},
      }),
    ).instantiate()

  it('an array in a message', async () => {
    expect(await endOf(board(({ list }) => list.push(2)))).toBe(
      'body-threw after 0: n2 receive from n1 threw TypeError: Cannot add property 1, object is not extensible (messages and parameters are frozen: change a copy, as in [...list, element])',
    )
  })

  it('a set in a message', async () => {
    expect(await endOf(board(({ tags }) => tags.add('b')))).toBe(
      'body-threw after 0: n2 receive from n1 threw TypeError: this set is read-only; change a copy: new Set([...set, element])',
    )
  })

  it('the parameters', async () => {
    const model = protocol(
      { name: 'greedy', parameters: { top: z.int().default(1) }, shared: { x: z.int().default(0) } },
      (parameters) => ({
        actions: {
          environment: {
            raise() {
              ;(parameters as { top: number }).top += 1
            },
          },
        },
        properties: {},
      }),
    ).instantiate()
    expect(await endOf(model)).toBe('bad-step after 0: raise: the parameter top of greedy cannot be changed')
  })

  it('the state, in a property', async () => {
    const change = always<{ shared: { x: number; list: number[] } }>('changes nothing', ({ shared }) => {
      shared.list.push(1)
      return true
    })
    const model = protocol({ name: 'list', shared: { list: z.array(z.int()).default([]) } }, () => ({
      properties: { change: change as never },
    })).instantiate()
    expect(await endOf(model)).toBe(
      'body-threw after 0: property change threw TypeError: a property must not change the state',
    )
  })
})

describe('properties', () => {
  const TWO_ANSWERS =
    'property property is not pure: it gave two different answers about one state; a property may depend on the state and the parameters only'

  it('a counter is caught by the second run', async () => {
    let calls = 0
    expect(await endOf(asked(always('flips', ({ shared }) => calls++ % 2 === shared.x % 2)))).toBe(
      `impure after 0: ${TWO_ANSWERS}`,
    )
  })

  it('a variable that comes to differ is caught by the audit', () => {
    let calls = 0
    const search: Search = exhausted(asked(always('is young', ({ shared }) => calls++ < 2 || shared.x > 3)))
    expect(search.watch.findings.size).toBe(0)
    expect(() => [...search.properties.audit()]).toThrow(TWO_ANSWERS)
  })

  it('pure ones of every kind pass the audit', () => {
    const model = asked(always('is small', ({ shared }) => shared.x < 4))
    const grows = step<{ shared: { x: number } }>('grows', (before, after) => before.shared.x <= after.shared.x)
    const both = protocol({ name: 'both', shared: { x: z.int().default(0) } }, () => ({
      properties: { grows: grows as never },
    })).instantiate()
    expect(() => [...exhausted(model).properties.audit()]).not.toThrow()
    expect(() => [...exhausted(both).properties.audit()]).not.toThrow()
  })
})
