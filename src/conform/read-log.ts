/** Reading logs: from files and streams to feeds of events, with what was no event counted. */
import { createReadStream, fstatSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { isatty, ReadStream } from 'node:tty'
import { didYouMeanFile } from '../value/nearest-file.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { type LogEvent, type Place, placeText, type Reading } from './event.ts'
import { Feed } from './feed.ts'

/** A log by name: its lines, as they come. */
export interface Log {
  readonly name: string
  readonly lines: AsyncIterable<string> | Iterable<string>
}

/** What of the logs were no events; grows while they are read. */
export interface Census {
  lines: number
  events: number
  /** Lines that the map says are none. */
  others: number
  /** By event, of those that nobody mapped: how many, and where the first stands. */
  readonly unmapped: Map<string, { count: number; readonly first: Place }>
  /** A last line that was cut off. */
  cutOff: Place | undefined
  /** Lines that could not be read, where that is allowed. */
  malformed: { count: number; readonly first: string } | undefined
}

export const newCensus = (): Census => ({
  lines: 0,
  events: 0,
  others: 0,
  unmapped: new Map(),
  cutOff: undefined,
  malformed: undefined,
})

/** @throws SplitbrainError `bad-log` where there is no such file; `-` is the standard input */
export function logNamed(name: string): Log {
  if (name === '-') return { name: 'stdin', lines: linesOf(standardInput()) }
  const found = statSync(name, { throwIfNoEntry: false })
  if (found === undefined) throw new SplitbrainError('bad-log', `there is no file ${name}${didYouMeanFile(name)}`)
  if (found.isDirectory()) throw new SplitbrainError('bad-log', `${name} is a folder; expected a log's file`)
  return { name, lines: linesOf(createReadStream(name)) }
}

/** Pipes and terminals are waited for by the event loop: a read by a thread of its own would keep the process from ending. */
function standardInput(): NodeJS.ReadableStream {
  if (isatty(STDIN)) return new ReadStream(STDIN)
  const stats = fstatSync(STDIN)
  if (stats.isFIFO() || stats.isSocket()) return new Socket({ fd: STDIN, readable: true, writable: false })
  return createReadStream('', { fd: STDIN, autoClose: false })
}

const STDIN = 0

const linesOf = (input: NodeJS.ReadableStream) => createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })

export interface Reader {
  readonly read: (text: string, place: Place) => Reading
  readonly skipMalformed: boolean
}

/** The events of one log. A line that cannot be read is told with its place, unless it is the last, cut off. */
export async function* eventsOf(
  { name, lines }: Log,
  { read, skipMalformed }: Reader,
  census: Census,
): AsyncGenerator<LogEvent> {
  let line = 0
  let pending: { readonly error: SplitbrainError; readonly place: Place } | undefined
  for await (const text of lines) {
    if (pending !== undefined) refuseUnlessSkipped(pending.error, skipMalformed, census)
    pending = undefined
    const place = { file: name, line: ++line }
    census.lines++
    const reading = readOr(() => read(text, place))
    if (reading instanceof SplitbrainError) pending = { error: reading, place }
    else if (reading === 'none') census.others++
    else if ('unmapped' in reading) countUnmapped(census, reading.unmapped, place)
    else {
      census.events++
      yield reading
    }
  }
  if (pending !== undefined) census.cutOff = pending.place
}

function readOr(read: () => Reading): Reading | SplitbrainError {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code === 'bad-log') return thrown
    throw thrown
  }
}

function refuseUnlessSkipped(error: SplitbrainError, skipMalformed: boolean, census: Census): void {
  if (!skipMalformed) throw new SplitbrainError(error.code, `${error.message}\n--skip-malformed leaves such lines out`)
  if (census.malformed === undefined) census.malformed = { count: 1, first: error.message }
  else census.malformed.count++
}

function countUnmapped({ unmapped }: Census, name: string, first: Place): void {
  const known = unmapped.get(name)
  if (known === undefined) unmapped.set(name, { count: 1, first })
  else known.count++
}

/** A feed for each log; where the map tells nodes, one for each node, which takes reading to the end. */
export async function feedsOf(logs: readonly Log[], byNode: boolean, reader: Reader, census: Census): Promise<Feed[]> {
  const streams = logs.map((log) => ({ name: log.name, events: eventsOf(log, reader, census) }))
  if (!byNode)
    return streams.map(({ name, events }) => new Feed(name, logs.length === 1 ? events : inOrderOfTime(events)))
  const nodes = new Map<string, LogEvent[]>()
  for (const { events } of streams) {
    for await (const event of events) {
      const held = nodes.get(event.node)
      if (held === undefined) nodes.set(event.node, [event])
      else held.push(event)
    }
  }
  return [...nodes].map(([name, events]) => new Feed(name, inOrderOfTime(asStream(events))))
}

/**
 * The events of one node, none of which can have been earlier than those before it.
 * @throws SplitbrainError `bad-log` where one was over before
 */
async function* inOrderOfTime(events: AsyncIterable<LogEvent>): AsyncGenerator<LogEvent> {
  let before: LogEvent['time']
  for await (const event of events) {
    const { place, node, time } = event
    if (time === undefined || before === undefined || time[0] >= before[0]) {
      before = time ?? before
      yield event
      continue
    }
    if (time[1] < before[0]) {
      throw new SplitbrainError(
        'bad-log',
        `${placeText(place)}: the clock of ${node} goes back: ${time.join('–')} follows ${before.join('–')}; ` +
          'let time tell wider intervals, or leave it out',
      )
    }
    yield { ...event, time: [before[0], time[1]] }
  }
}

async function* asStream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
