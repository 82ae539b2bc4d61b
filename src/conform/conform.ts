/** Holding logs against a protocol: the map, the model, the logs, and the answer. */
import type { Model } from '../model.ts'
import { setTraps } from '../purity/traps.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { eventReader, type LogEvent } from './event.ts'
import type { Finding, Limits, Standing } from './finding.ts'
import type { AnyLogMap } from './log-map.ts'
import { silentSteps } from './match.ts'
import { type Census, feedsOf, type Log, newCensus } from './read-log.ts'
import { ConformSearch } from './search.ts'
import { type Miss, missOf, type Reason } from './why.ts'

export interface ConformOptions extends Partial<Limits> {
  readonly skipMalformed?: boolean
}

/** What became of the logs. Events are counted in the order in which they were explained. */
export type Conformance = { readonly census: Census; readonly states: number } & (
  | Extract<Finding, { verdict: 'conforms' }>
  | ({ readonly verdict: 'does not conform' } & Stuck)
  | ({ readonly verdict: 'unknown'; readonly ranOut: 'states' | 'time' } & Stuck)
)

/** Where it got no further. */
export interface Stuck {
  /** How many events were explained at most. */
  readonly explained: number
  /** The states that it may be in there, and why none of the next events can be. Of several nodes, each has one. */
  readonly standing: readonly (Standing & { readonly against: readonly Against[] })[]
  /** Whether these are all of them. */
  readonly isAll: boolean
}

export interface Against {
  readonly event: LogEvent
  /** Another node's event that was before it and is not explained: this one was not tried. */
  readonly waitsFor: LogEvent | undefined
  readonly reasons: readonly Reason[]
}

export const MOST_STATES = 1_000_000

/**
 * @param model the map's protocol, at the parameters that the logs are held against
 * @throws SplitbrainError `bad-log` for a line that cannot be read, `bad-map` for what the protocol does not have
 */
export async function conform(
  model: Model,
  map: AnyLogMap,
  logs: readonly Log[],
  { skipMalformed = false, ...limits }: ConformOptions = {},
): Promise<Conformance> {
  const census = newCensus()
  const reader = { read: eventReader(model, map), skipMalformed }
  const silent = silentSteps(model, map.silent ?? [])
  const feeds = await feedsOf(logs, map.node !== undefined, reader, census)
  const search = new ConformSearch(model, feeds, silent)
  const removeTraps = setTraps()
  try {
    const finding = await search.run({ maxStates: MOST_STATES, isOver: () => false, may: false, ...limits })
    const { explained, frontier, isAll, states } = search.progress()
    if (finding.verdict === 'conforms') {
      refuseNothing(logs, census)
      return { census, states, ...finding }
    }
    const standing = frontier.map((one) => ({ ...one, against: againstIn(model, one) }))
    return { census, states, explained, standing, isAll, ...finding }
  } finally {
    removeTraps()
  }
}

/** Nothing is explained by every behaviour: a pattern or a map that misses every line must not pass. */
function refuseNothing(logs: readonly Log[], { lines, events, unmapped }: Census): void {
  if (events > 0) return
  const [name] = unmapped.keys()
  const why =
    name === undefined ? 'event and pattern take none for one' : `on does not name ${[...unmapped.keys()].join(', ')}`
  throw new SplitbrainError(
    'bad-log',
    `${logs.map((log) => log.name).join(', ')}: none of ${lines} lines is an event that the map explains: ${why}`,
  )
}

/** The nearest misses first, and what was not tried last. */
const againstIn = (model: Model, { state, next }: Standing): readonly Against[] =>
  next
    .map(({ event, waitsFor }) => {
      const { reasons, reached } = waitsFor === undefined ? missOf(model, state, event) : NOT_TRIED
      return { reached, against: { event, waitsFor, reasons } }
    })
    .sort((a, b) => b.reached - a.reached)
    .map(({ against }) => against)

const NOT_TRIED: Miss = { reasons: [], reached: -1 }
