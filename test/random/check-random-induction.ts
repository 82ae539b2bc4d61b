/**
 * Induction: one step from every state that can be put together of what random protocols' components hold: most of these are out of
 * reach, and bodies break off in some. An oracle counts them by itself, and what is proved must be true of the search.
 */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { induct } from '../../src/engine/induction.ts'
import { seeded } from '../../src/engine/walks/random.ts'
import { plainReader, runPlainly, stepsFrom } from '../../src/judge/plain-run.ts'
import { type Invariant, isInvariant } from '../../src/judge/starting-in.ts'
import { ruleOf } from '../../src/judge/walk.ts'
import { type Body, type Component, disabled, type Model, type State, type Value } from '../../src/model.ts'
import { propertiesOf, TYPES } from '../../src/property/types.ts'
import { guarded } from '../../src/purity/guard.ts'
import { textOf } from '../../src/value/canonical.ts'
import type { NaiveResult } from '../oracle/naive-explore.ts'
import { ask } from './agreement.ts'
import type { Check } from './check-random-protocols.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

/** How often an invariant was proved, refuted, or left open since something breaks off. */
export async function checkRandomInduction({ runs, cap, seed }: Check): Promise<Record<string, number>> {
  const met: Record<string, number> = {}
  const agree = fc.asyncProperty(somePlan, async (plan) => {
    const whole = protocolOf(plan).instantiate()
    const oracle = ask(whole, cap)
    fc.pre(oracle !== undefined && oracle !== 'broken')
    const model = withDomains(whole, oracle as NaiveResult)
    const states = product(model, 10 * cap)
    fc.pre(states !== undefined)
    for (const invariant of propertiesOf(model).filter(isInvariant)) {
      const answer = await kindOf(model, invariant, states!, oracle as NaiveResult)
      met[answer] = (met[answer] ?? 0) + 1
    }
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 100, ...(seed === undefined ? {} : { seed }) })
  return met
}

async function kindOf(
  model: Model,
  invariant: Invariant,
  states: readonly State[],
  whole: NaiveResult,
): Promise<string> {
  const told = await induct(model, invariant, { most: states.length, random: seeded(0), isOver: () => false })
  const { isRefuted, ...expected } = naiveInduction(model, invariant, states)
  assert.equal(told.found !== undefined, isRefuted)
  if (told.found !== undefined) {
    const { state, step } = told.found
    const after = [...stepsFrom({ ...model, rules: [ruleOf(model, step)!] }, state)].find(
      (one) => textOf(one.step as unknown as Value) === textOf(step as unknown as Value),
    )!
    assert.deepEqual([truthOf(model, invariant, state), truthOf(model, invariant, after.state)], [true, false])
    return 'refuted'
  }
  const { satisfying, steps, broken } = told
  assert.deepEqual({ satisfying, steps, broken: broken.states }, expected)
  if (broken.states > 0) return 'broke off'
  const isTrueAtFirst = [invariant.name, TYPES].every((name) => whole.properties[name]!.length !== 0)
  if (isTrueAtFirst) assert.equal(whole.properties[invariant.name]!.verdict, 'holds')
  return isTrueAtFirst ? 'proved' : 'proved, and false at the start'
}

/** Each component holds what it holds in some state that can be reached. */
function withDomains(model: Model, { states }: NaiveResult): Model {
  const components = model.components.map((component, i): Component => {
    const values = [...new Map(states.map((state) => [textOf(state[i]!), state[i]!])).values()]
    return { ...component, domain: () => ({ size: values.length, at: (index) => values[index]!, omits: [] }) }
  })
  return { ...model, components }
}

/** All combinations, the first component turning fastest; undefined where there are too many. */
function product({ components }: Model, most: number): State[] | undefined {
  let states: Value[][] = [[]]
  for (const { domain } of components.toReversed()) {
    const { size, at } = domain!()
    if (states.length * size > most) return undefined
    states = states.flatMap((rest) => Array.from({ length: size }, (_, i) => [at(i), ...rest]))
  }
  return states
}

/** What an invariant is of a state. */
function truthOf(model: Model, { judge }: Invariant, state: State): boolean | 'throws' {
  if (model.components.some(({ mismatch }, i) => mismatch(state[i]!) !== undefined)) return false
  return attempt(() => guarded('an invariant', () => judge(plainReader(model, state)).holds))
}

/** Every state is asked, and every rule run in every state by every choice. */
function naiveInduction(model: Model, invariant: Invariant, states: readonly State[]) {
  const counts = { satisfying: 0, steps: 0, broken: 0, isRefuted: false }
  for (const state of states) {
    const before = truthOf(model, invariant, state)
    const after = before === true ? model.rules.flatMap(({ body }) => allRuns(model, body, state)) : []
    const truths = after.map((next) => (next === 'throws' ? next : truthOf(model, invariant, next)))
    if (before === true) counts.satisfying++
    counts.steps += after.filter((next) => next !== 'throws').length
    if ([before, ...truths].includes('throws')) counts.broken++
    if (truths.includes(false)) counts.isRefuted = true
  }
  return counts
}

/** Where a body can lead, by each way to make its choices. */
function allRuns(model: Model, body: Body, state: State): (State | 'throws')[] {
  const reached: (State | 'throws')[] = []
  const open: number[][] = [[]]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const made = path
    let depth = 0
    const outcome = attempt(() =>
      runPlainly(model, body, state, (_, options) => {
        if (depth === made.length) {
          for (let i = 1; i < options.length; i++) open.push([...made, i])
          made.push(options.length === 0 ? -1 : 0)
        }
        return made[depth++]!
      }),
    )
    if (outcome !== disabled) reached.push(outcome === 'throws' ? outcome : outcome.state)
  }
  return reached
}

function attempt<T>(run: () => T): T | 'throws' {
  try {
    return run()
  } catch {
    return 'throws'
  }
}
