/**
 * Where everything is: which component holds which process, channel, shared variable and budget.
 *
 * Order matters to the engine's store only: components that change together stand together, so each process is
 * followed by the channels that lead to it.
 */
import { z } from 'zod'
import type { Component, Message, Value } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import { linkName } from '../value/cut.ts'
import type { HistoryEvent } from '../value/history.ts'
import type { AnyDeclaration, Health, OperationDeclaration } from './declaration.ts'
import { domainOf } from './domain.ts'
import { HEALTH } from './health.ts'
import { networkOf } from './network.ts'
import { idsByRole, type Member } from './population.ts'
import { among } from './process-names.ts'
import { refuse } from './refuse.ts'
import { mismatchOf, type Shape, startOf, strict } from './schema.ts'
import type { Strike } from './strikes.ts'

export interface Layout {
  readonly components: readonly Component[]
  /** The index of a component that is known to exist, by name: a process id, a shared variable, a budget. */
  readonly indexOf: (name: string) => number
  /** The channel between two processes; undefined where nobody receives from it. */
  readonly channelOf: (from: string, to: string) => number | undefined
  /** The component that counts what is left of a budget, by its parameter; undefined where there is no end to it. */
  readonly budgetOf: (parameter: string) => number | undefined
  /** The component that says how the network is cut, where partitions may happen. */
  readonly partition: number | undefined
  /** The component that records what clients do, in protocols with operations. */
  readonly history: number | undefined
  /** Roles whose processes can be down or paused. */
  readonly frail: ReadonlySet<string>
}

export const PARTITION = 'partition'
export const HISTORY = 'history'

export function layOut(
  declaration: AnyDeclaration,
  members: readonly Member[],
  handled: ReadonlyMap<string, ReadonlySet<string>>,
  strikes: readonly Strike[],
  budgets: ReadonlyMap<string, number>,
): Layout {
  const frail = frailRoles(strikes)
  const channelComponent = channelsOf(declaration)
  const components: Component[] = []
  for (const member of members) {
    components.push(processComponent(declaration, member, frail.has(member.role)))
    if (!handled.has(member.role)) continue
    for (const sender of members) {
      if (sender !== member) components.push(channelComponent(sender.id, member.id))
    }
  }
  for (const [name, schema] of Object.entries(declaration.shared ?? {})) components.push(sharedComponent(name, schema))
  if (declaration.operations !== undefined) components.push(historyComponent(declaration.operations))
  if (strikes.some(({ fault }) => fault === 'partition'))
    components.push(sharedComponent(PARTITION, z.set(z.string()).default(new Set())))
  for (const [parameter, left] of budgets) {
    if (Number.isFinite(left)) components.push(budgetComponent(parameter, left))
  }

  const indices = new Map(components.map((component, index) => [component.name, index]))
  refuseNamesakes(components)
  const ids = idsByRole(declaration, members)
  const roles = new Map(members.map(({ id, role }) => [id, role]))
  const takes = (id: string) => handled.get(roles.get(id)!)!
  return {
    components: components.map((each) => ({
      ...each,
      mismatch: (value) => among(ids, () => each.mismatch(value)),
      domain: () => domainOf(each, declaration, { ids, takes, healths: (role) => healthsOf(role, strikes) }),
    })),
    indexOf: (name) => indices.get(name)!,
    channelOf: (from, to) => indices.get(linkName(from, to)),
    budgetOf: (parameter) => (Number.isFinite(budgets.get(parameter)) ? indices.get(parameter) : undefined),
    partition: indices.get(PARTITION),
    history: indices.get(HISTORY),
    frail,
  }
}

const KINDS = {
  process: 'a process',
  channel: 'a channel',
  shared: 'a shared variable',
  budget: 'the budget of a fault',
  history: 'the history',
} satisfies Record<Component['kind'], string>

