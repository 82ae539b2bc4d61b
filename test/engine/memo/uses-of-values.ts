/**
 * What may be done to a value of the state, in a body, in `start` and in a property: each use is tried on a state whose
 * field takes several values. The engine must see what the oracle sees, which runs on plain copies, or refuse the use
 * with the remedy. Saved natives stand for whatever looks past a draft's own methods.
 */
import assert from 'node:assert'
import * as util from 'node:util'
import v8 from 'node:v8'
import { dequal } from 'dequal'
import fastDeepEqual from 'fast-deep-equal/es6/index.js'
import lodash from 'lodash'
import { disabled, never, type Protocol } from 'splitbrain'
import type { State } from '../../../src/model.ts'
import { canonical, textOf } from '../../../src/value/canonical.ts'
import { type Arena, arena, STARTS } from '../arena.ts'

type Field = keyof Arena
type Use = (me: Arena) => unknown
type Row = readonly [name: string, field: Field, outcomes: number, use: Use]

const savedHas = Set.prototype.has
const savedSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')!.get!
const savedValues = Set.prototype.values
const { inspect: savedInspect } = util
const savedClone = structuredClone

/** What only newer engines have. */
const newer = (name: string, outcomes: number, use: (names: Newer) => unknown): Row[] =>
  name in Set.prototype ? [[name, 'names', outcomes, ({ names }) => use(names as unknown as Newer)]] : []

type Newer = Set<unknown> & Readonly<Record<string, (other: Set<unknown>) => Set<unknown> | boolean>>
const elements = (set: unknown) => [...(set as Set<unknown>)]

const text = (value: unknown) => (typeof value === 'string' ? value : textOf(canonical(value, 'an outcome')))

export const SEEN: readonly Row[] = [
  ['structuredClone of a set', 'names', 5, ({ names }) => [...structuredClone(names)]],
  ['structuredClone of an array', 'rows', 4, ({ rows }) => structuredClone(rows)],
  ['structuredClone of something around it', 'nest', 3, ({ nest }) => structuredClone({ deep: [nest] })],
  ['util.inspect of a set', 'names', 5, ({ names }) => util.inspect(names)],
  ['util.inspect of an array', 'list', 5, ({ list }) => util.inspect(list)],
  ['util.format', 'nest', 3, ({ nest }) => util.format('%o %j', nest, nest)],
  ['isDeepStrictEqual of sets', 'names', 2, ({ names }) => util.isDeepStrictEqual(names, new Set(['b', 'a']))],
  ['isDeepStrictEqual of arrays', 'list', 2, ({ list }) => util.isDeepStrictEqual(list, [3, 1, 2])],
  [
    'assert.deepStrictEqual',
    'names',
    2,
    ({ names }) => {
      try {
        assert.deepStrictEqual(names, new Set(['a', 'b']))
        return true
      } catch {
        return false
      }
    },
  ],
  ['v8.serialize of a set', 'names', 5, ({ names }) => v8.serialize(names).toString('hex')],
  ['v8.serialize of an object', 'nest', 3, ({ nest }) => v8.serialize(nest).toString('hex')],
  ['dequal of sets', 'names', 2, ({ names }) => dequal(names, new Set(['b', 'a']))],
  ['dequal of objects', 'nest', 2, ({ nest }) => dequal(nest, { x: 1, inner: { list: [1] } })],
  ['fast-deep-equal of sets', 'names', 2, ({ names }) => fastDeepEqual(names, new Set(['b', 'a']))],
  ['fast-deep-equal of arrays', 'rows', 2, ({ rows }) => fastDeepEqual(rows, [{ k: 1, l: [] }])],
  ['lodash isEqual of sets', 'names', 2, ({ names }) => lodash.isEqual(names, new Set(['a', 'b']))],
  ['lodash cloneDeep of a set', 'names', 5, ({ names }) => [...lodash.cloneDeep(names)]],
  ['lodash cloneDeep of an object', 'nest', 3, ({ nest }) => lodash.cloneDeep(nest)],
  ['lodash sortBy', 'list', 5, ({ list }) => lodash.sortBy(list)],
  ['lodash size of a set', 'names', 4, ({ names }) => lodash.size(names)],
  ['JSON.stringify of an array', 'rows', 4, ({ rows }) => JSON.stringify(rows)],
  ['JSON.stringify of an object', 'table', 6, ({ table }) => JSON.stringify(table)],
  ['JSON.stringify of the elements of a set', 'names', 5, ({ names }) => JSON.stringify([...names])],
  ['the constructor of a set', 'names', 1, ({ names }) => names.constructor === Set],
  ['the prototype of a set', 'names', 1, ({ names }) => Object.getPrototypeOf(names) === Set.prototype],
  ['the tag of a set', 'names', 1, ({ names }) => Object.prototype.toString.call(names)],
  ['the fields of a set', 'names', 1, ({ names }) => Object.keys(names).length],
  ['a copy of a set', 'names', 5, ({ names }) => [...new Set(names)]],
  ['Array.from of a set', 'names', 5, ({ names }) => Array.from(names, String)],
  ['a map keyed by an element of the state', 'rows', 1, ({ rows }) => new Map([[rows[0], 1]]).get(rows[0]) ?? 0],
  ['identity of what is read twice', 'rows', 1, ({ rows }) => Object.is(rows[0], rows.at(0))],
  ['identity of two places', 'rows', 2, ({ rows }) => rows[0] === rows[1]],
  ['indexOf what was found', 'rows', 3, ({ rows }) => rows.indexOf(rows.find(({ k }) => k > 0)!)],
  ['includes what was filtered', 'rows', 2, ({ rows }) => rows.filter(({ k }) => k > 0).some((r) => rows.includes(r))],
  ['toSorted', 'list', 5, ({ list }) => list.toSorted()],
  ['with', 'list', 4, ({ list }) => (list.length > 0 ? list.with(0, 9) : [])],
  ['Object.assign', 'table', 6, ({ table }) => Object.assign({}, table)],
  ['Object.isFrozen of a set', 'names', 1, ({ names }) => Object.isFrozen(names)],
  ...newer('union', 5, (names) => elements(names.union!(new Set(['z'])))),
  ...newer('intersection', 3, (names) => elements(names.intersection!(new Set(['a', 1])))),
  ...newer('difference', 5, (names) => elements(names.difference!(new Set(['z'])))),
  ...newer('isSubsetOf', 2, (names) => names.isSubsetOf!(new Set(['a']))),
  ...newer('isSupersetOf', 2, (names) => names.isSupersetOf!(new Set(['a']))),
  ...newer('isDisjointFrom', 2, (names) => (new Set(['a']) as unknown as Newer).isDisjointFrom!(names)),
]

