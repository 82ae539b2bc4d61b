/** A predicate that looks at nearly every state in a way of its own is asked plainly: it says what it always said. */
import { always, disabled, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { TUNING } from '../../../src/engine/tuning.ts'
import type { Model } from '../../../src/model.ts'

interface View {
  readonly node: readonly { readonly id: string; readonly at: number; readonly list: readonly number[] }[]
  readonly shared: { readonly x: number }
}

/** Two nodes count, each for itself: as many states as there are pairs. */
const counters = (properties: Record<string, unknown>, most = 30): Model =>
  protocol(
    {
      name: 'counters',
      roles: {
        node: { prefix: 'n', volatile: { at: z.int().default(0), list: z.array(z.int()).default([]) } },
      },
      shared: { x: z.int().default(0) },
    },
    () => ({
      population: { node: 2 },
      actions: {
        node: {
          count(me) {
            if (me.at === most) return disabled
            me.at += 1
          },
        },
      },
      properties: properties as never,
    }),
  ).instantiate()

const STATES = 31 * 31
const sum = ({ node }: View) => node.reduce((total, { at }) => total + at, 0)

const whole = (model: Model, plainAfter = 8) => explore(model, { tuning: { ...TUNING, plainAfter } })

const watched = (model: Model) => whole(model, Number.POSITIVE_INFINITY)

const brokenIn = async (test: (view: View) => unknown, between = () => {}) => {
  const model = counters({ asked: always<View>('asked', test as never) })
  const plain = await whole(model)
  between()
  const observed = await watched(model)
  expect(plain.broken?.error.message).toBe(observed.broken?.error.message)
  expect(plain.broken?.path?.steps.length).toBe(observed.broken?.path?.steps.length)
  return plain.broken?.error.message
}

describe('a predicate that is asked plainly', () => {
  it('gives the same verdicts and shortest paths', async () => {
    const model = counters({
      most: always<View>('at most 59', (view) => sum(view) < 60),
      some: sometimes<View>('at 41', (view) => sum(view) === 41),
    })
    const [plain, observed] = [await whole(model), await watched(model)]
    const told = ({ properties }: typeof plain) => properties.map(({ verdict, path }) => [verdict, path?.steps])
    expect(told(plain)).toEqual(told(observed))
    expect(plain.properties.map(({ verdict, path }) => [verdict, path?.steps.length])).toEqual([
      ['unknown', undefined],
      ['violated', 60],
      ['holds', 41],
    ])
    expect([plain.distinct, plain.stats.predicateRuns, observed.stats.predicateRuns]).toEqual([STATES, 5092, 5139])
  })

  it('sees what a process has and nothing else, frozen, at every look the same', async () => {
    const model = counters({
      same: always<View>('the same at every look', (view) => {
        const [a, b] = view.node
        const keys = Object.keys(a!).join()
        const isPlain = { ...a!, list: 0 }.at === a!.at && JSON.stringify(a) === JSON.stringify({ ...a })
        return (
          sum(view) >= 0 &&
          Object.is(view.node, view.node) &&
          a!.list !== b!.list &&
          keys === 'id,health,at,list' &&
          isPlain
        )
      }),
    })
    expect((await whole(model)).verdict).toBe('holds')
    expect((await watched(model)).verdict).toBe('holds')
  })

  it('is refused another name, with the same words', async () => {
    const message = await brokenIn((view) => sum(view) < 20 || (view.node[0] as unknown as { ta: number }).ta > 0)
    expect(message).toBe('property asked: n1 has no field ta; did you mean at? Its fields are id, health, at, list')
  })

  it('is refused to write, with the same words', async () => {
    expect(
      await brokenIn((view) => {
        if (sum(view) === 20) (view.node[0] as { at: number }).at = 0
        return true
      }),
    ).toContain('cannot be changed')
    expect(
      await brokenIn((view) => {
        if (sum(view) === 20) (view.node[0]!.list as number[]).push(1)
        return true
      }),
    ).toContain('must not change the state')
    expect(
      await brokenIn((view) => {
        if (sum(view) === 20) (view.node as unknown[]).sort()
        return true
      }),
    ).toContain('change a copy')
  })

  it('is refused to look at a state later', async () => {
    let kept: View | undefined
    const message = await brokenIn(
      (view) => {
        if (sum(view) === 20) kept ??= view
        return kept === undefined || kept.shared.x === 0
      },
      () => {
        kept = undefined
      },
    )
    expect(message).toContain('was kept in a variable and used in a later run')
  })

  it('is caught where it is impure', async () => {
    let asked = 0
    const late = counters({ pure: always<View>('pure', (view) => sum(view) >= 0 && ++asked < 900) })
    const { broken } = await explore(late, { tuning: { ...TUNING, plainAfter: 8 } })
    expect(broken?.error.message).toContain('is not pure')
  })

  it('is asked of the memo again where that pays by then', async () => {
    const few = counters({ few: always<View>('few', ({ node: [a, b] }) => a!.at >= 8 || b!.at >= 0) }, 200)
    const { stats, distinct, verdict } = await whole(few)
    expect({ distinct, verdict }).toEqual({ distinct: 201 * 201, verdict: 'holds' })
    expect(stats.predicateRuns).toBe(17_445)
  })
})
