/** The ready objects by name, for the command line. */
import { z } from 'zod'
import type { Value } from '../model.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { casRegister, counter, kv, mutex, queue, register, set, stack } from './ready-objects.ts'
import type { SequentialObject } from './sequential-object.ts'

interface Ready {
  readonly make: (start: { readonly initial?: never; readonly absent?: '' }) => SequentialObject
  /** What it can start with. */
  readonly start: z.ZodType
  readonly expected: string
}

const anything = { start: z.unknown(), expected: 'any value' }
const list = { start: z.array(z.unknown()), expected: 'a list, such as [1, 2]' }
const primitives = z.array(z.union([z.null(), z.boolean(), z.number(), z.string()]))

const READY: Readonly<Record<string, Ready>> = {
  register: { make: register, ...anything },
  'cas-register': { make: casRegister, ...anything },
  counter: { make: counter, start: z.number(), expected: 'a number' },
  set: { make: set, start: primitives, expected: 'a list of numbers, texts, booleans or null' },
  queue: { make: queue, ...list },
  stack: { make: stack, ...list },
  mutex: { make: mutex, start: z.boolean(), expected: 'true (held) or false' },
  kv: { make: kv, start: z.record(z.string(), z.unknown()), expected: 'an object, such as {"a": 1}' },
}

export const OBJECT_NAMES: readonly string[] = Object.keys(READY)

/**
 * One of `OBJECT_NAMES`; `isAbsentEmpty`: a kv's get of what is not there gives "".
 * @throws SplitbrainError `bad-option` where it cannot start with `initial`, or is no kv
 */
export function objectNamed(name: string, initial?: Value, isAbsentEmpty = false): SequentialObject {
  const { make, start, expected } = READY[name]!
  if (isAbsentEmpty && make !== kv)
    throw new SplitbrainError('bad-option', `--absent-is-empty is for kv, not for ${name}`)
  const absent = isAbsentEmpty ? { absent: '' as const } : {}
  if (initial === undefined) return make(absent)
  if (start.safeParse(initial).success) return make({ initial: initial as never, ...absent }) // the schema has just admitted it
  throw new SplitbrainError('bad-option', `a ${name} cannot start with ${show(initial)}; expected ${expected}`)
}
