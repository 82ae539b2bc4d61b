/** The options of a search that every protocol has, beside those its own parameters make. */
import { totalmem } from 'node:os'
import { Option } from 'commander'
import type { Budget } from '../engine/search-options.ts'
import { bytes } from '../report/quantities.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Expected } from './expectation.ts'
import { collectNames, parseRoles } from './names-given.ts'
import { parseCount, parseDepth, parseDuration, parseMemory, parseWorkers } from './quantity-arguments.ts'

/** As parsed; absent where not given and without a default. */
export interface SearchFlags {
  readonly scenario?: string
  readonly bug?: readonly string[]
  readonly property?: readonly string[]
  readonly types: boolean
  readonly bfs?: true
  readonly dfs?: true
  readonly continue?: true
  readonly stutter?: true
  readonly inductive?: string
  readonly compact?: number
  /** `auto`, `off`, or roles. */
  readonly symmetry?: 'auto' | 'off' | readonly string[]
  readonly workers: number | 'auto'
  readonly expect: Expected
  readonly simulate?: true
  readonly seed?: number
  readonly walks?: number
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly timeout?: number
  readonly maxMemory: number
  readonly json?: true
  readonly quiet?: true
  readonly stats?: true
  readonly full?: true
  readonly lanes?: readonly string[]
  readonly out?: string
  readonly save: boolean
}

/** The options that may be repeated, each time with more names. */
export const COLLECTING: readonly string[] = ['bug', 'property', 'lanes'] satisfies (keyof SearchFlags)[]

const SHARE_OF_MEMORY = 0.8

/** @param parameters the protocol's own: a scenario sets them, so they cannot be given beside one */
export function searchOptions(parameters: readonly string[] = []): Option[] {
  return [
    new Option('--scenario <name>', 'one of its documented runs, by its name').conflicts([
      'bug',
      'property',
      ...parameters,
    ]),
    new Option('--bug <names>', 'seed these bugs; repeat, or separate by commas').argParser(collectNames),
    new Option('--property <names>', 'check these properties only').argParser(collectNames),
    new Option('--no-types', 'do not check that every value fits its schema'),
    new Option('--bfs', 'breadth first, the default: counterexamples are shortest').conflicts('dfs'),
    new Option('--dfs', 'depth first'),
    new Option(
      '--workers <n>',
      'threads that search together; auto: as many as processors, where that is quicker and --max-memory is not given',
    )
      .argParser(parseWorkers)
      .default('auto'),
    new Option(
      '--symmetry [roles]',
      'search states up to the names of processes, and check that names do not matter; of every role where that is so, or of those named; off: never; by default where a space is large and that pays',
    )
      .argParser(parseRoles)
      .preset('auto')
      .conflicts(['dfs', 'simulate', 'compact', 'stats']),
    new Option('--continue', 'go on after a violation, until every property has one'),
    new Option('--stutter', 'let executions stop wherever fairness lets them, though something can happen'),
    new Option('--compact <size>', 'keep states in so many bits, not exactly: for spaces beyond memory; never proves')
      .argParser(parseMemory)
      .conflicts(['dfs', 'simulate']),
    new Option(
      '--inductive <property>',
      'instead of a search, take one step from every state in which this invariant is true; --seed draws them where they are many',
    ).conflicts([
      ...['simulate', 'walks', 'bfs', 'dfs', 'compact', 'property', 'scenario', 'stutter', 'continue', 'stats'],
      ...['lanes', 'maxDepth', 'maxMemory', 'workers', 'types', 'expect'],
    ]),
    new Option('--expect <verdict>', 'the verdict that makes the exit code 0').choices(EXPECTED).default('holds'),
  ]
}

/** Whatever stops the search before it is done makes the verdict `unknown`. */
export function budgetOptions(): Option[] {
  return [
    new Option('--max-states <n>', 'stop at this many distinct states: 500000, 1e6, 5M').argParser(parseCount),
    new Option('--max-depth <n>', 'go no further than this many steps').argParser(parseDepth),
    new Option('--timeout <time>', 'stop after this time: 30s, 5m').argParser(parseDuration),
    new Option('--max-memory <size>', 'stop at this much memory: 800MB, 2GB')
      .argParser(parseMemory)
      .default(Math.floor(memoryOfMachine() * SHARE_OF_MEMORY), 'most of what the machine has'),
  ]
}

/** In bytes. @throws SplitbrainError `bad-option` where the search could not even begin */
export function compactOf({ compact, maxMemory }: Pick<SearchFlags, 'compact' | 'maxMemory'>): number | undefined {
  if (compact === undefined || compact < maxMemory) return compact
  throw new SplitbrainError(
    'bad-option',
    `--compact ${bytes(compact)} is not within --max-memory (${bytes(maxMemory)}); ask for less, or allow more`,
  )
}

export function outputOptions(): Option[] {
  return [
    new Option('--json', 'print everything as one JSON document'),
    new Option('--quiet', 'print the verdict only').conflicts('stats'),
    new Option('--full', 'tell every step of a violation whole, however many there are'),
    lanesOption().conflicts(['json', 'quiet']),
    new Option('--stats', 'print where the space comes from, and what the search cost'),
    new Option(
      '--out <folder>',
      'where traces of violations are saved (default: counterexamples, beside the protocol’s file; for a protocol of the corpus, here)',
    ),
    new Option('--no-save', 'save no traces').conflicts('out'),
  ]
}

/** Of every command that draws traces. */
export const lanesOption = (): Option =>
  new Option(
    '--lanes <processes>',
    'draw lanes for these processes, in this order; what the others do is told beside them',
  ).argParser(collectNames)

export type BudgetFlags = Pick<SearchFlags, 'maxStates' | 'maxDepth' | 'timeout' | 'maxMemory'>

export function budgetOf({ maxStates, maxDepth, timeout, maxMemory }: BudgetFlags): Budget {
  return {
    ...(maxStates !== undefined && { maxStates }),
    ...(maxDepth !== undefined && { maxDepth }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
    maxMemoryBytes: maxMemory,
  }
}

const EXPECTED: readonly Expected[] = ['holds', 'violated']

/** A container may have less than the machine around it. */
function memoryOfMachine(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
