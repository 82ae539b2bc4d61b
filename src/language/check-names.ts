/** Names that would clash are refused where a protocol is declared, before anything is built on them. */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { AnyDeclaration } from './declaration.ts'
import { strikesOf } from './strikes.ts'

/** What an option of `verify` is called cannot be a parameter, which is one as well. */
const OPTIONS = [
  ...['scenario', 'bug', 'property', 'bfs', 'dfs', 'workers', 'continue', 'compact', 'symmetry', 'expect'],
  ...['simulate', 'seed', 'walks', 'maxStates', 'maxDepth', 'maxMemory', 'timeout'],
  ...['json', 'quiet', 'full', 'lanes', 'stats', 'stutter', 'inductive', 'types', 'out', 'save', 'help', 'version'],
]
const BUDGETS = ['crashes', 'pauses', 'losses', 'duplicates', 'partitions']

const RESERVED = {
  role: ['me', 'shared', 'messages', 'history', 'ids', 'choose', 'send', 'channel', 'isCut', 'environment', 'network'],
  field: ['id', 'health'],
  'shared variable': ['partition', 'history'],
  parameter: [...OPTIONS, ...BUDGETS],
} as const satisfies Readonly<Record<string, readonly string[]>>

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/
const PROTOCOL_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** @throws SplitbrainError `bad-protocol` */
export function checkNames(declaration: AnyDeclaration): void {
  const { name, roles = {}, parameters = {}, bugs = {}, shared = {}, operations = {} } = declaration
  if (!PROTOCOL_NAME.test(name))
    refuse(`the protocol's name ${JSON.stringify(name)}`, 'lower case with dashes, as in two-phase-commit')
  checkAll('role', Object.keys(roles))
  checkAll('parameter', Object.keys(parameters))
  const budgets = strikesOf(declaration).map(({ parameter }) => parameter)
  const budget = budgets.find((one, i) => Object.hasOwn(parameters, one) || budgets.indexOf(one) < i)
  if (budget !== undefined) refuse(`the parameter ${budget}`, 'another name: a fault has this one for its budget')
  checkAll('shared variable', Object.keys(shared))
  for (const operation of Object.keys(operations)) checkIdentifier('operation', operation)
  for (const bug of Object.keys(bugs)) checkIdentifier('bug', bug)
  for (const [role, { durable = {}, volatile = {} }] of Object.entries(roles)) {
    checkAll('field', [...Object.keys(durable), ...Object.keys(volatile)])
    const twice = Object.keys(durable).find((field) => Object.hasOwn(volatile, field))
    if (twice !== undefined) refuse(`roles.${role}.${twice}`, 'a field that is durable or volatile, not both')
  }
}

function checkAll(kind: keyof typeof RESERVED, names: readonly string[]): void {
  for (const name of names) {
    checkIdentifier(kind, name)
    const reserved: readonly string[] = RESERVED[kind]
    if (reserved.includes(name)) {
      refuse(`the ${kind} ${name}`, `another name: splitbrain itself uses ${[...reserved].sort().join(', ')}`)
    }
  }
}

function checkIdentifier(kind: string, name: string): void {
  if (!IDENTIFIER.test(name)) refuse(`the ${kind} ${JSON.stringify(name)}`, 'a camelCase name, as in maxTerm')
  if (name in Object.prototype) refuse(`the ${kind} ${name}`, 'another name: every object has something of this name')
}

function refuse(found: string, expected: string): never {
  throw new SplitbrainError('bad-protocol', `${found} cannot be used; expected ${expected}`)
}
