/**
 * What the faults of a declaration strike. A fault is one entry, or a list of them where roles or messages differ: then
 * each has a budget of its own, called after the first that it names, such as `serverCrashes`.
 */
import { BUDGETS, type Fault, type UNLIMITED } from './budgets.ts'
import type { AnyDeclaration, CrashFault } from './declaration.ts'

export interface Strike {
  readonly fault: Fault
  /** The parameter that says how often, what it means, and its default. */
  readonly parameter: string
  readonly meaning: string
  readonly budget: number | typeof UNLIMITED
  /** The roles or the types of messages that it strikes; undefined: all. */
  readonly of: readonly string[] | undefined
  readonly restart: NonNullable<CrashFault['restart']>
}

/** An entry as its author wrote it. */
interface Entry extends Partial<Pick<Strike, 'budget' | 'restart'>> {
  readonly roles?: readonly string[]
  readonly messages?: readonly string[]
}

/** In the order of the declaration. */
export function strikesOf({ faults = {} }: AnyDeclaration): readonly Strike[] {
  return Object.entries(faults).flatMap(([fault, text]) => {
    if (text === undefined) return []
    if (!Array.isArray(text)) return [strikeOf(fault as Fault, entryOf(text))]
    return text.map((entry: Entry) => strikeOf(fault as Fault, entry, namesIn(entry)?.[0]))
  })
}

/** Those that may strike at these parameters. */
export const strikesAt = (declaration: AnyDeclaration, parameters: Readonly<Record<string, unknown>>) =>
  strikesOf(declaration).filter(({ parameter }) => parameters[parameter] !== 0)

/** The entry that strikes a role or a type of messages, if one does. */
export const strikeOn = (strikes: readonly Strike[], fault: Fault, name: string): Strike | undefined =>
  strikes.find((strike) => strike.fault === fault && (strike.of?.includes(name) ?? true))

const entryOf = (text: unknown): Entry =>
  typeof text === 'string' ? { roles: [text] } : typeof text === 'object' ? (text as Entry) : {}

const namesIn = ({ roles, messages }: Entry) => roles ?? messages

function strikeOf(fault: Fault, entry: Entry, called?: string): Strike {
  const [parameter, meaning] = BUDGETS[fault]
  const { budget = 0, restart = 'later' } = entry
  const of = namesIn(entry)
  const own =
    called === undefined ? { parameter, meaning } : ownBudget(called, parameter, `${meaning}: ${of?.join(', ')}`)
  return { fault, ...own, budget, of, restart }
}

const ownBudget = (called: string, parameter: string, meaning: string) => ({
  parameter: `${called[0]!.toLowerCase()}${called.slice(1)}${parameter[0]!.toUpperCase()}${parameter.slice(1)}`,
  meaning,
})
