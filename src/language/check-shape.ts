/** Shapes of a declaration: every field is a schema, and every id in it names a declared role. */

import { z } from 'zod'
import { found } from '../value/found.ts'
import { isTable, refuse, refuseName } from './refuse.ts'
import { mismatchOf, type Shape, startOf, undefaulted } from './schema.ts'
import { alteringPart, schemasWithin } from './schema-answer.ts'

/** @throws SplitbrainError `bad-protocol` */
export function checkShape(where: string, shape: unknown, roles: readonly string[]): asserts shape is Shape {
  if (!isTable(shape)) refuse(`${where} is ${found(shape)}`, 'fields and their schemas: { count: z.int() }')
  for (const [field, schema] of Object.entries(shape)) {
    if (!(schema instanceof z.ZodType))
      refuse(`${where}.${field} is ${found(schema)}`, `a schema: ${schemaFor(schema)}`)
    refuseAltering(`${where}.${field}`, schema)
    for (const role of rolesIn(schema)) {
      if (!roles.includes(role)) refuseName(`${where}.${field} is the id of a role ${role}`, role, roles)
    }
  }
}

/** A state is checked and never parsed: what a schema would make of its values is written to nowhere. */
function refuseAltering(where: string, schema: z.ZodType): void {
  const part = alteringPart(schema)
  if (part === undefined) return
  refuse(
    `${where} has ${part}, which accepts a value and makes another one of it`,
    'a schema that takes a value as it is, or refuses it, as z.int().max(3) does',
  )
}

/** As `checkShape`, where every field must have a value to start with. */
export function checkStartingShape(where: string, shape: unknown, roles: readonly string[]): void {
  checkShape(where, shape, roles)
  startOf(shape, where)
}

/** As `checkShape`, where every field must have a default that its own bounds allow. */
export function checkParameters(shape: unknown): void {
  checkShape('parameters', shape, [])
  for (const [name, schema] of Object.entries(shape)) {
    const preset = schema.safeParse(undefined)
    if (!preset.success || preset.data === undefined) {
      refuse(`parameters.${name} has no default`, 'one at the end of its schema: .default(...)')
    }
    const problem = mismatchOf(undefaulted(schema), preset.data)
    if (problem !== undefined)
      refuse(`parameters.${name} has the default ${found(preset.data)}: ${problem}`, 'one that fits')
  }
}

/** The schema that somebody may have meant who wrote a value. */
function schemaFor(value: unknown): string {
  if (typeof value === 'boolean') return `z.boolean().default(${value})`
  if (typeof value === 'string') return `z.string().default(${JSON.stringify(value)})`
  return `z.int().default(${Number.isInteger(value) ? value : 0})`
}

/** The roles whose ids a schema speaks of, at any depth. */
function rolesIn(schema: z.core.$ZodType): string[] {
  return [...schemasWithin(schema)].flatMap((part) => {
    const role = part instanceof z.ZodType ? part.meta()?.processOf : undefined
    return typeof role === 'string' ? [role] : []
  })
}
