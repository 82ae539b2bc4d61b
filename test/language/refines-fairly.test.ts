/** `refinesFairly`: what an abstract protocol is fair to, seen through a mapping. */
import { disabled, type Protocol, protocol, refines, refinesFairly, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

const Place = z.int().min(0).max(2).default(0)

/** A hand that goes round from 0 to 2, and may skip 1. */
const clock = protocol({ name: 'clock', shared: { hand: Place } }, () => ({
  actions: {
    environment: {
      go({ shared }) {
        shared.hand = (shared.hand + 1) % 3
      },
      skip({ shared }) {
        if (shared.hand !== 0) return disabled
        shared.hand = 2
      },
    },
  },
  properties: {},
}))

const fairTo = (fair: object, weak: string[] = []) => ({ fair, weak })

/** The same in two parts of a step, and one that does nothing to the hand; `stops` at 2. */
const works = (options: object, { stops = false, abstract = clock as Protocol } = {}) =>
  protocol(
    { name: 'works', shared: { half: z.boolean().default(false), at: Place, lit: z.boolean().default(false) } },
    () => {
      const image = ({ shared }: { shared: { at: number } }) => ({ shared: { hand: shared.at } }) as never
      return {
        actions: {
          environment: {
            turn({ shared, choose }) {
              if (stops && shared.at === 2) return disabled
              shared.half = !shared.half
              if (!shared.half) shared.at = shared.at === 0 && choose('skips', [false, true]) ? 2 : (shared.at + 1) % 3
            },
            blink({ shared }) {
              shared.lit = !shared.lit
            },
          },
        },
        properties: {
          isClock: refines('it is a clock', abstract, image),
          goes: refinesFairly('it goes as a clock', abstract, image, options as never),
        },
      }
    },
  ).instantiate()

async function answer(model: ReturnType<typeof works>) {
  const { properties } = await explore(model, { keepGoing: true })
  const { property, verdict, path } = properties.find((each) => each.property.name === 'goes')!
  if (verdict !== 'violated') return verdict
  const trace = record(model, property, path!)
  expect(replay(model, trace).outcome).toBe('reproduced')
  return `${trace.loop} + ${trace.steps.length - trace.loop!}`
}

describe('what the abstract protocol is fair to', () => {
  it.each<[string, object, string]>([
    ['goes on only if something makes it', fairTo({ weak: ['environment'] }), '1 + 2'],
    ['goes on if the work does', fairTo({ weak: ['environment'] }, ['environment.turn']), 'holds'],
    [
      'is not always possible, so it may be left out',
      fairTo({ weak: ['environment.skip'] }, ['environment.turn']),
      'holds',
    ],
    ['is possible again and again', fairTo({ strong: ['environment.skip'] }, ['environment.turn']), '0 + 6'],
    ['together is one', fairTo({ weak: [['environment.go', 'environment.skip']] }, ['environment.turn']), 'holds'],
    ['of each action', fairTo({ weak: ['actions'] }, ['environment.turn']), 'holds'],
  ])('%s', async (_, options, expected) => {
    expect(await answer(works(options))).toBe(expected)
  })

  it('is left out where the protocol stops', async () => {
    expect(await answer(works(fairTo({ weak: ['environment'] }, ['actions']), { stops: true }))).toBe('2 + 2')
  })
})

it('is told with the abstract execution beside it', async () => {
  const model = works(fairTo({ weak: ['environment.go'] }, ['actions']), { stops: true })
  const { properties } = await explore(model)
  const { property, path } = properties.find(({ verdict }) => verdict === 'violated')!
  expect(
    renderTrace(model, record(model, property, path!), { heading: false })
      .split('\n')
      .slice(0, 22),
  ).toEqual([
    '✗ goes is violated by an execution that goes round for ever (2 steps, then 2 again and again): it',
    '  goes as a clock (weak fairness of environment.go in clock)',
    '  in the initial state: in clock, environment.go is possible; in the state after step 2: in clock,',
    '    environment.go is possible; at step 3: it is none of environment.go in clock',
    '  assuming weak fairness of actions',
    '',
    '  0  initial state',
    '     half false, at 0, lit false',
    '     ≙ clock: hand 0',
    '',
    '  1  environment turn',
    '     ≡ half false → true',
    '  2  environment turn (skips true)',
    '     ≡ half true → false',
    '     ≡ at 0 → 2',
    '     ≙ clock environment skip: hand 0 → 2',
    '   ╔ from here on, again and again:',
    '  3║ environment blink',
    '   ║ ≡ lit false → true',
    '  4║ environment blink',
    '   ║ ≡ lit true → false',
    '   ╚ back to the state after step 2',
  ])
})

describe('refused before any search', () => {
  const noneOwed = (fair: string) =>
    `found refinesFairly(..., { fair: ${fair} }); expected what the abstract protocol is fair to, by its own names: { fair: { weak: ['environment'] } }`

  it.each<[string, object | undefined, string]>([
    ['nothing that it is fair to', undefined, noneOwed('undefined')],
    ['an empty list', { fair: {} }, noneOwed('an object')],
    [
      'a name of this protocol',
      fairTo({ weak: ['environment.turn'] }),
      'the fairness of properties.goes in clock names environment.turn, which no step of this protocol is called; did you ' +
        'mean environment.go? Expected environment.go, environment.skip, environment, messages, processes, actions, recoveries',
    ],
  ])('%s', (_, options, message) => {
    expect(() => works(options as object)).toThrow(new SplitbrainError('bad-protocol', message))
  })
})
