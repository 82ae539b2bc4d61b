/**
 * Refinements between random protocols. A protocol refines itself; whether it does so without some of its rules, or seen
 * through a mapping that hides some of its components, the oracle says.
 */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import type { Model, Property, Reader, State } from '../../src/model.ts'
import { canonical } from '../../src/value/canonical.ts'
import { asPlain } from '../../src/value/plain.ts'
import { ask, assertAgreement } from './agreement.ts'
import type { Check } from './check-random-protocols.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

/** Which components a mapping hides, and which rules the abstract protocol lacks; counted round. */
interface Abstraction {
  readonly hidden: readonly number[]
  readonly lacking: readonly number[]
}

const numbers = (most: number) => fc.array(fc.nat(99), { maxLength: most })
const someAbstraction: fc.Arbitrary<Abstraction> = fc.record({ hidden: numbers(3), lacking: numbers(2) })

/** How often refinements held and were violated; `self` is not among them, which must hold. */
export async function checkRandomRefinements({ runs, cap, seed }: Check): Promise<ReadonlyMap<string, number>> {
  const census = new Map<string, number>()
  const agree = fc.asyncProperty(somePlan, someAbstraction, async (plan, abstraction) => {
    const model = refining(protocolOf(plan).instantiate(), abstraction)
    const oracle = ask(model, cap)
    fc.pre(oracle !== undefined && oracle !== 'broken')
    const { self, seen } = oracle.properties
    assert.equal(self!.verdict, 'holds')
    const feature = `${seen!.verdict}${seen!.length === 0 ? ' at the start' : ''}${seen!.exercised ? '' : ', not exercised'}`
    census.set(feature, (census.get(feature) ?? 0) + 1)
    await assertAgreement(model, oracle)
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 20, ...(seed === undefined ? {} : { seed }) })
  return census
}

function refining(model: Model, { hidden, lacking }: Abstraction): Model {
  const { components, rules } = model
  const isHidden = new Set(hidden.map((n) => n % components.length))
  const isLacking = new Set(lacking.map((n) => n % rules.length))
  const weaker = { ...model, rules: rules.filter((_, i) => !isLacking.has(i)) }
  const image = (state: Reader): { state: State } => ({
    state: components.map(({ name, start }, i) => (isHidden.has(i) ? start : canonical(asPlain(state.read(i)), name))),
  })
  const whole = (state: Reader) => ({ state: components.map(({ name }, i) => canonical(asPlain(state.read(i)), name)) })
  const asked = { claim: 'random', optional: false, kind: 'refines' as const }
  const properties: Property[] = [
    ...model.properties.filter(({ kind }) => kind === 'step').slice(0, 1),
    { ...asked, name: 'self', abstract: model, image: whole },
    { ...asked, name: 'seen', abstract: weaker, image },
  ]
  return { ...model, properties }
}
