/** A protocol in words: what `verify show` prints. Sections that a protocol has nothing for are left out. */

import type { AnyDeclaration } from '../language/declaration.ts'
import { networkOf } from '../language/network.ts'
import type { Protocol } from '../language/protocol.ts'
import type { Scenario } from '../language/scenario.ts'
import type { Shape } from '../language/schema.ts'
import type { Model, Property } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { describeSchema, describeShape, meaningOf } from './describe-schema.ts'
import { fairnessText } from './fairness-text.ts'
import { faultTexts } from './fault-text.ts'
import { kebabCase } from './kebab-case.ts'
import { scenarioCommand, scenarioOutcome } from './scenario-text.ts'
import { wrap } from './wrap.ts'

export interface Shown {
  readonly protocol: Protocol
  /** At the protocol's defaults. */
  readonly model: Model
  readonly scenarios: readonly Scenario[]
  /** The command that checks it: `verify raft`. */
  readonly calledAs: string
}

/** A name and what is to say about it. */
type Entry = readonly [name: string, text: string]

export function protocolText({ protocol, model, scenarios, calledAs }: Shown, width: number): string {
  const { declaration, parameters } = protocol
  const sections = [
    section('Parameters', Object.entries(parameters).map(parameterEntry), width),
    section(
      'Requires',
      (model.requires ?? []).map((sentence) => [sentence, '']),
      width,
    ),
    ...roleSections(declaration, model, width),
    section('Shared variables', fieldEntries(declaration.shared ?? {}), width),
    section(messagesTitle(declaration), shapeEntries(declaration.messages ?? {}), width),
    section('Operations of clients', operationEntries(declaration.operations ?? {}), width),
    section('Faults', [...faultTexts(declaration, model.cuts), ...mostDownEntries(model)], width),
    section('Actions, at the defaults', actionEntries(model), width),
    section(
      'Searched within',
      (model.within ?? []).map((bound): Entry => [bound, '']),
      width,
    ),
    section(
      'Searched by a view',
      model.view === undefined ? [] : [['of states that it does not tell apart, the first is kept', '']],
      width,
    ),
    section('Properties', propertyEntries(model), width),
    section('Bugs', bugEntries(declaration), width),
    scenarioSection(scenarios, calledAs, width),
  ]
  return [title(declaration, width), ...sections].filter((text) => text !== '').join('\n\n')
}

function title({ name, summary, sources = [] }: AnyDeclaration, width: number): string {
  const head = summary === undefined ? name : `${name}: ${summary}`
  return [head, ...sources.map((source) => wrap(`  ${source}`, width, '    '))].join('\n')
}

function section(heading: string, entries: readonly Entry[], width: number): string {
  if (entries.length === 0) return ''
  const column = Math.max(...entries.map(([name]) => name.length))
  const lines = entries.map(([name, text]) =>
    wrap(`  ${name.padEnd(column)}  ${text}`.trimEnd(), width, ' '.repeat(column + 4)),
  )
  return [heading, ...lines].join('\n')
}

const mostDownEntries = ({ mostDown = {} }: Model): Entry[] =>
  Object.entries(mostDown).map(([role, most]) => ['', `at most ${most} of ${role} down at once, at the defaults`])

function parameterEntry([name, schema]: [string, Shape[string]]): Entry {
  const bounds = `(${describeSchema(schema)}; default ${String(schema.parse(undefined))})`
  return [`--${kebabCase(name)}`, [meaningOf(schema), bounds].filter((part) => part !== undefined).join(' ')]
}

function roleSections({ roles = {} }: AnyDeclaration, { components }: Model, width: number): string[] {
  return Object.entries(roles).map(([role, { durable = {}, volatile = {}, readable = [] }]) => {
    const processes = components.filter((c) => c.kind === 'process' && c.role === role).map(({ name }) => name)
    const entries = [
      ...fieldEntries(durable).map(([name, text]): Entry => [name, `${text} · durable`]),
      ...fieldEntries(volatile),
    ].map(([name, text]): Entry => [name, readable.includes(name) ? `${text} · others may read it` : text])
    return section(`Role ${role}: ${processes.join(', ') || 'nobody'}`, entries, width)
  })
}

