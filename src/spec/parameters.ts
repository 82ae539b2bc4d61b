/** A protocol's parameters: those it declares, and one budget for each kind of fault it allows. */
import { z } from 'zod'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { AnyDeclaration } from './declaration.ts'
import { mismatchOf, type Shape } from './schema.ts'

export const MOST_FAULTS = 9

export const BUDGETS = {
  crash: ['crashes', 'how many crashes may happen'],
  pause: ['pauses', 'how many pauses may happen'],
  lose: ['losses', 'how many messages may be lost'],
  duplicate: ['duplicates', 'how many messages may be delivered once more'],
  partition: ['partitions', 'how many partitions may happen'],
} as const

export type Fault = keyof typeof BUDGETS

/** The parameter that bounds a fault. */
export const budgetOf = (fault: Fault): string => BUDGETS[fault][0]

/** All parameters by name: the protocol's own, then the budgets of its faults. */
export function parametersOf(declaration: AnyDeclaration): Shape {
  const budgets = Object.entries(BUDGETS).flatMap(([fault, [parameter, meaning]]) => {
    const declared = declaration.faults?.[fault as Fault]
    if (declared === undefined) return []
    const budget = typeof declared === 'object' ? (declared.budget ?? 0) : 0
    return [[parameter, z.int().min(0).max(MOST_FAULTS).default(budget).describe(meaning)]]
  })
  return { ...declaration.parameters, ...Object.fromEntries(budgets) }
}

/** The value of every parameter: as given, or its default. @throws SplitbrainError `bad-parameter` */
export function settle(shape: Shape, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(shape, name))
  if (unknown !== undefined) {
    const known = Object.keys(shape).join(', ') || 'none'
    throw new SplitbrainError('bad-parameter', `there is no parameter ${unknown}; the parameters are: ${known}`)
  }
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => {
      const problem = mismatchOf(schema, given[name])
      if (problem !== undefined) {
        throw new SplitbrainError('bad-parameter', `parameter ${name} is ${JSON.stringify(given[name])}: ${problem}`)
      }
      return [name, schema.parse(given[name])]
    }),
  )
}
