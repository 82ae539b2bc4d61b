/** A protocol's parameters: those it declares, and one budget for each kind of fault it allows. */
import { z } from 'zod'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { BUDGETS, MOST_FAULTS, UNLIMITED } from './budgets.ts'
import type { AnyDeclaration } from './declaration.ts'
import { mismatchOf, type Shape } from './schema.ts'
import { strikesOf } from './strikes.ts'

/** All parameters by name: the protocol's own, then the budgets of its faults. */
export function parametersOf(declaration: AnyDeclaration): Shape {
  const strikes = strikesOf(declaration)
  const budgets = Object.keys(BUDGETS).flatMap((kind) =>
    strikes
      .filter(({ fault }) => fault === kind)
      .map(({ parameter, meaning, budget }) => [parameter, BUDGET.default(budget).describe(meaning)]),
  )
  return { ...declaration.parameters, ...Object.fromEntries(budgets) }
}

const EXPECTED = `expected 0 to ${MOST_FAULTS}, or ${UNLIMITED}`
const BUDGET = z.union([z.int(EXPECTED).min(0, EXPECTED).max(MOST_FAULTS, EXPECTED), z.literal(UNLIMITED)], EXPECTED)

/** The parameters as the definition gets them. */
export function forDefinition(declaration: AnyDeclaration, settled: Readonly<Record<string, unknown>>) {
  const budgets = strikesOf(declaration).map(({ parameter }) => parameter)
  const amount = (name: string, value: unknown) =>
    value === UNLIMITED && budgets.includes(name) ? Number.POSITIVE_INFINITY : value
  return Object.fromEntries(Object.entries(settled).map(([name, value]) => [name, amount(name, value)]))
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
      const problem = given[name] === undefined ? undefined : mismatchOf(schema, given[name])
      if (problem !== undefined) {
        throw new SplitbrainError('bad-parameter', `parameter ${name} is ${JSON.stringify(given[name])}: ${problem}`)
      }
      return [name, schema.parse(given[name])]
    }),
  )
}
