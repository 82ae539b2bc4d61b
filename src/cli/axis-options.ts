/** The options by which a sweep is given its values: `--nodes 2..5`, `--waits forever,ask`, `--bug forget-vote,none`. */
import { InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import type { Axis, Setting } from '../experiment/sweep/axis.ts'
import type { Protocol } from '../language/protocol.ts'
import { mismatchOf, undefaulted } from '../language/schema.ts'
import { findNames } from '../load/find-names.ts'
import { describeSchema } from '../report/describe-schema.ts'
import { kebabCase } from '../report/kebab-case.ts'
import { count } from '../report/quantities.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** More values of one parameter, or more cells, nobody reads. */
const MOST_VALUES = 100
const MOST_CELLS = 1000

export function axisOptions({ parameters }: Protocol): Option[] {
  return Object.entries(parameters).map(([name, schema]) => {
    const help = `${schema.description ?? ''} (${describeSchema(undefaulted(schema))}; default ${schema.parse(undefined)})`
    return new Option(`--${kebabCase(name)} <values>`, help.trim()).argParser((text) => valuesIn(text, schema))
  })
}

/** Every parameter, in the protocol's order, and the bugs where some are given. @throws SplitbrainError `bad-option` */
export function axesGiven(
  { parameters, declaration, name }: Protocol,
  given: Readonly<Record<string, unknown>>,
  bugs: readonly string[] | undefined,
): Axis[] {
  const axes = Object.entries(parameters).map(([parameter, schema]): Axis => {
    const values = given[parameter] as readonly Setting[] | undefined
    if (values !== undefined) return { of: 'parameter', name: parameter, values }
    return { of: 'parameter', name: parameter, values: [schema.parse(undefined) as Setting], isDefault: true }
  })
  const known = Object.keys(declaration.bugs ?? {})
  const seeded = bugs?.map((text) => (text === 'none' ? [] : findNames(text.split('+'), known, 'bug', name)))
  const all: Axis[] = seeded === undefined ? axes : [...axes, { of: 'bugs', name: 'bug', values: distinct(seeded) }]
  refuseUnfit(all)
  return all
}

function refuseUnfit(axes: readonly Axis[]): void {
  const cells = axes.reduce((product, { values }) => product * values.length, 1)
  if (cells === 1) {
    const first = axes.find(({ of }) => of === 'parameter')?.name ?? 'bug'
    throw new SplitbrainError(
      'bad-option',
      `there is one combination only; give several values: --${kebabCase(first)} ${first === 'bug' ? 'NAME,none' : '1..3'}`,
    )
  }
  if (cells <= MOST_CELLS) return
  const told = axes.filter(({ values }) => values.length > 1).map((axis) => `${axis.values.length} of ${axis.name}`)
  throw new SplitbrainError(
    'bad-option',
    `${count(cells)} combinations (${told.join(', ')}) are too many to search one by one; expected ${count(MOST_CELLS)} at most`,
  )
}

/** @throws InvalidArgumentError */
function valuesIn(text: string, schema: z.ZodType): readonly Setting[] {
  const values = text.split(',').flatMap((part) => partOf(part.trim(), schema))
  return distinct(values)
}

function partOf(part: string, schema: z.ZodType): Setting[] {
  const bare = undefaulted(schema)
  const expected = describeSchema(bare)
  const [, from, to] = /^(-?\d+)\.\.(-?\d+)$/.exec(part) ?? []
  if (from !== undefined && to !== undefined) return range(Number(from), Number(to), schema, expected)
  if (part === 'all' && bare instanceof z.ZodEnum) return bare.options as string[]
  if (part === 'all' && bare instanceof z.ZodBoolean) return [false, true]
  const readings = [
    part,
    ...(/^-?\d/.test(part) ? [Number(part)] : []),
    ...(/^(true|false)$/.test(part) ? [part === 'true'] : []),
  ]
  const value = readings.find((reading) => mismatchOf(schema, reading) === undefined)
  if (value === undefined)
    throw new InvalidArgumentError(
      `Found ${part || 'nothing'}; expected values by commas${rangeHint(bare)} (${expected}).`,
    )
  return [value as Setting]
}

const rangeHint = (schema: z.ZodType): string =>
  schema instanceof z.ZodEnum ? ', or all' : schema instanceof z.ZodBoolean ? ', or all' : ', or a range such as 2..5'

function range(from: number, to: number, schema: z.ZodType, expected: string): number[] {
  if (from > to) throw new InvalidArgumentError(`${from}..${to} is reversed; say ${to}..${from}.`)
  if (to - from >= MOST_VALUES) {
    throw new InvalidArgumentError(
      `${from}..${to} has ${count(to - from + 1)} values; expected ${MOST_VALUES} at most.`,
    )
  }
  const values = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const unfit = values.find((value) => mismatchOf(schema, value) !== undefined)
  if (unfit !== undefined) throw new InvalidArgumentError(`${unfit} is none of its values; expected ${expected}.`)
  return values
}

const distinct = <T>(values: readonly T[]): T[] => {
  const seen = new Set<string>()
  return values.filter((value) => {
    const text = JSON.stringify(value)
    return seen.has(text) ? false : seen.add(text)
  })
}
