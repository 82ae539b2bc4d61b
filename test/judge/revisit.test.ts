/** A trace outlives its protocol: what is mended, renamed or added beside it does not make it worthless. */
import { always, canAlways, disabled, eventually, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { endingOf, propertyNamed } from '../../src/judge/ending.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { revisit } from '../../src/judge/revisit.ts'
import type { Model } from '../../src/model.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { shortestPath, stepBy } from './shortest-path.ts'

type Edit =
  | 'guard' // a till sells only what is there, looked up at the moment
  | 'field' // beside the state there is a count of sales
  | 'renamed action'
  | 'renamed message'
  | 'message field'
  | 'new parameter'
  | 'new default'
  | 'detour' // a sale takes another step
  | 'no such buyer'
  | 'throws'

/** A body's context, where the names of messages are not known to the compiler. */
interface Loose {
  readonly ids: { readonly till: string }
  readonly from: string
  send(to: string, message: object): void
}

/** A shop that sells its last piece twice: it asks the shelf, and sells later. */
function shop(...edits: readonly Edit[]): Model {
  const has = (edit: Edit) => edits.includes(edit)
  const isMended = has('guard')
  const ask = has('renamed action') ? 'order' : 'ask'
  const Sell = has('renamed message') ? 'Deliver' : 'Sell'
  const message = { pieces: z.int(), ...(has('message field') && { price: z.int() }) }
  return protocol(
    {
      name: 'shop',
      parameters: {
        pieces: z.int().default(has('new default') ? 9 : 1),
        ...(has('new parameter') && { price: z.int().default(5) }),
      },
      roles: {
        buyer: { volatile: { at: z.enum(['idle', 'choosing', 'waiting', 'served']).default('idle') } },
        till: { durable: { sold: z.int().default(0), ...(has('field') && { earned: z.int().default(0) }) } },
      },
      messages: { [Sell]: message, Sold: {} },
    },
    ({ pieces }) => ({
      population: { buyer: 2, till: 1 },
      actions: {
        [has('no such buyer') ? 'till' : 'buyer']: {
          [ask](me: { at: string }, context: object) {
            const { ids, send } = context as Loose
            if (me.at === 'idle' && has('detour')) {
              me.at = 'choosing'
              return undefined
            }
            if (me.at !== (has('detour') ? 'choosing' : 'idle')) return disabled
            me.at = 'waiting'
            send(ids.till, { type: Sell, pieces: 1, ...(has('message field') && { price: 3 }) })
            return undefined
          },
        },
      },
      receive: {
        till: {
          [Sell](me: { sold: number }, message: object, context: object) {
            const { from, send } = context as Loose
            if (has('throws')) throw new Error('the till is broken')
            const { pieces: asked } = message as { pieces: number }
            if (isMended && me.sold + asked > (pieces as number)) return disabled
            me.sold += asked
            if (has('field')) Object.assign(me, { earned: me.sold })
            send(from, { type: 'Sold' })
            return undefined
          },
        },
        buyer: {
          Sold(me: { at: string }) {
            me.at = 'served'
          },
        },
      },
      properties: {
        stock: always('no more is sold than there is', ({ till }: { till: readonly { sold: number }[] }) =>
          till.every(({ sold }) => sold <= (pieces as number)),
        ),
      },
    }),
  ).instantiate({ pieces: 1 })
}

const trace: Trace = traceOf(shop(), 'stock')

function traceOf(model: Model, name: string): Trace {
  const property = propertyNamed(model, name)
  return record(
    model,
    property,
    shortestPath(model, (states) => endingOf(model, property, states).verdict !== undefined),
  )
}

/** The answer in short: what came of it, by how many other steps, without how many of the trace's own. */
function answer(...edits: readonly Edit[]): string {
  const found = revisit(shop(...edits), trace)
  if (found.outcome === 'reproduced') {
    const { anew } = found
    return anew === undefined
      ? 'reproduced'
      : `reproduced after ${anew.trace.steps.length}, ${anew.others} other, ${anew.left} left`
  }
  if (found.outcome !== 'no-longer-violated') return found.outcome
  return `no longer violated at ${found.step}, ${found.nearby?.others} others, ${found.nearby?.states} states`
}

it('starts from a trace of four steps', () => {
  expect(trace.steps.map(({ action, process }) => `${process} ${action}`)).toEqual([
    'buyer1 ask',
    'buyer2 ask',
    'till1 receive',
    'till1 receive',
  ])
})

describe('what has changed beside the defect leaves it reproduced', () => {
  it.each<[readonly Edit[], string]>([
    [[], 'reproduced'],
    [['new default'], 'reproduced'],
    [['new parameter'], 'reproduced'],
    [['field'], 'reproduced after 4, 0 other, 0 left'],
    [['renamed action'], 'reproduced after 4, 0 other, 0 left'],
    [['renamed message'], 'reproduced after 4, 0 other, 0 left'],
    [['message field'], 'reproduced after 4, 0 other, 0 left'],
    [['detour'], 'reproduced after 6, 2 other, 0 left'],
    [['field', 'renamed action', 'message field', 'new parameter'], 'reproduced after 4, 0 other, 0 left'],
  ])('%j', (edits, expected) => expect(answer(...edits)).toBe(expected))
})

describe('what is mended is no longer violated, whatever has changed beside it', () => {
  it.each<[readonly Edit[], string]>([
    [['guard'], 'no longer violated at 4, 2 others, 25 states'],
    [['guard', 'new default'], 'no longer violated at 4, 2 others, 25 states'],
    [['guard', 'new parameter'], 'no longer violated at 4, 2 others, 25 states'],
    [['guard', 'field'], 'no longer violated at 4, 2 others, 25 states'],
    [['guard', 'renamed action'], 'no longer violated at 4, 2 others, 25 states'],
    [['guard', 'renamed message'], 'no longer violated at 4, 2 others, 25 states'],
    [['guard', 'message field'], 'no longer violated at 4, 2 others, 25 states'],
  ])('%j', (edits, expected) => expect(answer(...edits)).toBe(expected))

  it('says what has changed, and where the schedule ends', () => {
    expect(revisit(shop('guard', 'field'), trace)).toEqual({
      outcome: 'no-longer-violated',
      step: 4,
      reason:
        'till1 receives Sell{pieces 1} from buyer2: it is disabled, its guard fails; the channel buyer2→till1 holds Sell{pieces 1}',
      changed: { step: 0, expected: 'till1 = {sold 0}', found: 'till1 = {earned 0, sold 0}' },
      nearby: { others: 2, states: 25 },
    })
  })

  it('looks at as much as it may, and says how far that was', () => {
    expect(revisit(shop('guard'), trace, { mostStates: 8 })).toMatchObject({ nearby: { others: 0, states: 8 } })
  })
})

describe('where nothing can be told it has diverged', () => {
  it.each<[readonly Edit[], string]>([
    [['no such buyer'], 'diverged'],
    [['throws'], 'diverged'],
  ])('%j', (edits, expected) => expect(answer(...edits)).toBe(expected))
})

describe('the trace as it goes now', () => {
  it.each<readonly Edit[]>([['field'], ['renamed action'], ['message field'], ['detour']])(
    'is a counterexample, step by step: %s',
    (edit) => {
      const found = revisit(shop(edit), trace)
      if (found.outcome !== 'reproduced') throw new Error(found.outcome)
      expect(replay(shop(edit), found.anew!.trace)).toEqual({ outcome: 'reproduced', because: found.because })
    },
  )
})

/** A lamp that is switched on, and may be switched off again. */
function lamp(edit: 'none' | 'counted' | 'goes off' | 'counted, goes off'): Model {
  const isCounted = edit.startsWith('counted')
  return protocol(
    { name: 'lamp', shared: { on: z.boolean().default(false), ...(isCounted && { times: z.int().default(0) }) } },
    () => ({
      actions: {
        environment: {
          switchOn({ shared }) {
            if (shared.on) return disabled
            shared.on = true
            if (isCounted) (shared as { times: number }).times = 1
            return undefined
          },
          ...(edit.endsWith('goes off') && {
            switchOff({ shared }: { shared: { on: boolean } }) {
              if (!shared.on) return disabled
              shared.on = false
              return undefined
            },
          }),
        },
      },
      properties: {
        canGoOff: canAlways('the lamp can go off', ({ shared }) => !shared.on),
        goesOff: eventually('the lamp is on, and off again', ({ shared }) => shared.on === null),
      },
    }),
  ).instantiate()
}

describe('what is asked of more than a state', () => {
  const steps = [stepBy(null, 'switchOn', {})]
  const saved = (name: string, loop?: number): Trace => {
    const model = lamp('none')
    return record(
      model,
      propertyNamed(model, name),
      { initial: {}, steps, ...(loop === undefined ? {} : { loop }) },
      {},
      { proof: undefined },
    )
  }

  it('what is out of reach', () => {
    expect(revisit(lamp('counted'), saved('canGoOff'))).toMatchObject({ outcome: 'reproduced', anew: { others: 0 } })
    expect(revisit(lamp('counted, goes off'), saved('canGoOff'))).toMatchObject({
      outcome: 'no-longer-violated',
      reason: 'canGoOff holds at the end: the lamp can go off',
      nearby: { others: 2 },
    })
  })

  it('an execution that stops', () => {
    const trace = saved('goesOff', 1)
    expect(revisit(lamp('counted'), trace)).toMatchObject({ outcome: 'reproduced', anew: { trace: { loop: 1 } } })
  })
})
