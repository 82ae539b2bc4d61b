/** What a random protocol turned out to exercise, so that a test can demand that the random protocols are not all dull. */

import { stepsFrom } from '../../src/judge/plain-run.ts'
import type { Model, Value } from '../../src/model.ts'
import type { NaiveResult } from '../oracle/naive-explore.ts'
import type { Plan } from './plan.ts'
import { ROLES } from './random-protocol.ts'

export type Census = Map<string, number>

/** Adds the features of one protocol, each once. */
export function count(census: Census, plan: Plan, model: Model, oracle: NaiveResult | 'broken'): void {
  const features = oracle === 'broken' ? ['a body throws'] : featuresOf(plan, model, oracle)
  for (const feature of new Set(features)) census.set(feature, (census.get(feature) ?? 0) + 1)
}

const didRecord = ({ states }: NaiveResult, model: Model): boolean => {
  const history = model.components.findIndex(({ kind }) => kind === 'history')
  return states.some((state) => (state[history] as readonly Value[]).length > 1)
}

/** Whether somewhere a crash comes amid the sends of a body. */
const crashesAmid = ({ states }: NaiveResult, model: Model): boolean => {
  const amid = { ...model, rules: model.rules.filter(({ fixed }) => 'amid' in fixed) }
  return amid.rules.length > 0 && states.some((state) => stepsFrom(amid, state).next().done !== true)
}

/** Whether somewhere a process does not crash since as many are down as may be. */
function isHeldUp({ states }: NaiveResult, { components }: Model, { roles, mateCrash }: Plan): boolean {
  const budget = components.findIndex(({ name }) => name === (roles.length > 1 ? 'mateCrashes' : 'crashes'))
  if (mateCrash === null || budget < 0) return false
  const role = ROLES[roles.length - 1]
  const members = components.flatMap((each, i) => (each.kind === 'process' && each.role === role ? [i] : []))
  return states.some((state) => {
    const healths = members.map((i) => (state[i] as { readonly health?: string }).health)
    const down = healths.filter((health) => health === 'down').length
    return state[budget] !== 0 && healths.includes('up') && down >= mateCrash.mostDown
  })
}

const networkFeatures = ({ network: { order, capacity } }: Plan): string[] => [
  `a ${order} network delivers`,
  ...(capacity === null ? [] : ['a narrow network delivers']),
]

function featuresOf(plan: Plan, model: Model, oracle: NaiveResult): string[] {
  const { distinct, generated, depth, fired, properties } = oracle
  const didFire = Object.keys(fired).filter((group) => fired[group]! > 0)
  const received = didFire.some((group) => /\.(Put|Note|Ping)$/.test(group))
  return [
    ...didFire.map((group) => `${group.replace(/^(node|mate)\./, 'process.')} fires`),
    ...(didFire.some((group) => group.endsWith('.crash')) ? [`crash ${plan.crash.restart} fires`] : []),
    ...(didFire.includes('network.partition')
      ? [
          `a partition${plan.partition.oneWay ? ' one way' : ''} by ${model.cuts === undefined ? plan.partition.cut : 'groups'} fires`,
        ]
      : []),
    ...(didFire.some((group) => group.endsWith('.crash')) && plan.mateCrash !== null && plan.roles.length > 1
      ? ['a crash of one of two budgets fires']
      : []),
    ...(isHeldUp(oracle, model, plan) ? ['a crash is held up by mostDown'] : []),
    ...(didFire.includes('network.lose') && plan.noteLosses !== null ? ['a loss of one of two budgets fires'] : []),
    ...(JSON.stringify(plan.environment).includes('isCut') ? ['the environment may look at cuts'] : []),
    ...(JSON.stringify(plan.environment).includes('inFlight') ? ['the environment may look at channels'] : []),
    ...(crashesAmid(oracle, model) ? ['a crash amid sends fires'] : []),
    ...(received ? networkFeatures(plan) : []),
    ...model.properties.map(({ name, kind }) => `${kind} ${properties[name]!.verdict}`),
    ...model.properties.filter(({ name }) => !properties[name]!.exercised).map(({ kind }) => `${kind} not exercised`),
    ...(didRecord(oracle, model)
      ? plan.properties.map(({ kind }, i) => `${kind} of a record ${properties[`a${i}`]!.verdict}`)
      : []),
    `types ${properties.types!.verdict}`,
    ...(distinct > 50 ? ['more than 50 states'] : []),
    ...(depth > 5 ? ['deeper than 5'] : []),
    ...(generated > 2 * distinct ? ['many ways to a state'] : []),
    ...(Object.values(properties).some(({ length }) => (length ?? 0) > 3) ? ['evidence longer than 3 steps'] : []),
  ]
}
