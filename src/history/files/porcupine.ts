/**
 * Operations as Porcupine has them, an object each: `{"ClientId": 0, "Input": {"op": "put", "key": "x", "value": 1},
 * "Call": 0, "Output": null, "Return": 100}`. What Input holds is the model's affair there; here it names the operation,
 * with a key, a value, or both. As in Porcupine, calls and returns at one moment overlap; an operation without Return, or
 * with the largest that Go has, may have taken effect or not.
 */
import { z } from 'zod'
import type { Value } from '../../model.ts'
import { badHistory, type Operation } from '../operation.ts'
import { recordedJson } from '../recorded.ts'
import type { Entry, Reading } from './entry.ts'
import type { HistoryFile } from './history-file.ts'
import { parsed, process } from './parsed.ts'

const time = z.union([z.int(), z.bigint()])
const PorcupineOperation = z.strictObject({
  ClientId: process,
  Input: z.unknown(),
  Call: time,
  Output: z.unknown().optional(),
  Return: time.nullable().optional(),
  Metadata: z.unknown().optional(),
})

export const isPorcupine = ([first]: readonly Entry[]): boolean =>
  typeof first?.content === 'object' && first.content !== null && 'ClientId' in first.content && 'Call' in first.content

interface Timed {
  readonly place: string
  readonly call: bigint
  /** Undefined where it may still take effect. */
  readonly end: bigint | undefined
  readonly operation: Omit<Operation, 'invokedAt' | 'endedAt'>
}

const NEVER = 2n ** 63n - 1n

/** @throws SplitbrainError `bad-history` */
export function porcupineOperations(entries: readonly Entry[], reading: Reading): HistoryFile {
  const timed = entries.map((entry) => timedOf(entry, reading))
  const moments = timed.flatMap((each) => [
    { each, at: each.call, isEnd: false },
    ...(each.end === undefined ? [] : [{ each, at: each.end, isEnd: true }]),
  ])
  moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.isEnd) - Number(b.isEnd)))
  const begun = new Map<Timed, number>()
  const ended = new Map<Timed, number>()
  for (const [i, { each, isEnd }] of moments.entries()) (isEnd ? ended : begun).set(each, i)
  const operations = timed
    .map((each): Operation => {
      const endedAt = ended.get(each) ?? Number.POSITIVE_INFINITY
      return { ...each.operation, invokedAt: begun.get(each)!, endedAt }
    })
    .sort((a, b) => a.invokedAt - b.invokedAt)
  admitClients(timed)
  const hasKeys = entries.some(({ content }) => fieldsOf((content as { Input?: unknown }).Input)?.key !== undefined)
  return { events: [], operations, skipped: 0, hasKeys, placeOf: (event) => moments[event]!.each.place }
}

function timedOf({ place, content }: Entry, { keyed, ignored }: Reading): Timed {
  const { ClientId, Input, Call, Output = null, Return } = parsed(PorcupineOperation, content, place, ignored)
  const { name, key, value } = inputOf(Input, place)
  const isOpen = Return === undefined || Return === null || BigInt(Return) === NEVER
  const call = BigInt(Call)
  if (!isOpen && BigInt(Return) < call) throw badHistory(place, `it returns before its call`, 'Call <= Return')
  const pair = key === undefined ? value : keyed || value !== undefined ? [key, value ?? null] : key
  const result = outputOf(Output)
  return {
    place,
    call,
    end: isOpen ? undefined : BigInt(Return),
    operation: {
      process: String(ClientId),
      name,
      argument: pair === undefined ? undefined : recordedJson(pair, place),
      outcome: isOpen ? 'unknown' : 'returned',
      result: isOpen ? undefined : recordedJson(keyed && key !== undefined ? [key, result] : result, place),
    },
  }
}

function inputOf(input: unknown, place: string) {
  const fields = fieldsOf(input)
  const name = fields?.op ?? fields?.operation ?? fields?.f
  if (typeof name === 'string') {
    return { name, key: fields!.key, value: fields!.value ?? fields!.argument ?? fields!.arg }
  }
  throw badHistory(
    place,
    `Input does not say which operation it is`,
    '"Input": {"op": "put", "key": "x", "value": 1}, with the name of an operation of the model',
  )
}

/** The fields of an object by their names in small letters: Go's JSON has large ones. */
function fieldsOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key.toLowerCase(), value]))
}

/** A structure of one field, as Go's outputs are, stands for what is in it. */
function outputOf(output: unknown): Value {
  const values = Object.values(fieldsOf(output) ?? { output })
  return (values.length === 1 ? values[0] : output) as Value
}

/** @throws SplitbrainError `bad-history` where a client does two things at once */
function admitClients(timed: readonly Timed[]): void {
  const last = new Map<string, Timed>()
  for (const each of [...timed].sort((a, b) => (a.call < b.call ? -1 : a.call > b.call ? 1 : 0))) {
    const { process } = each.operation
    const before = last.get(process)
    if (before?.end !== undefined && before.end > each.call) {
      const found = `client ${process} calls while its call of ${before.place} has not returned`
      throw badHistory(each.place, found, 'one call at a time, or a ClientId for each')
    }
    last.set(process, each)
  }
}