/** Two components of one name would be taken for each other. */
function refuseNamesakes(components: readonly Component[]): void {
  for (const { name } of components) {
    const kinds = components.filter((component) => component.name === name).map(({ kind }) => KINDS[kind])
    if (kinds.length > 1) refuse(`${kinds.join(' and ')} are both called ${name}`, 'another name for one of them')
  }
}

function frailRoles(strikes: readonly Strike[]): Set<string> {
  const frail = strikes.filter(
    ({ fault, restart }) => fault === 'pause' || (fault === 'crash' && restart !== 'at once'),
  )
  return new Set(frail.flatMap(({ of = [] }) => of))
}

/** What can be of a process of this role, with the faults that there are. */
function healthsOf(role: string, strikes: readonly Strike[]): Health[] {
  const ofRole = strikes.filter(({ of = [] }) => of.includes(role))
  return [
    'up',
    ...(ofRole.some(({ fault, restart }) => fault === 'crash' && restart !== 'at once') ? (['down'] as const) : []),
    ...(ofRole.some(({ fault }) => fault === 'pause') ? (['paused'] as const) : []),
  ]
}

function processComponent(declaration: AnyDeclaration, { id, role }: Member, frail: boolean): Component {
  const { durable = {}, volatile = {} } = declaration.roles![role]!
  const shape: Shape = { ...durable, ...volatile, ...(frail ? { health: HEALTH.default('up') } : {}) }
  const schema = strict(shape)
  const start = canonical(startOf(shape, `roles.${role}`), id)
  return { name: id, sort: role, kind: 'process', role, start, mismatch: (value) => mismatchOf(schema, value) }
}

function sharedComponent(name: string, schema: z.ZodType): Component {
  const start = canonical(startOf({ [name]: schema }, 'shared')[name], name)
  const bare = strict({ [name]: schema })
  return {
    name,
    sort: `shared ${name}`,
    kind: 'shared',
    start,
    mismatch: (value) => mismatchOf(bare, { [name]: value }),
  }
}

function historyComponent(operations: Readonly<Record<string, OperationDeclaration>>): Component {
  const shapes = Object.entries(operations).map(([operation, { argument, result = z.null() }]) => {
    return [operation, { argument: strict(argument === undefined ? {} : { argument }), result: strict({ result }) }]
  })
  const schemas: Readonly<Record<string, { argument: z.ZodType; result: z.ZodType }>> = Object.fromEntries(shapes)
  const mismatch = ({ type, process, operation, ...parts }: HistoryEvent): string | undefined => {
    if (type === 'fail' || type === 'unknown') return undefined
    const problem = mismatchOf(schemas[operation]![type === 'invoke' ? 'argument' : 'result'], parts)
    return problem === undefined ? undefined : `${process}'s ${operation}: ${problem}`
  }
  return {
    name: HISTORY,
    sort: HISTORY,
    kind: 'history',
    start: canonical([], HISTORY),
    mismatch: (value) => (value as readonly HistoryEvent[]).map(mismatch).find((problem) => problem !== undefined),
  }
}

function budgetComponent(name: string, left: number): Component {
  return { name, sort: 'budget', kind: 'budget', start: left, mismatch: () => undefined }
}

/** Makes channels; a message object that was found sound once is not looked at again. */
function channelsOf(declaration: AnyDeclaration): (from: string, to: string) => Component {
  const { order } = networkOf(declaration)
  const schemas = new Map(Object.entries(declaration.messages ?? {}).map(([type, shape]) => [type, strict(shape)]))
  const sound = new WeakSet<Message>()
  const mismatch = (value: Value): string | undefined => {
    for (const message of value as readonly Message[]) {
      if (sound.has(message)) continue
      const { type, ...fields } = message
      const schema = schemas.get(type)
      const problem = schema === undefined ? 'is not a declared message' : mismatchOf(schema, fields)
      if (problem !== undefined) return `${type} ${problem}`
      sound.add(message)
    }
    return undefined
  }
  return (from, to) => ({
    name: linkName(from, to),
    sort: 'channel',
    kind: 'channel',
    from,
    to,
    order,
    start: canonical([], 'channel'),
    mismatch,
  })
}
