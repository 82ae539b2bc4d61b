/** The judge of formulas: what it says of a lasso, and why. A wheel turns for ever, and only in one position can the lamp be lit. */
import { alwaysEventuallyStep, eventuallyAlways, forEach, leadsTo, ltl, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { endingOf, propertyNamed } from '../../src/judge/ending.ts'
import { walk } from '../../src/judge/walk.ts'
import type { Model } from '../../src/model.ts'
import { stepBy } from './shortest-path.ts'

interface Seen {
  readonly shared: { readonly lit: boolean; readonly position: number }
}
const isLit = ({ shared }: Seen) => shared.lit
const isDown = ({ shared }: Seen) => shared.position === 2
const lights = (before: Seen, after: Seen) => !before.shared.lit && after.shared.lit

const lamp: Model = protocol(
  {
    name: 'lamp',
    shared: { position: z.int().default(0), lit: z.boolean().default(false) },
    roles: { keeper: { volatile: { nods: z.int().default(0) } } },
  },
  () => ({
    population: { keeper: 2 },
    actions: {
      keeper: {
        nod(me) {
          me.nods = 1 - me.nods
        },
        rest() {},
      },
      environment: {
        turn({ shared }) {
          shared.position = (shared.position + 1) % 3
        },
        light({ shared }) {
          shared.lit = true
        },
        snuff({ shared }) {
          shared.lit = false
        },
      },
    },
    properties: {
      staysLit: eventuallyAlways('it stays lit', isLit),
      isLitAgain: alwaysEventuallyStep('it is lit again and again', lights),
      untilDown: ltl('it is not lit until the wheel is down', ltl.until(ltl.not(isLit), isDown)),
      untilLit: ltl(
        'it is turned until it is lit',
        ltl.or(ltl.until(ltl.not(isDown), isLit), ltl.globally(ltl.not(isDown))),
      ),
      answers: ltl('whenever it is down, it is lit', ltl.globally(ltl.implies(isDown, ltl.finally(isLit)))),
      both: ltl('it stays as it is', ltl.or(ltl.globally(isLit), ltl.globally(ltl.not(isLit)))),
      nodsOnce: forEach(
        'keeper',
        leadsTo(
          'whoever nods, nods back',
          ({ me }) => me.nods === 1,
          ({ me }) => me.nods === 0,
        ),
      ),
      nods: forEach(
        'keeper',
        alwaysEventuallyStep('it nods for ever', (before, after) => before.me.nods !== after.me.nods),
      ),
    },
  }),
).instantiate()

/** `turn (light snuff)`: a word is a step, what is in brackets is the loop; `1` is a nod of the first keeper, `r` a rest. */
function judged(name: string, text: string) {
  const [stem = '', round] = text.split('(')
  const steps = (part: string) => (part.match(/\w+/g) ?? []).map(stepOf)
  const path = { initial: {}, steps: [...steps(stem), ...steps(round ?? '')], loop: steps(stem).length }
  const { states, stop } = walk(lamp, path)
  expect(stop).toBeUndefined()
  const { verdict, because } = endingOf(lamp, propertyNamed(lamp, name), states, path)
  return [verdict, because]
}

const stepOf = (word: string) => {
  if (word === 'r') return stepBy('keeper1', 'rest')
  return /\d/.test(word) ? stepBy(`keeper${word}`, 'nod') : stepBy(null, word)
}

it.each<[string, string, string]>([
  ['staysLit', '(light snuff)', 'again and again, as in the initial state: lit = false'],
  ['staysLit', 'light (turn turn snuff turn light)', 'again and again, as in the state after step 4: lit = false'],
  ['isLitAgain', 'light (turn turn turn)', 'none of the steps that it goes on with is one'],
  [
    'untilDown',
    'light (turn turn turn)',
    'in the state after step 1: lit = true; in the state after step 1: position = 0',
  ],
  ['untilDown', 'turn (1 1)', 'from the initial state on: position = 1'],
  [
    'untilLit',
    'turn turn light (1 1)',
    'in the state after step 2: position = 2; in the state after step 2: lit = false',
  ],
  [
    'answers',
    '(turn turn turn)',
    'in the state after step 2: position = 2; from the state after step 2 on: lit = false',
  ],
  ['both', '(light snuff)', 'in the initial state: lit = false; in the state after step 1: lit = true'],
  [
    'nodsOnce',
    '2 (turn turn turn)',
    'keeper2: the trigger is true in the state after step 1 (keeper2.nods = 1), and from then on: keeper2.nods = 1',
  ],
  ['nods', '(1 1)', 'keeper2: none of the steps that it goes on with is one'],
])('%s is violated by %s', (name, text, because) => expect(judged(name, text)).toEqual(['violated', because]))

it.each<[string, string, string]>([
  ['staysLit', 'light (turn r turn turn)', 'the goal stays true in the end'],
  ['isLitAgain', '(r light r snuff)', 'step 2 is such a step'],
  ['untilDown', 'r turn turn (light snuff)', 'the formula is true of it'],
  ['untilLit', '(1 1)', 'the formula is true of it'],
  ['answers', '(turn turn light turn snuff)', 'the formula is true of it'],
  ['nodsOnce', '2 (turn 2 turn 2 turn)', 'keeper1: the goal is true in the state after step 6'],
  ['nods', '(1 2 1 2)', 'keeper1: step 1 is such a step'],
  [
    'nods',
    '(1 2 1 2 turn)',
    'the loop does not close: from the initial state to the state after step 5, position 0 → 1',
  ],
])('%s is not violated by %s', (name, text, because) => expect(judged(name, text)).toEqual([undefined, because]))
