/** The fields that written specs have: their kinds, which the grammar knows them by, and their schemas. */

export interface Field {
  readonly name: string
  readonly kind: string
  readonly schema: string
  readonly starts: readonly string[]
}

const TREES = ['seed', '{ x: 1, kid: { y: 0, list: [] }, opt: 0 }']

export const FIELDS: readonly Field[] = [
  { name: 'n', kind: 'int', schema: 'Int', starts: ['0', '1'] },
  { name: 'm', kind: 'int', schema: 'Int', starts: ['0', '2'] },
  { name: 'on', kind: 'bool', schema: 'z.boolean()', starts: ['false', 'true'] },
  { name: 'at', kind: 'mode', schema: 'z.enum(MODES)', starts: ["'idle'"] },
  { name: 'who', kind: 'who', schema: "id('a').nullable()", starts: ['null'] },
  { name: 'log', kind: 'list', schema: 'List', starts: ['[]', '[1, 0]'] },
  { name: 'log2', kind: 'list', schema: 'List', starts: ['[0]', '[]'] },
  { name: 'names', kind: 'names', schema: 'z.set(z.string())', starts: ['new Set()', "new Set(['x'])"] },
  { name: 'names2', kind: 'names', schema: 'z.set(z.string())', starts: ['new Set()'] },
  {
    name: 'votes',
    kind: 'votes',
    schema: 'z.set(z.tuple([z.string(), Int]))',
    starts: ['new Set()', "new Set([['x', 0]])"],
  },
  { name: 'book', kind: 'book', schema: 'z.record(z.string(), Int)', starts: ['{}', "{ y: 1, x: 0, '10': 2 }"] },
  { name: 'shelf', kind: 'shelf', schema: 'z.record(z.string(), Thing)', starts: ['{}', '{ x: { n: 0, l: [1] } }'] },
  { name: 'tree', kind: 'tree', schema: 'Tree', starts: TREES },
  { name: 'tree2', kind: 'tree', schema: 'Tree', starts: TREES },
  { name: 'rows', kind: 'rows', schema: 'z.array(Row)', starts: ['[]', '[{ k: 0, l: [] }, { k: 0, l: [] }]'] },
  { name: 'any', kind: 'any', schema: 'Any', starts: ['null', '0', '[]'] },
]

/** What is before a spec: schemas, constants, and functions as authors write them. */
export const PRELUDE = `'use strict'
const { all, always, alwaysEventually, alwaysEventuallyStep, canAlways, deadlockFree, disabled, equal, eventually } = s
const { eventuallyAlways, every, fails, forEach, id, leadsTo, linearizable, ltl, may, monotonicReads, monotonicWrites } = s
const { never, none, noPair, protocol, queue, readYourWrites, convergent, register, sequentialObject } = s
const { sequentiallyConsistent, some, sometimes, step, tick, when, z } = s
const MODES = ['idle', 'busy', 'done']
const Int = z.int().min(0).max(2)
const List = z.array(Int).max(2)
const Tree = z.strictObject({ x: Int, kid: z.strictObject({ y: Int, list: List }), opt: Int.optional() })
const Thing = z.strictObject({ n: Int, l: List })
const Row = z.strictObject({ k: Int, l: List, by: z.string().optional() })
const Any = z.unknown()
const freeze = (value) => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
  return value
}
const SEED = freeze({ x: 0, kid: { y: 1, list: [0] } })
const seed = () => ({ ...SEED, kid: { ...SEED.kid, list: [...SEED.kid.list] } })
const cap = (n) => (Number.isFinite(n) ? ((Math.trunc(n) % 3) + 3) % 3 : 0)
const trim = (list) => (list.length > 2 ? list.slice(-2) : list)
const push = (list, item) => {
  list.push(item)
  if (list.length > 2) list.shift()
  return list
}
const total = (list) => {
  let sum = 0
  for (const n of list) sum += n
  return sum
}
const firstOver = (list, bound) => {
  for (const [i, n] of list.entries()) if (n > bound) return i
  return -1
}
const countIn = (book) => {
  let count = 0
  for (const key in book) if (Object.hasOwn(book, key) && book[key] > 0) count++
  return count
}
const depthOf = (tree) => (tree === null || typeof tree !== 'object' ? 0 : 1 + Math.max(0, ...Object.values(tree).map(depthOf)))
const best = (rows) => rows.reduce((most, row) => (most === undefined || row.k > most.k ? row : most), undefined)
const fib = (() => {
  const known = new Map()
  const of = (n) => known.get(n) ?? (known.set(n, n < 2 ? n : of(n - 1) + of(n - 2)), known.get(n))
  return of
})()
const kindOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'list' : value instanceof Set ? 'set' : typeof value)
const groupBy = (list, keyOf) => {
  const groups = new Map()
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
class Tally {
  #counts = new Map()
  add(key) {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    return this
  }
  get most() {
    return Math.max(0, ...this.#counts.values())
  }
}
function* pairsOf(list) {
  for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) yield [list[i], list[j]]
}`
