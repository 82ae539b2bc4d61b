/**
 * A protocol made to try one body on. One process starts in every combination of a few differing values, so that the
 * body's memo is asked about states that differ in what the body looks at and in what it does not; the body runs once
 * per state and leaves in `out` what it saw. Whatever it observes without saying so merges two outcomes.
 */
import { strict as assert } from 'node:assert'
import { disabled, type Protocol, protocol, z } from 'splitbrain'
import { explore } from '../../src/engine/explore.ts'
import type { Value } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { agree } from './agree.ts'

const Row = z.object({ k: z.int(), l: z.array(z.int()) })
const Nest = z.object({ x: z.int(), inner: z.object({ list: z.array(z.int()) }) })

/** What a body under test works on. `maybe` changes its kind; `out` is for what was seen. */
export interface Arena {
  list: number[]
  rows: { k: number; l: number[] }[]
  nest: { x: number; inner: { list: number[] } }
  spare: { x: number; inner: { list: number[] } }
  names: Set<string | number | boolean | null>
  table: Record<string, number>
  // biome-ignore lint/suspicious/noExplicitAny: a body under test may take it for anything
  maybe: any
  out: unknown
}

export type Trial = (me: Arena, context: { choose<T>(name: string, options: readonly T[]): T }) => unknown

/** The values that the fields start with, beyond the first; each field differs on its own. */
export const STARTS: { readonly [F in keyof Arena]?: () => readonly Arena[F][] } = {
  list: () => [[], [2], [3, 1], [3, 1, 2], [2, 1, 2]],
  rows: () => [
    [],
    [{ k: 1, l: [] }],
    [
      { k: 1, l: [7] },
      { k: 0, l: [] },
    ],
    [
      { k: 0, l: [7] },
      { k: 2, l: [1, 2] },
    ],
  ],
  nest: () => [
    { x: 0, inner: { list: [] } },
    { x: 1, inner: { list: [1] } },
    { x: 0, inner: { list: [1, 1] } },
  ],
  spare: () => [
    { x: 0, inner: { list: [] } },
    { x: 5, inner: { list: [5] } },
  ],
  names: () => [new Set(), new Set(['a']), new Set(['a', 'b']), new Set([1, '1']), new Set([null, 1, true])],
  table: () => [{}, { a: 0 }, { b: 0 }, { a: 1, b: 0 }, { 0: 4, length: 2 }, { constructor: 1 }],
  maybe: () => [null, {}, [], { a: null }, [0], { 0: 0 }, 0, '', '[]', 'null', 'an array', new Set(), { a: { b: 1 } }],
}

/**
 * The arena over some of its fields; the others start with one value only. `start` is run after the fields are set, and
 * `properties` are asked.
 */
export function arena(
  fields: readonly (keyof Arena)[],
  trial: Trial,
  { start, properties = {} }: { readonly start?: (me: Arena) => void; readonly properties?: object } = {},
): Protocol {
  const make = protocol as unknown as (declaration: object, define: () => object) => Protocol
  const volatile = {
    list: z.array(z.int()).default([3, 1]),
    rows: z.array(Row).default([{ k: 1, l: [] }]),
    nest: Nest.default({ x: 0, inner: { list: [1] } }),
    spare: Nest.default({ x: 5, inner: { list: [] } }),
    names: z.set(z.any()).default(new Set(['a'])),
    table: z.record(z.string(), z.int()).default({ a: 1 }),
    maybe: z.any().default(null),
    out: z.any().default('not run yet'),
  }
  return make({ name: 'arena', roles: { node: { prefix: 'n', volatile } } }, () => ({
    population: { node: 1 },
    start: {
      node(me: Record<string, unknown>, { choose }: { choose<T>(name: string, options: readonly T[]): T }) {
        for (const field of fields) me[field] = choose(field, STARTS[field]!() as readonly unknown[])
        start?.(me as unknown as Arena)
      },
    },
    actions: {
      node: {
        go(me: Arena, context: Parameters<Trial>[1]) {
          if (me.out !== 'not run yet') return disabled
          me.out = 'ran'
          return trial(me, context)
        },
      },
    },
    properties,
  }))
}

/** The engine and the oracle agree on what the body does. @returns how many outcomes differ */
export async function tryOut(fields: readonly (keyof Arena)[], trial: Trial): Promise<number> {
  const { states } = await agree(arena(fields, trial).instantiate())
  const outs = states.map((state) => (state[0] as unknown as Arena).out)
  return new Set(outs.filter((out) => out !== 'not run yet').map((out) => textOf(out as Value))).size
}

/** What the engine says of a body that does what no body may; the oracle must not accept it either. */
export async function refusal(fields: readonly (keyof Arena)[], trial: Trial): Promise<string> {
  const model = arena(fields, trial).instantiate()
  assert.throws(() => naiveExplore(model))
  return engineRefusal(fields, trial)
}

/** As `refusal`, for what only the engine sees. */
export async function engineRefusal(fields: readonly (keyof Arena)[], trial: Trial): Promise<string> {
  const { stop, broken, verdict } = await explore(arena(fields, trial).instantiate())
  assert.deepEqual({ reason: stop.reason, verdict }, { reason: 'broken', verdict: 'unknown' })
  return `${broken!.error.code}: ${broken!.error.message}`
}
