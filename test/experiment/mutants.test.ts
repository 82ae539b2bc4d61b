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
  [
    'const is = at !== (a ? b : c)',
    [
      'flip comparison: const is = at === (a ? b : c)',
      'drop condition: const is = at !== (b)',
      'drop condition: const is = at !== (c)',
    ],
  ],
  [
    'const all = a && (b || c)',
    [
      'drop operand: const all = (b || c)',
      'drop operand: const all = a',
      'drop operand: const all = a && (c)',
      'drop operand: const all = a && (b)',
    ],
  ],
  ["const peer = choose('peer', peers)", ["first choice: const peer = choose('peer', [...peers].slice(0, 1))"]],
  ["const one = choose('one', [1])", []],
  ['const both = a && b', ['drop operand: const both = b', 'drop operand: const both = a']],
  ['me.log = []', ['forget to clear:']],
  ['me.votes.add(from)', ['drop change:']],
  ['send(from, { type: "Ack" })', ['drop send:']],
  ['send(peers, { type: "Ack" })', ['drop send:', 'send to one: send([peers].flat().slice(0, 1), { type: "Ack" })']],
  ['const c = Math.min(a, b)', ['drop bound: const c = a', 'drop bound: const c = b']],
  ['const c = Math.max(a, ...b)', ['drop bound: const c = a', 'drop bound: const c = Math.max(...b)']],
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
  ['const d = { view: ({ n }) => n + 1 }', []],
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

it('sends messages that lack something', () => {
  const messages =
    '{ Vote: { term: z.int(), ok: z.boolean(), log: z.array(z.int()), by: z.string() }, Ack: { at: z.int().nullable() } }'
  const text = `declare({ messages: ${messages} })
one({ type: 'Vote', term, ok: a || b, log: [], by: self })
two({ type: 'Ack', at: me.at })
three({ type: 'Other', term: 1 })`
  expect(
    found(text)
      .mutants.filter(({ operator }) => operator === 'empty field')
      .map(({ after }) => after),
  ).toEqual([
    ["one({ type: 'Vote', term: 0, ok: a || b, log: [], by: self })"],
    ["one({ type: 'Vote', term, ok: !(a || b), log: [], by: self })"],
    ["two({ type: 'Ack', at: null })"],
  ])
  expect(found('declare({ messages: { A: { n: z.int() } } })\nsend({ type: "A", n })').text).toContain(
    'n: ($mutant(4) ? (0) : (n))',
  )
})

it('knows what only keeps books for the properties', () => {
  const roles = '{ s: { durable: { seen: z.set(z.int()) }, volatile: { n: z.int() } } }'
  const body = `me.n += 1; me.seen.add(me.n); if (me.n > 1) shared.most = me.n; shared.count++; if (shared.count > 2) return`
  const text = `declare({ roles: ${roles}, // for the properties only
  shared: {
    // For the properties only: how many there were
    // at most.
    most: z.int(),

    count: z.int() } })
const d = { actions: { s: { go(me, { shared }) { ${body} } } }, properties: { p: always('', ({ s, shared }) => s.seen.size < shared.most) } }`
  const { mutants } = found(text)
  const told = mutants.map(({ operator, isOfProperty }) => `${operator}${isOfProperty ? ' of a property' : ''}`)
  expect(told.slice(1)).toEqual([
    'durable as volatile of a property',
    'drop action',
    'drop assignment',
    'drop change of a property',
    'drop condition of a property',
    'off by one of a property',
    'drop assignment of a property',
    'drop assignment',
    'drop guard',
    'off by one',
    'drop property of a property',
  ])
})

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

it('takes an argument for what it names, and refuses one that could be about several', () => {
  const line = 'const f = () => { if (me.n === 0) return }'
  const argued = (operators: string) => {
    const { mutants, idle } = found(`// mutate: equivalent${operators}, because of it\n${line}`)
    return [mutants.filter(({ argument }) => argument === 'of it').map(({ operator }) => operator), idle.length]
  }
  expect(found(line).mutants.map(({ operator }) => operator)).toEqual(['drop guard', 'flip comparison'])
  expect(argued(' (drop guard)')).toEqual([['drop guard'], 0])
  expect(argued(' (drop guard, flip comparison)')).toEqual([['drop guard', 'flip comparison'], 0])
  expect(argued(' (drop guard, drop send)')).toEqual([['drop guard'], 1])
  expect(() => argued('')).toThrow(
    ':2 has mutants of several kinds, and what is argued there does not say of which; write those that it is about: ' +
      'mutate: equivalent (drop guard, flip comparison), because ...',
  )
})

it('refuses what is no TypeScript', () => expect(() => found('const = 1')).toThrow('cannot be read as TypeScript'))
