/** What a check is asked. The names are those of the command's options. */
import type { Interruption, Progress } from '../engine/search-options.ts'
import type { Protocol } from '../language/protocol.ts'
import { found } from '../value/found.ts'
import { nearestName } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Where a search stops though it is not done; it is `unknown` then. Absent: no bound. */
export interface Budgets {
  /** Distinct states. */
  readonly maxStates?: number
  /** States at this depth are visited and not expanded; initial states have depth 0. Of a random walk: its length. */
  readonly maxDepth?: number
  readonly timeoutMs?: number
  /** Of the whole process, resident. */
  readonly maxMemoryBytes?: number
}

interface Settings {
  /** The others are at their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Seeded bugs, by name. */
  readonly bugs?: readonly string[]
  /** By name; `types` is checked besides. Absent: all that are not optional. */
  readonly properties?: readonly string[]
  /** Whether every value is checked against its schema. Default true. */
  readonly types?: boolean
  /** Whether to go on after a violation, until every property has one. Default false. */
  readonly continue?: boolean
  /** Whether executions may stop wherever fairness lets them, though something can happen. Default false. */
  readonly stutter?: boolean
  readonly budgets?: Budgets
  /** Ends the search within a tenth of a second, with what is known: `unknown`, where nothing was found. */
  readonly signal?: Interruption
  /** Called a few times a second while it lasts. */
  readonly onProgress?: (progress: Progress) => void
}

export interface CheckOptions extends Settings {
  /** Breadth first, where counterexamples are shortest, or depth first. Default `bfs`. */
  readonly order?: 'bfs' | 'dfs'
  /** Threads that search together, of a protocol that is given by name. Default 1. */
  readonly workers?: number | 'auto'
  /** Keeps states in so many bytes of bits and not exactly: for spaces beyond memory. It never proves. */
  readonly compactBytes?: number
  /** Searches states up to the names of the processes of these roles, or of all of which that can be told. */
  readonly symmetry?: 'auto' | readonly string[]
}

export interface SimulateOptions extends Settings {
  /** How many walks. Default 1,000. */
  readonly walks?: number
  /** The same seed takes the same walks. Default: another one each time, which the result names. */
  readonly seed?: number
}

const ALL = ['parameters', 'bugs', 'properties', 'types', 'continue', 'stutter', 'budgets', 'signal', 'onProgress']
const OF_CHECK = [...ALL, 'order', 'workers', 'compactBytes', 'symmetry']
const OF_SIMULATE = [...ALL, 'walks', 'seed']
const BUDGETS = ['maxStates', 'maxDepth', 'timeoutMs', 'maxMemoryBytes']

/** @throws SplitbrainError `bad-option` for an option that there is not, or one of the wrong shape */
export function admitCheck(options: CheckOptions): void {
  admitShape('check', options, OF_CHECK)
  const { order, workers, compactBytes, symmetry } = options
  expectation('order', order, "'bfs' or 'dfs'", (value) => value === 'bfs' || value === 'dfs')
  expectation('workers', workers, "a whole number from 1, or 'auto'", (value) => value === 'auto' || isWhole(value, 1))
  expectation('compactBytes', compactBytes, 'a whole number from 1', (value) => isWhole(value, 1))
  expectation(
    'symmetry',
    symmetry,
    "'auto', or a list of roles, one at least: ['client']",
    (value) => value === 'auto' || (isNames(value) && value.length > 0),
  )
}

export interface ReplayOptions {
  /** The protocol, where it is not where the trace says: a protocol, a file, or the name of one that comes along. */
  readonly protocol?: Protocol | string
  /** How many states the judge looks at to see that something is out of reach. Default 20,000. */
  readonly maxStates?: number
}

/** @throws SplitbrainError `bad-option` */
export function admitReplay(options: ReplayOptions): void {
  admitNames('replay', 'option', options, ['protocol', 'maxStates'])
  expectation('maxStates', options.maxStates, 'a whole number from 1', (value) => isWhole(value, 1))
}

/** @throws SplitbrainError `bad-option` */
export function admitSimulate(options: SimulateOptions): void {
  admitShape('simulate', options, OF_SIMULATE)
  expectation('walks', options.walks, 'a whole number from 1', (value) => isWhole(value, 1))
  expectation('seed', options.seed, 'a whole number from 0', (value) => isWhole(value, 0))
}

function admitShape(call: string, options: Settings, known: readonly string[]): void {
  admitNames(call, 'option', options, known)
  const { parameters, bugs, properties, budgets } = options
  expectation('parameters', parameters, 'an object: { nodes: 3 }', isObject)
  expectation('bugs', bugs, "a list of names: ['forgetVote']", isNames)
  expectation(
    'properties',
    properties,
    "a list of names, one at least: ['electionSafety']",
    (value) => isNames(value) && value.length > 0,
  )
  for (const flag of ['types', 'continue', 'stutter'] as const) {
    expectation(flag, options[flag], 'true or false', (value) => typeof value === 'boolean')
  }
  expectation('budgets', budgets, 'an object: { timeoutMs: 10_000 }', isObject)
  if (budgets === undefined) return
  admitNames(call, 'budget', budgets, BUDGETS)
  for (const [name, value] of Object.entries(budgets)) {
    const least = name === 'maxDepth' ? 0 : 1
    expectation(`budgets.${name}`, value, `a number from ${least}`, (given) => isAtLeast(given, least))
  }
}

function admitNames(call: string, noun: string, given: object, known: readonly string[]): void {
  if (!isObject(given)) throw refused(`${call}(..., ${found(given)})`, 'an object of options')
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const near = nearestName(unknown, known)
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  throw new SplitbrainError(
    'bad-option',
    `${call} has no ${noun} ${unknown}${hint}\nThe ${noun}s are: ${known.join(', ')}`,
  )
}

function expectation(name: string, value: unknown, expected: string, fits: (value: unknown) => boolean): void {
  if (value !== undefined && !fits(value)) throw refused(`${name}: ${found(value)}`, expected)
}

const refused = (what: string, expected: string) =>
  new SplitbrainError('bad-option', `found ${what}; expected ${expected}`)

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')
const isWhole = (value: unknown, least: number) => Number.isSafeInteger(value) && isAtLeast(value, least)
const isAtLeast = (value: unknown, least: number) => typeof value === 'number' && value >= least