const PAST = 'past its own methods'
export const REFUSED: readonly (readonly [name: string, field: Field, message: string, use: Use])[] = [
  ['JSON.stringify of a set', 'names', 'JSON.stringify writes a set as {}', ({ names }) => JSON.stringify({ names })],
  ['a saved has', 'names', PAST, ({ names }) => savedHas.call(names, 'b')],
  ['a saved size', 'names', PAST, ({ names }) => savedSize.call(names)],
  ['a saved values', 'names', PAST, ({ names }) => [...savedValues.call(names)]],
  ['Set.prototype.has', 'names', PAST, ({ names }) => Set.prototype.has.call(names, 1)],
  ['a saved inspect', 'list', PAST, ({ list }) => savedInspect(list)],
  ['a saved structuredClone', 'names', PAST, ({ names }) => [...savedClone(names)]],
  ['Object.isFrozen', 'list', 'asks whether a part of the state can be changed', ({ list }) => Object.isFrozen(list)],
]

export const bodyOf = (field: Field, use: Use): Protocol =>
  arena([field], (me) => {
    me.out = use(me)
  })

/** A property for each outcome: that it never comes. */
export const propertyOf = (field: Field, use: Use, outs: readonly string[]): Protocol =>
  arena([field], () => disabled, {
    properties: Object.fromEntries(
      outs.map((out, i) => [
        `outcome${i}`,
        never(out, ({ node: [n] }: { node: readonly Arena[] }) => text(use(n!)) === out),
      ]),
    ),
  })

/** What the use gives on plain values, which no draft stands for. */
export const outcomesOf = (field: Field, use: Use): string[] =>
  STARTS[field]!().map((value) => {
    try {
      return text(use({ [field]: value } as unknown as Arena))
    } catch {
      return 'refused'
    }
  })

export const outcomesIn = (states: readonly State[]): Set<string> => {
  const outs = states.map(([node]) => (node as unknown as Arena).out).filter((out) => out !== 'not run yet')
  return new Set(outs.map(text))
}
