/** Names that would clash are refused where a protocol is declared, before anything is built on them. */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { AnyDeclaration } from './declaration.ts'

const RESERVED = {
  role: new Set(['shared', 'messages', 'history', 'ids', 'choose', 'channel', 'isCut', 'environment', 'network']),
  field: new Set(['id', 'health']),
  'shared variable': new Set(['partition', 'history']),
  parameter: new Set([
    ...[
      'scenario',
      'simulate',
      'seed',
      'walks',
      'bug',
      'property',
      'bfs',
      'dfs',
      'maxStates',
      'maxDepth',
      'maxMemory',
      'compact',
      'timeout',
      'continue',
      'json',
      'quiet',
    ],
    ...['stats', 'full', 'stutter', 'out', 'save', 'help', 'version', 'workers', 'seed', 'simulate', 'expect'],
    ...['crashes', 'pauses', 'losses', 'duplicates', 'partitions'],
  ]),
} as const

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/
const PROTOCOL_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** @throws SplitbrainError `bad-protocol` */
export function checkNames(declaration: AnyDeclaration): void {
  const { name, roles = {}, parameters = {}, bugs = {}, shared = {}, operations = {} } = declaration
  if (!PROTOCOL_NAME.test(name))
    refuse(`the protocol's name ${JSON.stringify(name)}`, 'lower case with dashes, as in two-phase-commit')
  checkAll('role', Object.keys(roles))
  checkAll('parameter', Object.keys(parameters))
  checkAll('shared variable', Object.keys(shared))
  for (const operation of Object.keys(operations)) checkIdentifier('operation', operation)
  for (const bug of Object.keys(bugs)) checkIdentifier('bug', bug)
  for (const [role, { durable = {}, volatile = {} }] of Object.entries(roles)) {
    checkAll('field', [...Object.keys(durable), ...Object.keys(volatile)])
    const twice = Object.keys(durable).find((field) => field in volatile)
    if (twice !== undefined) refuse(`roles.${role}.${twice}`, 'a field that is durable or volatile, not both')
  }
}

function checkAll(kind: keyof typeof RESERVED, names: readonly string[]): void {
  for (const name of names) {
    checkIdentifier(kind, name)
    if (RESERVED[kind].has(name)) refuse(`the ${kind} ${name}`, 'another name: splitbrain uses this one itself')
  }
}

function checkIdentifier(kind: string, name: string): void {
  if (!IDENTIFIER.test(name)) refuse(`the ${kind} ${JSON.stringify(name)}`, 'a camelCase name, as in maxTerm')
}

function refuse(found: string, expected: string): never {
  throw new SplitbrainError('bad-protocol', `${found} cannot be used; expected ${expected}`)
}
