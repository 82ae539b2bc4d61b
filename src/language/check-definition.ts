/**
 * Names in a definition that the declaration does not know are refused. The compiler checks each body that it can match
 * to a name, but not that there is no name too many (and a spec that is run from source is not compiled at all): a
 * misspelt role would leave its actions out of the model in silence, and the model would hold for nothing.
 */
import { found } from '../value/found.ts'
import type { AnyDeclaration } from './declaration.ts'
import { isOptional } from './may.ts'
import { checkKeys, checkVisible, isTable, refuse } from './refuse.ts'
import { strikesOf } from './strikes.ts'

const PARTS = [
  'population',
  'mostDown',
  'cuts',
  'requires',
  'start',
  'actions',
  'receive',
  'restart',
  'constraint',
  'view',
  'properties',
]
const KINDS = [
  'always',
  'never',
  'sometimes',
  'step',
  'refines',
  'refinesFairly',
  'deadlock',
  'canAlways',
  'eventually',
  'alwaysEventually',
  'eventuallyAlways',
  'alwaysEventuallyStep',
  'leadsTo',
  'ltl',
  'forEach',
]

/** `types` is a property of every protocol; `runs` is what traces call the one that a body which throws breaks. */
const RESERVED = ['types', 'runs']

/** What the rules of faults are called that a process or the environment could have, too. */
const FAULT_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  crash: ['crash', 'restart'],
  pause: ['pause', 'resume'],
  partition: ['partition', 'heal'],
}

type Table = Readonly<Record<string, unknown>>

/** @throws SplitbrainError `bad-protocol` */
export function checkDefinition(declaration: AnyDeclaration, definition: unknown): asserts definition is object {
  if (definition === undefined) refuse('the definition returns nothing', 'return { ... }, or => ({ ... })')
  if (!isTable(definition) || definition instanceof Promise) {
    refuse(`the definition returns ${found(definition)}`, 'an object: { population, actions, receive, properties }')
  }
  const roles = Object.keys(declaration.roles ?? {})
  const messages = Object.keys(declaration.messages ?? {})
  const { population, start, actions, receive, restart, properties } = definition as Record<string, Table | undefined>
  checkKeys('', definition, PARTS)
  for (const [part, table] of Object.entries({ population, receive, restart })) checkKeys(part, table, roles)
  for (const [part, table] of Object.entries({ start, actions })) checkKeys(part, table, [...roles, 'environment'])
  for (const [role, handlers] of Object.entries(receive ?? {})) checkKeys(`receive.${role}`, handlers, messages)

  for (const [part, table] of Object.entries({ start, restart })) checkBodies(part, table)
  for (const [part, tables] of Object.entries({ actions, receive })) {
    for (const [actor, table] of Object.entries(tables ?? {}))
      checkBodies(`${part}.${actor}`, table, part === 'actions')
  }
  checkMostDown(declaration, definition.mostDown)
  checkConstraints(definition)
  checkView(definition)
  checkProperties(properties, roles)
  checkActions(declaration, actions)
}

function checkConstraints({ constraint }: Table): void {
  if (constraint === undefined) return
  const example = '({ server }) => ...'
  if (!isTable(constraint)) refuse(`constraint is ${found(constraint)}`, `an object: { 'what it says': ${example} }`)
  for (const [name, test] of Object.entries(constraint)) {
    checkVisible('constraint', name)
    if (typeof test !== 'function') refuse(`constraint.${name} is ${found(test)}`, `a function: ${example}`)
  }
}

function checkView({ view }: Table): void {
  if (view === undefined || typeof view === 'function') return
  refuse(`view is ${found(view)}`, 'a function that gives plain data: ({ server }) => server.map(({ term }) => term)')
}

/** A bound of what cannot happen would bound nothing. */
function checkMostDown(declaration: AnyDeclaration, mostDown: unknown): void {
  if (mostDown === undefined) return
  if (!isTable(mostDown))
    refuse(`mostDown is ${found(mostDown)}`, 'how many may be down at once, by role: { server: 1 }')
  const strikes = strikesOf(declaration).filter(({ fault, restart }) => fault === 'crash' && restart !== 'at once')
  checkKeys(
    'mostDown',
    mostDown,
    strikes.flatMap(({ of = [] }) => of),
  )
  for (const [role, most] of Object.entries(mostDown)) {
    if (Number.isInteger(most) && Number(most) >= 0) continue
    refuse(`mostDown.${role} is ${found(most)}`, 'how many of its processes may be down at once, an integer from 0')
  }
}

function checkBodies(where: string, table: unknown, mayBeOptional = false): void {
  for (const [name, body] of Object.entries(table ?? {})) {
    checkVisible(where, name)
    if (typeof body !== 'function') refuse(`${where}.${name} is ${typeof body}`, 'a function')
    if (isOptional(body) && !mayBeOptional)
      refuse(`${where}.${name} is may(...)`, 'a function: only actions are optional')
  }
}

/** A rule is known by its action and its process: an action may not be called what a fault does. */
function checkActions({ faults = {} }: AnyDeclaration, actions: Table = {}): void {
  const taken = Object.keys(faults).flatMap((fault) => FAULT_ACTIONS[fault] ?? [])
  for (const [actor, table] of Object.entries(actions)) {
    const action = Object.keys(table ?? {}).find((name) => taken.includes(name))
    if (action !== undefined) refuse(`actions.${actor}.${action} cannot be used`, 'another name: a fault has this one')
  }
}

function checkProperties(properties: Table | undefined, roles: readonly string[]): void {
  if (properties === undefined) refuse('there are no properties', '`properties`, with at least {}')
  for (const [name, question] of Object.entries(properties)) {
    checkVisible('properties', name)
    if (RESERVED.includes(name)) refuse(`properties.${name} cannot be used`, 'another name: splitbrain has one of this')
    const { kind, roles: named = [] } = (question ?? {}) as { kind?: unknown; roles?: readonly string[] }
    if (!KINDS.includes(kind as string)) {
      refuse(
        `properties.${name} is not a question`,
        'always(...), never(...), sometimes(...), step(...), deadlockFree(...), canAlways(...), eventually(...), ...',
      )
    }
    checkKeys(`properties.${name}`, Object.fromEntries(named.map((role) => [role, true])), roles)
  }
}
