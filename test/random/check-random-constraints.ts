/** Random protocols within constraints, held to an oracle that searches the whole protocol and cuts it off by itself. */
import fc from 'fast-check'
import type { Model, Reader } from '../../src/model.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from './agreement.ts'
import type { Check } from './check-random-protocols.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

type Counts = { readonly n: number; readonly fuel: number }
interface View {
  readonly node: readonly Counts[]
  readonly shared: { readonly log: readonly number[] }
}

/** No node counts beyond `most`, and the log stays short. */
const bound =
  (most: number) =>
  ({ node, shared }: View) =>
    node.every(({ n }) => n <= most) && shared.log.length < 3

/** How often anything was cut off. */
export async function checkRandomConstraints({ runs, cap, seed }: Check): Promise<number> {
  let cut = 0
  const agree = fc.asyncProperty(somePlan, fc.nat(2), async (plan, most) => {
    const admits = bound(most)
    const properties = plan.properties.filter(({ kind }) => kind !== 'sometimes') // without a witness they are unknown
    const whole = protocolOf({ ...plan, properties }).instantiate()
    const bounded = protocolOf({ ...plan, properties }, { constraint: { 'small counts': admits } }).instantiate()
    const view = viewOf(whole)
    const oracle = answer(() => naiveExplore(whole, cap, { within: (at) => admits(view(at)) }))
    fc.pre(oracle?.complete === true && oracle.distinct > 0)
    const free = answer(() => naiveExplore(whole, 4 * cap))
    if (free !== undefined && free.distinct > oracle!.distinct) cut++
    await assertAgreement(bounded, oracle!)
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 20, ...(seed === undefined ? {} : { seed }) })
  return cut
}

/** Undefined where a body throws. */
function answer<T>(ask: () => T): T | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

/** What the constraints look at, read from the components by their names. */
function viewOf({ components }: Model): (reader: Reader) => View {
  const at = (name: string) => components.findIndex((component) => component.name === name)
  const nodes = components.flatMap((component, i) =>
    component.kind === 'process' && component.role === 'node' ? [i] : [],
  )
  return (reader) => ({
    node: nodes.map((i) => reader.read(i) as Counts),
    shared: { log: reader.read(at('log')) as readonly number[] },
  })
}
