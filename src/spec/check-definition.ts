/**
 * Names in a definition that the declaration does not know are refused. The compiler checks each body that it can match
 * to a name, but not that there is no name too many (and a spec that is run from source is not compiled at all): a
 * misspelt role would leave its actions out of the model in silence, and the model would hold for nothing.
 */
import type { AnyDeclaration } from './declaration.ts'
import { checkKeys, refuse } from './refuse.ts'

const PARTS = ['population', 'start', 'actions', 'receive', 'restart', 'properties']
const KINDS = ['always', 'never', 'sometimes', 'step', 'deadlock']

type Table = Readonly<Record<string, unknown>>

/** @throws SplitbrainError `bad-protocol` */
export function checkDefinition(declaration: AnyDeclaration, definition: object): void {
  const roles = Object.keys(declaration.roles ?? {})
  const messages = Object.keys(declaration.messages ?? {})
  const { population, start, actions, receive, restart, properties } = definition as Record<string, Table | undefined>
  checkKeys('', definition, PARTS)
  for (const [part, table] of Object.entries({ population, receive, restart })) checkKeys(part, table, roles)
  for (const [part, table] of Object.entries({ start, actions })) checkKeys(part, table, [...roles, 'environment'])
  for (const [role, handlers] of Object.entries(receive ?? {})) checkKeys(`receive.${role}`, handlers, messages)

  for (const [part, table] of Object.entries({ start, restart })) checkBodies(part, table)
  for (const [part, tables] of Object.entries({ actions, receive })) {
    for (const [actor, table] of Object.entries(tables ?? {})) checkBodies(`${part}.${actor}`, table)
  }
  checkProperties(properties)
}

function checkBodies(where: string, table: unknown): void {
  for (const [name, body] of Object.entries(table ?? {})) {
    if (typeof body !== 'function') refuse(`${where}.${name} is ${typeof body}`, 'a function')
  }
}

function checkProperties(properties: Table | undefined): void {
  if (properties === undefined) refuse('there are no properties', '`properties`, with at least {}')
  for (const [name, question] of Object.entries(properties)) {
    const { kind } = (question ?? {}) as { kind?: unknown }
    if (!KINDS.includes(kind as string)) {
      refuse(
        `properties.${name} is not a question`,
        'always(...), never(...), sometimes(...), step(...), deadlockFree(...)',
      )
    }
  }
}
