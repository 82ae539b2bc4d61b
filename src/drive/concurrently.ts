/**
 * `concurrently`: several clients of a real system at once, each with one operation in flight, and what they saw held
 * against an object that does one thing after the other (history/). The order in which they meet is the machine's: such a
 * run cannot be repeated, and a seed only says what the clients do.
 */
import { seeded } from '../engine/walks/random.ts'
import { admitQuestion } from '../history/admit-question.ts'
import { CONSISTENCIES, type Consistency } from '../history/consistencies.ts'
import { operationsOf } from '../history/operation.ts'
import type { Outcome } from '../history/outcome.ts'
import { recorded } from '../history/recorded.ts'
import type { SequentialObject } from '../history/sequential-object.ts'
import type { Value } from '../model.ts'
import { historyReport, MOST_CONFIGURATIONS } from '../report/history-report.ts'
import { paintIf } from '../report/paint.ts'
import { found } from '../value/found.ts'
import type { HistoryEvent } from '../value/history.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** What an operation gives that had no effect and never will. One that throws, or takes too long, may have had one. */
export const noEffect: unique symbol = Symbol.for('splitbrain.noEffect')

export interface Client {
  /** `c1`, `c2`, ... */
  readonly client: string
  /** How many operations it has begun before, in this run. */
  readonly begun: number
  /** From 0 on, less than 1; the same for the same seed. */
  readonly random: () => number
  /** One of the options. */
  readonly pick: <T>(options: readonly T[]) => T
}

export interface Call {
  readonly operation: string
  readonly argument?: unknown
}

export interface ConcurrentOptions<S> {
  readonly start: (run: { readonly number: number }) => S | Promise<S>
  readonly stop?: (system: S) => unknown
  /** What a client does next. Undefined: nothing more. */
  readonly next: (client: Client) => Call | undefined
  /** Does an operation, and gives its result, or `noEffect`. */
  readonly operations: Readonly<
    Record<string, (system: S, call: { readonly client: string; readonly argument: unknown }) => unknown>
  >
  /** Default 3. */
  readonly clients?: number
  /** Operations of each client in a run, at most. Default 10. */
  readonly perClient?: number
  /** Default 10. */
  readonly runs?: number
  /** Default 1. */
  readonly seed?: number
  /** Default `linearizable`. */
  readonly consistency?: Consistency
  /** An operation that takes longer may have had an effect or not. Default 5,000. */
  readonly timeoutMs?: number
}

export interface Concurrent {
  readonly runs: number
  readonly operations: number
  /** Of these, how many ended without anybody knowing whether they had an effect. */
  readonly unknown: number
}

/** A history that no order of the operations explains, drawn. */
export class Inconsistent extends Error {
  override readonly name = 'Inconsistent'

  constructor(
    message: string,
    readonly history: readonly HistoryEvent[],
    readonly verdict: 'violated' | 'unknown',
  ) {
    super(message)
  }
}

/**
 * @throws Inconsistent where a history is not what `object` may do (or where that is too hard to find out);
 *   SplitbrainError `bad-option`, `bad-history`
 */
export async function concurrently<S>(object: SequentialObject, options: ConcurrentOptions<S>): Promise<Concurrent> {
  const { clients = 3, runs = 10, seed = 1, consistency = 'linearizable' } = options
  admit(object, options)
  const random = seeded(seed)
  const sum = { runs, operations: 0, unknown: 0 }
  for (let number = 1; number <= runs; number++) {
    const system = await options.start({ number })
    const events: HistoryEvent[] = []
    try {
      const names = Array.from({ length: clients }, (_, i) => `c${i + 1}`)
      await Promise.all(names.map((client) => new Session(system, options, client, random, events).run()))
    } finally {
      await options.stop?.(system)
    }
    const operations = operationsOf(events)
    sum.operations += operations.length
    sum.unknown += operations.filter(({ outcome }) => outcome === 'unknown').length
    const outcome = CONSISTENCIES[consistency](object, operations, {
      configurations: MOST_CONFIGURATIONS,
      isOver: () => false,
    })
    if (outcome.verdict !== 'holds') throw inconsistent(object, consistency, { number, events, outcome })
  }
  return sum
}

class Session<S> {
  constructor(
    readonly system: S,
    readonly options: ConcurrentOptions<S>,
    readonly client: string,
    readonly random: () => number,
    readonly events: HistoryEvent[],
  ) {}

  async run(): Promise<void> {
    const { next, perClient = 10 } = this.options
    const { client, random } = this
    const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!
    for (let begun = 0; begun < perClient; begun++) {
      const call = next({ client, begun, random, pick })
      if (call === undefined) return
      await this.#call(call)
    }
  }

  async #call({ operation, argument }: Call): Promise<void> {
    const process = this.client
    const act = this.options.operations[operation]
    if (act === undefined) throw noOperation(operation, Object.keys(this.options.operations))
    const value = argument === undefined ? {} : { argument: recorded(argument, `argument of ${operation}`) }
    this.events.push({ type: 'invoke', process, operation, ...value })
    const result = await this.#result(() => act(this.system, { client: process, argument }))
    if (result === UNKNOWN) this.events.push({ type: 'unknown', process, operation })
    else if (result === noEffect) this.events.push({ type: 'fail', process, operation })
    else this.events.push({ type: 'return', process, operation, result: resultOf(result, operation) })
  }

  async #result(act: () => unknown): Promise<unknown> {
    const { timeoutMs = 5_000 } = this.options
    let timer: NodeJS.Timeout | undefined
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(UNKNOWN), timeoutMs)
    })
    try {
      return await Promise.race([act(), late])
    } catch {
      return UNKNOWN
    } finally {
      clearTimeout(timer)
    }
  }
}

const UNKNOWN = Symbol('unknown')

const resultOf = (result: unknown, operation: string): Value =>
  result === undefined ? null : recorded(result, `the result of ${operation}`)

function admit<S>(
  object: SequentialObject,
  { operations, next, clients = 3, consistency = 'linearizable' }: ConcurrentOptions<S>,
) {
  if (typeof next !== 'function') throw badOption(`next: ${found(next)}`, "next: ({ pick }) => ({ operation: 'read' })")
  if (!Number.isSafeInteger(clients) || clients < 1)
    throw badOption(`clients: ${found(clients)}`, 'a whole number from 1')
  if (!Object.hasOwn(CONSISTENCIES, consistency))
    throw badOption(`consistency: ${found(consistency)}`, Object.keys(CONSISTENCIES).join(', '))
  admitQuestion('concurrently', Object.keys(operations), object, consistency)
}

const noOperation = (name: string, known: readonly string[]) =>
  badOption(`next: no operation ${name}${didYouMean(name, known)}`, known.join(', '))

const badOption = (what: string, expected: string) =>
  new SplitbrainError('bad-option', `concurrently: found ${what}; expected ${expected}`)

interface Refuted {
  readonly number: number
  readonly events: readonly HistoryEvent[]
  readonly outcome: Exclude<Outcome, { verdict: 'holds' }>
}

function inconsistent(object: SequentialObject, consistency: Consistency, { number, events, outcome }: Refuted) {
  const operations = operationsOf(events)
  const placeOf = (event: number) => `event ${event + 1}`
  const checked = { file: `run ${number}`, object, consistency, operations, outcome, placeOf, skipped: 0 }
  const text = historyReport(checked, { width: 100, colour: false, paint: paintIf(false) })
  return new Inconsistent(text, events, outcome.verdict)
}
