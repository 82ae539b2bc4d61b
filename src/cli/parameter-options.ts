/**
 * The command-line options that a protocol's parameters are: `maxTerm: z.int().min(1).max(6).default(2)` becomes
 * `--max-term <n>`, with its bounds checked and its help written.
 */
import { InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { BUDGETS, type Fault } from '../language/budgets.ts'
import type { Protocol } from '../language/protocol.ts'
import { mismatchOf, type Shape } from '../language/schema.ts'
import { describeSchema, meaningOf } from '../report/describe-schema.ts'
import { kebabCase } from '../report/kebab-case.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** In the order of the declaration; their values arrive under the parameters' own names. */
export function parameterOptions(parameters: Shape): Option[] {
  return Object.entries(parameters).flatMap(([name, schema]) => optionsOf(name, schema))
}

/** The parameters among the parsed options: those that were given. */
export function givenParameters(parameters: Shape, parsed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.keys(parameters).filter((name) => parsed[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, parsed[name]]))
}

/** A boolean is said by its option alone. @throws SplitbrainError `bad-option` for `--timeouts false` */
export function refuseBooleanValues(parameters: Shape, args: readonly string[]): void {
  const flags = Object.entries(parameters)
    .filter(([, schema]) => withoutDefault(schema) instanceof z.ZodBoolean)
    .map(([name]) => kebabCase(name))
  for (const [at, arg] of args.entries()) {
    const [name, value = args[at + 1]] = arg.split('=')
    const flag = flags.find((known) => name === `--${known}`)
    if (flag === undefined || (value !== 'true' && value !== 'false')) continue
    const meant = value === 'true' ? `--${flag}` : `--no-${flag}`
    throw new SplitbrainError('bad-option', `--${flag} takes no value, found ${value}; say ${meant}`)
  }
}

/**
 * A fault is an option where it is declared, and an unknown one elsewhere, which is told with how to declare it.
 * @throws SplitbrainError `bad-option` for `--losses 1`
 */
export function refuseUndeclaredFaults({ parameters, declaration, name }: Protocol, args: readonly string[]): void {
  for (const [fault, [budget]] of Object.entries(BUDGETS)) {
    const isGiven = args.some((arg) => arg === `--${budget}` || arg.startsWith(`--${budget}=`))
    if (!isGiven || Object.hasOwn(parameters, budget)) continue
    if (declaration.faults?.[fault as Fault] !== undefined) continue // under the name of what it strikes
    const text =
      fault === 'crash' || fault === 'pause' ? `'${Object.keys(declaration.roles ?? {})[0] ?? 'ROLE'}'` : 'true'
    throw new SplitbrainError(
      'bad-option',
      `${name} does not declare the fault ${fault}, so there is no --${budget}; write it down: faults: { ${fault}: ${text} }`,
    )
  }
}

function optionsOf(name: string, schema: z.ZodType): Option[] {
  const flag = kebabCase(name)
  const bare = withoutDefault(schema)
  const preset = schema.parse(undefined)
  const described = (bounds: string) => `${meaningOf(schema) ?? ''} (${bounds})`.trim()
  if (bare instanceof z.ZodBoolean) {
    const bounds = preset === true ? `on by default; --no-${flag} turns it off` : 'off by default'
    return [new Option(`--${flag}`, described(bounds)), new Option(`--no-${flag}`).hideHelp()]
  }
  const help = described(`${describeSchema(schema)}; default ${String(preset)}`)
  const parse = (text: string) => parseParameter(text, schema)
  return [new Option(`--${flag} <${bare instanceof z.ZodEnum ? 'value' : 'n'}>`, help).argParser(parse)]
}

function parseParameter(text: string, schema: z.ZodType): unknown {
  const readings = text.trim() === '' ? [text] : [text, Number(text)]
  const value = readings.find((reading) => mismatchOf(schema, reading) === undefined)
  if (value !== undefined) return value
  const meaning = meaningOf(schema)
  throw new InvalidArgumentError(`Expected ${describeSchema(schema)}${meaning ? ` (${meaning})` : ''}.`)
}

function withoutDefault(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema
}
