/** Which mutants a text has, and what it is with their switches in it. */
import { expect, it } from 'vitest'
import { findMutants } from '../../src/experiment/mutate/find-mutants.ts'

const found = (text: string) => findMutants('/lock.ts', text)
const told = (text: string) =>
  found(text).mutants.map(({ operator, after }) => `${operator}: ${after.join(' ').trim()}`.trim())

it.each<[text: string, mutants: string[]]>([
  [
    'const f = () => { if (me.at !== 0) return }',
    [
      'drop guard: const f = () => { if (false) return }',
      'flip comparison: const f = () => { if (me.at === 0) return }',
    ],
  ],
  ['if (x) me.n += 1', ['drop condition: if (true) me.n += 1', 'drop assignment: if (x)']],
  ['const enough = votes > n / 2', ['off by one: const enough = votes >= n / 2']],
  ['const quorum = Math.floor(n / 2) + 1', ['off by one: const quorum = Math.floor(n / 2)']],
  ['const both = a && b', ['drop operand: const both = b', 'drop operand: const both = a']],
  ['me.log = []', ['forget to clear:']],
  ['me.votes.add(from)', ['drop change:']],
  ['send(from, { type: "Ack" })', ['drop send:']],
  ['send(peers, { type: "Ack" })', ['drop send:', 'send to one: send([peers].flat().slice(0, 1), { type: "Ack" })']],
  ['const c = Math.min(a, b)', ['drop bound: const c = a', 'drop bound: const c = b']],
  ['const all = peers.every(f)', ['one instead of all: const all = peers.some(f)']],
  ['const up = peers.filter(f)', ['drop filter: const up = peers']],
  [
    'const d = declare({ roles: { s: { durable: { n: 1 }, volatile: { m: 2 } } } })',
    ['durable as volatile: const d = declare({ roles: { s: { durable: {  }, volatile: { n: 1, m: 2 } } } })'],
  ],
  ['const d = { receive: { s: { Ack() {} } } }', ['skip handler: const d = { receive: { s: { Ack() { return} } } }']],
  [
    'const d = { actions: { s: { go() {} } } }',
    ['drop action: const d = { actions: { s: { go() { return disabled} } } }'],
  ],
  ['const d = { constraint: { "few": ({ n }) => n < 3 } }', []],
  [
    'const d = { actions: { s: { go: losses > 0 && ((me) => { me.n = 1 }) } } }',
    [
      'drop action: const d = { actions: { s: { go: losses > 0 && ((me) => { return disabled me.n = 1 }) } } }',
      'drop assignment: const d = { actions: { s: { go: losses > 0 && ((me) => {  }) } } }',
    ],
  ],
  [
    "const d = { properties: { p: always('', (s) => a(s) && b(s)) } }",
    [
      'drop property: const d = { properties: {  } }',
      "drop conjunct: const d = { properties: { p: always('', (s) => b(s)) } }",
      "drop conjunct: const d = { properties: { p: always('', (s) => a(s)) } }",
    ],
  ],
])('%s', (text, mutants) => expect(told(text)).toEqual(mutants))

it('leaves alone what a seeded bug does', () => {
  const body = 'if (bug.forget) me.n = 0; if (me.n > 1 && !bug.late) return'
  const text = `export default protocol({}, ({}, bug) => { ${body} })`
  expect(found(text).mutants.map(({ operator }) => operator)).toEqual(['drop guard', 'drop operand', 'off by one'])
})

it('puts each behind a switch, and keeps lines where they are', () => {
  expect(found('me.n = 1\nsend(from, m)').text).toBe(
    "const $mutant = globalThis[Symbol.for('splitbrain.mutants')](import.meta.url); " +
      'void ($mutant(1) ? 0 : (me.n = 1))\nvoid ($mutant(2) ? 0 : (send(from, m)))',
  )
})

it('lists what is argued away, and arguments for nothing', () => {
  const text =
    '// mutate: equivalent, because nobody\n// looks at it\nme.n = 1\nme.m = 1 // mutate: equivalent, because of it'
  const { mutants, idle } = found(text)
  expect(mutants.map(({ argument }) => argument)).toEqual(['nobody looks at it', 'of it'])
  expect(idle).toEqual([])
  expect(found(`// mutate: equivalent (drop send), because of it\nme.n = 1`).idle).toHaveLength(1)
})

it('refuses what is no TypeScript', () => expect(() => found('const = 1')).toThrow('cannot be read as TypeScript'))
