/**
 * A declaration is checked where it is written, whole and before anything is built on it: whatever nobody would ever
 * look at (a misspelt part, fault, role) is refused, and so is every value that means nothing. The compiler refuses
 * most of it too, but a spec that is run from source is not compiled.
 */
import { z } from 'zod'
import { found } from '../value/found.ts'
import { checkFaults } from './check-faults.ts'
import { checkNames } from './check-names.ts'
import { checkNetwork } from './check-network.ts'
import { checkParameters, checkShape, checkStartingShape } from './check-shape.ts'
import type { AnyDeclaration } from './declaration.ts'
import { checkKeys, checkVisible, isTable, refuse, refuseName } from './refuse.ts'

const PARTS = [
  ...[
    'name',
    'summary',
    'sources',
    'parameters',
    'bugs',
    'roles',
    'messages',
    'shared',
    'operations',
    'network',
    'faults',
  ],
] as const satisfies readonly (keyof AnyDeclaration)[]
const ROLE_PARTS = ['prefix', 'durable', 'volatile', 'readable']
const PREFIX = /^[A-Za-z][A-Za-z0-9_-]*$/

/** @throws SplitbrainError `bad-protocol` */
export function checkDeclaration(declaration: unknown): asserts declaration is AnyDeclaration {
  if (!isTable(declaration))
    refuse(`the declaration is ${found(declaration)}`, "an object: { name: 'my-protocol', ... }")
  checkKeys('', declaration, PARTS, 'declaration')
  const { name, network } = declaration
  if (typeof name !== 'string') refuse(`the protocol's name is ${found(name)}`, "a text: name: 'my-protocol'")
  checkTexts(declaration)

  const roles = tableAt('roles', declaration.roles, '{ server: { volatile: { ... } } }')
  const messages = tableAt('messages', declaration.messages, '{ Ping: { term: z.int() } }')
  const names = { roles: Object.keys(roles), messages: Object.keys(messages) }
  if (declaration.parameters !== undefined) checkParameters(declaration.parameters)
  for (const [role, text] of Object.entries(roles)) checkRole(`roles.${role}`, text, names.roles)
  for (const [type, shape] of Object.entries(messages)) {
    checkVisible('messages', type)
    checkMessage(`messages.${type}`, shape, names.roles)
  }
  if (declaration.shared !== undefined) checkStartingShape('shared', declaration.shared, names.roles)
  const operations = tableAt('operations', declaration.operations, '{ read: { result: z.int() } }')
  for (const [name, parts] of Object.entries(operations)) checkOperation(`operations.${name}`, parts, names.roles)
  if (network !== undefined) checkNetwork(network)
  if (declaration.faults !== undefined) checkFaults(declaration.faults, names)
  checkNames(declaration as unknown as AnyDeclaration) // all of its parts have been looked at by now
}

function checkTexts({ summary, sources = [], bugs }: Readonly<Record<string, unknown>>): void {
  if (summary !== undefined && typeof summary !== 'string') refuse(`summary is ${found(summary)}`, 'a text')
  if (!Array.isArray(sources) || !sources.every((source) => typeof source === 'string')) {
    refuse('sources is not a list of texts', "one: sources: ['Lamport 1998']")
  }
  for (const [bug, meaning] of Object.entries(tableAt('bugs', bugs, "{ forgetVote: 'what it does' }"))) {
    if (typeof meaning !== 'string') refuse(`bugs.${bug} is ${found(meaning)}`, 'what the bug does, in a phrase')
  }
}

function checkRole(where: string, text: unknown, roles: readonly string[]): void {
  if (!isTable(text)) refuse(`${where} is ${found(text)}`, `some of ${ROLE_PARTS.join(', ')}, or {}`)
  checkKeys(where, text, ROLE_PARTS)
  const { prefix, durable, volatile, readable } = text
  if (prefix !== undefined && !(typeof prefix === 'string' && PREFIX.test(prefix))) {
    refuse(`${where}.prefix is ${found(prefix)}`, "letters to put before a number: prefix: 'n' names n1, n2, n3")
  }
  if (durable !== undefined) checkStartingShape(`${where}.durable`, durable, roles)
  if (volatile !== undefined) checkStartingShape(`${where}.volatile`, volatile, roles)
  if (readable !== undefined)
    checkReadable(
      `${where}.readable`,
      readable,
      [durable, volatile].flatMap((fields) => Object.keys(fields ?? {})),
    )
}

function checkReadable(where: string, readable: unknown, fields: readonly string[]): void {
  if (!Array.isArray(readable)) refuse(`${where} is ${found(readable)}`, "the names of fields: readable: ['flag']")
  const other = readable.find((name) => !fields.includes(name))
  if (other !== undefined)
    refuseName(`${where} has ${found(other)}, which is no field of the role`, String(other), fields)
  const twice = readable.find((name, i) => readable.indexOf(name) < i)
  if (twice !== undefined) refuse(`${where} has ${twice} twice`, 'each name once')
}

function checkMessage(where: string, shape: unknown, roles: readonly string[]): void {
  checkShape(where, shape, roles)
  for (const field of Object.keys(shape)) {
    if (field === '') refuse(`${where} has a field without a name`, 'a name for it: { term: z.int() }')
    checkVisible(where, field)
  }
  if ('type' in shape) refuse(`${where}.type cannot be used`, 'another name: type is what names the message')
}

function checkOperation(where: string, parts: unknown, roles: readonly string[]): void {
  if (!isTable(parts)) refuse(`${where} is ${found(parts)}`, 'some of argument, result, or {}')
  if (parts instanceof z.ZodType) refuse(`${where} is a schema`, 'it under argument or result: { result: z.int() }')
  checkKeys(where, parts, ['argument', 'result'])
  checkShape(where, parts, roles)
}

function tableAt(where: string, value: unknown, example: string): Readonly<Record<string, unknown>> {
  if (value === undefined) return {}
  return isTable(value) ? value : refuse(`${where} is ${found(value)}`, `an object: ${example}`)
}