const fieldEntries = (shape: Shape): Entry[] =>
  Object.entries(shape).map(([name, schema]) => [name, describeSchema(schema)])

const shapeEntries = (shapes: Readonly<Record<string, Shape>>): Entry[] =>
  Object.entries(shapes).map(([type, shape]) => [type, describeShape(shape)])

const operationEntries = (operations: NonNullable<AnyDeclaration['operations']>): Entry[] =>
  Object.entries(operations).map(([name, { argument, result }]) => {
    const taken = argument === undefined ? '' : `takes ${describeSchema(argument)}`
    const given = result === undefined ? '' : `gives ${describeSchema(result)}`
    return [name, [taken, given].filter((part) => part !== '').join(', ')]
  })

const NETWORKS = {
  unordered: 'any message in flight may be next',
  set: 'any message in flight may be next, copies are not kept twice',
  fifo: 'in the order in which they were sent',
} as const

function messagesTitle(declaration: AnyDeclaration): string {
  const { order, capacity } = networkOf(declaration)
  const room = Number.isFinite(capacity) ? `, at most ${capacity} from one process to another` : ''
  return `Messages: ${NETWORKS[order]}${room}`
}

/** By who acts: `server  timeout, lead`. */
function actionEntries({ groups, rules }: Model): Entry[] {
  const amid = new Set(rules.filter(({ fixed }) => 'amid' in fixed).map(({ group }) => group))
  const optional = new Set(rules.filter((rule) => rule.optional).map(({ group }) => group))
  const byActor = new Map<string, string[]>()
  for (const group of groups) {
    const [actor, action] = group.includes('.') ? group.split(/\.(.*)/) : ['environment', group]
    const told = `${action}${optional.has(group) ? ' (may)' : amid.has(group) ? ' (amid sends, too)' : ''}`
    byActor.set(actor!, [...(byActor.get(actor!) ?? []), told])
  }
  return [...byActor].map(([actor, actions]) => [actor, actions.join(', ')])
}

const propertyEntries = (model: Model): Entry[] =>
  propertiesOf(model).map((property) => {
    const { name, claim, optional } = property
    const fairness = fairnessText(property)
    const assumed = fairness === undefined ? '' : `, ${fairness}`
    return [
      name,
      `${kindText(property)}: ${claim}${assumed}${optional ? ` (only with --property ${kebabCase(name)})` : ''}`,
    ]
  })

/** `leadsTo of each client`, `refines consensus`. */
function kindText(property: Property): string {
  if (property.kind === 'refines') return `refines ${property.abstract.protocol}`
  if ('through' in property) return `refines fairly ${property.through.abstract.protocol}`
  if (property.kind !== 'forEach' || property.each.length === 0) return property.kind
  return `${property.each[0]!.asked.kind} of each ${property.role}`
}

const bugEntries = ({ bugs = {} }: AnyDeclaration): Entry[] =>
  Object.entries(bugs).map(([name, meaning]) => [`--bug ${kebabCase(name)}`, meaning])

function scenarioSection(scenarios: readonly Scenario[], calledAs: string, width: number): string {
  if (scenarios.length === 0) return ''
  const told = scenarios.map((scenario) =>
    [
      wrap(`  ${scenario.name}: ${scenarioOutcome(scenario)}`, width, '    '),
      ...claimTexts(scenario).map((text) => wrap(`    ${text}`, width, '    ')),
      `    ${scenarioCommand(scenario, calledAs)}`,
    ].join('\n'),
  )
  return ['Documented runs', ...told].join('\n')
}

/** The claim, and on a line of its own what the search says of it where that is more than yes. */
function claimTexts({ claim, refuted, finding }: Scenario): string[] {
  const found = [...(refuted ? ['Refuted.'] : []), ...(finding === undefined ? [] : [finding])].join(' ')
  return [claim ?? '', found].filter((text) => text !== '')
}
