/** Random protocols whose cuts are given, held to an oracle that works out by itself which links a partition cuts. */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { disabled, type Model, type Run } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import { linkName } from '../../src/value/cut.ts'
import { type NaiveResult, naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from './agreement.ts'
import type { Check } from './check-random-protocols.ts'
import type { Plan } from './plan.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

type Given = Plan['partition']['given']

/** How many of those that were looked at a partition struck, by how its cuts were given. */
export async function checkRandomCuts({ runs, cap, seed }: Check): Promise<Partial<Record<Given, number>>> {
  const met: Partial<Record<Given, number>> = {}
  const agree = fc.asyncProperty(somePlan, fc.constantFrom('halves', 'bridge', 'apart'), async (plan, given) => {
    const partition = { ...plan.partition, budget: Math.max(1, plan.partition.budget) }
    const of = (part: Partial<Plan['partition']>) =>
      protocolOf({ ...plan, partition: { ...partition, ...part } }).instantiate()
    const model = of({ given })
    fc.pre(model.cuts !== undefined)
    const oracle = answer(() => naiveExplore(plainly(of({ given: 'none' }), model.cuts!, partition.oneWay), cap))
    fc.pre(oracle?.complete === true && oracle.distinct > 0)
    assert.deepEqual(told(naiveExplore(model, cap)), told(oracle!))
    await assertAgreement(model, oracle!)
    if (oracle!.fired['network.partition']! > 0) met[given] = (met[given] ?? 0) + 1
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 20, ...(seed === undefined ? {} : { seed }) })
  return met
}

const told = ({ states, ...rest }: NaiveResult) => ({ ...rest, states: states.map(textOf).sort() })

/** The model with a partition and a healing that are written down here, link by link. */
function plainly(model: Model, cuts: NonNullable<Model['cuts']>, oneWay: boolean): Model {
  const at = (wanted: string) => model.components.findIndex(({ name }) => name === wanted)
  const [partition, budget] = [at('partition'), at('partitions')]
  const ids = model.components.flatMap(({ kind, name }) => (kind === 'process' ? [name] : []))
  const isWhole = (run: Run) => (run.read(partition) as ReadonlySet<string>).size === 0
  const sever = (run: Run) => {
    const left = run.read(budget) as number
    if (left === 0 || !isWhole(run)) return disabled
    run.replace(budget, left - 1)
    const groups = run.choose('groups', cuts)
    const groupOf = (id: string) => groups.findIndex((group) => group.includes(id))
    const isCut = (from: string, to: string) => {
      const [a, b] = [groupOf(from), groupOf(to)]
      return a >= 0 && b >= 0 && (oneWay ? a < b : a !== b)
    }
    const links = ids.flatMap((from) => ids.flatMap((to) => (isCut(from, to) ? [linkName(from, to)] : [])))
    run.replace(partition, new Set(links))
  }
  const mend = (run: Run) => (isWhole(run) ? disabled : run.replace(partition, new Set()))
  const bodies: Readonly<Record<string, Model['rules'][number]['body']>> = { partition: sever, heal: mend }
  return { ...model, rules: model.rules.map((rule) => ({ ...rule, body: bodies[rule.action] ?? rule.body })) }
}

/** Undefined where a body throws. */
function answer<T>(ask: () => T): T | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}
