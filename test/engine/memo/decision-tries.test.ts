/** Decision tries: whatever order runs are learnt in, every state finds the leaf of the run that answers like it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answers, CONTRADICTION, DecisionTries } from '../../../src/engine/memo/decision-tries.ts'
import type { Choice, Segment } from '../../../src/engine/values/observations.ts'
import type { Observation } from '../../../src/engine/values/spot.ts'

/** A state of four cells; the question `n` of a cell is its value modulo n. */
type Cells = readonly number[]

const ask = (cell: number, modulus: number): Observation => ({
  cell,
  component: cell,
  question: { ask: 'at', place: [modulus] },
})

const answersOf = (cells: Cells): Answers<Observation> => ({
  probeOf: ({ question }) => question.place[0] as number,
  answer: (probe, cell) => cells[cell]! % probe,
  cellOf: ({ cell }) => cell,
})

/** A pure program: what it asks depends on what it was told. */
type Program =
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'ask'; readonly cell: number; readonly modulus: number; readonly answers: readonly Program[] }
  | { readonly kind: 'choose'; readonly options: readonly Program[] }

interface Run {
  readonly segments: readonly Segment<Observation>[]
  readonly leaf: number
}

function run(program: Program, cells: Cells, taken: readonly number[]): Run {
  const segments: Segment<Observation>[] = []
  let asked: Observation[] = []
  let made = 0
  let at = program
  while (at.kind !== 'leaf') {
    if (at.kind === 'ask') {
      const { cell, modulus } = at
      if (!asked.some((other) => other.cell === cell && other.question.place[0] === modulus))
        asked.push(ask(cell, modulus))
      at = at.answers[cells[cell]! % modulus]!
    } else {
      const option = taken[made++]! % at.options.length
      const choice: Choice = { kind: 'choose', name: `c${made}`, options: at.options.map((_, i) => i), taken: option }
      segments.push({ observations: asked, choice })
      asked = []
      at = at.options[option]!
    }
  }
  return { segments: [...segments, { observations: asked, choice: undefined }], leaf: at.leaf }
}

/** Where a walk by the answers of the cells ends: a leaf, or 0 for nothing known. */
function walk(tries: DecisionTries, root: number, cells: Cells, taken: readonly number[]): number {
  let node = root
  let branch = 0
  let made = 0
  for (;;) {
    const child = tries.child(node, branch)
    if (child <= 0) return child
    node = child
    branch =
      tries.pool[child]! < 0
        ? taken[made++]! % tries.pool[child + 3]!
        : cells[tries.pool[child]!]! % tries.pool[child + 1]!
  }
}

const { program } = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.oneof(
    { maxDepth: 5 },
    fc.record({ kind: fc.constant('leaf' as const), leaf: fc.nat(9) }),
    fc.integer({ min: 2, max: 4 }).chain((modulus) =>
      fc.record({
        kind: fc.constant('ask' as const),
        cell: fc.nat(3),
        modulus: fc.constant(modulus),
        answers: fc.array(tie('program'), { minLength: modulus, maxLength: modulus }),
      }),
    ),
    fc.record({
      kind: fc.constant('choose' as const),
      options: fc.array(tie('program'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}))

const situation = fc.record({
  cells: fc.array(fc.nat(11), { minLength: 4, maxLength: 4 }),
  taken: fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
})

it('a walk ends at what a run would do, or where nothing was learnt; never anywhere else', () => {
  fc.assert(
    fc.property(
      program,
      fc.array(situation, { maxLength: 30 }),
      fc.array(situation, { maxLength: 30 }),
      (body, lessons, exam) => {
        const tries = new DecisionTries()
        const root = tries.addRoot()
        const leaves: number[] = []
        for (const { cells, taken } of lessons) {
          const { segments, leaf } = run(body, cells, taken)
          const learnt = tries.insert(root, segments, answersOf(cells), () => leaves.push(leaf) - 1)
          expect(leaves[learnt as number]).toBe(leaf)
          expect(leaves[-1 - walk(tries, root, cells, taken)]).toBe(leaf)
        }
        for (const { cells, taken } of [...lessons, ...exam]) {
          const end = walk(tries, root, cells, taken)
          if (end !== 0) expect(leaves[-1 - end]).toBe(run(body, cells, taken).leaf)
        }
        for (const { cells, taken } of lessons) expect(walk(tries, root, cells, taken)).toBeLessThan(0)
      },
    ),
    { numRuns: 500, seed: 1 },
  )
})

describe('a trie of one rule', () => {
  const learn = (runs: readonly [Cells, readonly Segment<Observation>[]][]) => {
    const tries = new DecisionTries()
    const root = tries.addRoot()
    let leaf = 0
    return runs.map(([cells, segments]) => tries.insert(root, segments, answersOf(cells), () => leaf++))
  }
  const end = (...observations: Observation[]): Segment<Observation> => ({ observations, choice: undefined })
  const choose = (options: number, taken: number, ...observations: Observation[]): Segment<Observation> => ({
    observations,
    choice: { kind: 'choose', name: 'c', options: Array.from({ length: options }, (_, i) => i), taken },
  })
  const receive = (channel: number, taken: number | undefined): Segment<Observation> => ({
    observations: [],
    choice: { kind: 'receive', channel, taken },
  })

  it('keeps one leaf for equal answers, whatever the order of the questions', () => {
    const runs: [Cells, Segment<Observation>[]][] = [
      [[1, 2], [end(ask(0, 2), ask(1, 3))]],
      [[3, 5], [end(ask(1, 3), ask(0, 2))]],
      [[2, 5], [end(ask(1, 3), ask(0, 2))]],
    ]
    expect(learn(runs)).toEqual([0, 0, 1])
  })

  it('gives room for branches far apart', () => {
    const runs = [0, 999, 5, 100_000].map((value): [Cells, Segment<Observation>[]] => [[value], [end(ask(0, 1 << 20))]])
    expect(learn([...runs, ...runs])).toEqual([0, 1, 2, 3, 0, 1, 2, 3])
  })

  it('takes little more room than it has children, however far apart they are, and finds each of them', () => {
    const tries = new DecisionTries()
    const root = tries.addRoot()
    const values = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 1_000_003)
    const insert = (value: number, leaf: () => number) =>
      tries.insert(root, [end(ask(0, 1 << 20), ask(1, 1 << 20))], answersOf([value, value]), leaf)
    expect(values.map((value, i) => insert(value, () => i))).toEqual(values.map((_, i) => i))
    expect(values.map((value) => insert(value, () => -1))).toEqual(values.map((_, i) => i))
    expect(values.map((value) => -1 - walk(tries, root, [value, value], []))).toEqual(values.map((_, i) => i))
    expect(tries.cells).toBeLessThan(40 * values.length)
  })

  it('comes back to children in order where gaps are filled', () => {
    const tries = new DecisionTries()
    const root = tries.addRoot()
    const order = Array.from({ length: 1000 }, (_, i) => (i * 367) % 1000) // far apart at first, every one in the end
    for (const value of order) tries.insert(root, [end(ask(0, 1 << 20))], answersOf([value]), () => value)
    expect(order.map((value) => -1 - walk(tries, root, [value], []))).toEqual(order)
    const node = tries.child(root, 0)
    expect(tries.pool[node + 3]).toBeGreaterThanOrEqual(1000)
  })

  it('tells options and messages apart, and remembers an empty channel without a leaf', () => {
    expect(
      learn([
        [[0], [choose(3, 2), end()]],
        [[0], [choose(3, 0), end()]],
        [[0], [choose(3, 2), end()]],
      ]),
    ).toEqual([0, 1, 0])
    expect(
      learn([
        [[0], [receive(4, undefined)]],
        [[0], [receive(4, 70), end()]],
        [[0], [receive(4, 7), end()]],
      ]),
    ).toEqual([undefined, 0, 1])
  })

  it.each<[string, readonly Segment<Observation>[], readonly Segment<Observation>[]]>([
    ['ends where it chose', [choose(2, 0), end()], [end()]],
    ['chooses where it ended', [end()], [choose(2, 0), end()]],
    ['has fewer options', [choose(2, 0), end()], [choose(1, 0), end()]],
    ['receives where it chose', [choose(2, 0), end()], [receive(0, 0), end()]],
    ['receives from another channel', [receive(0, 0), end()], [receive(1, 0), end()]],
    ['asks more before it ends', [end(ask(0, 2))], [end(ask(0, 2), ask(1, 2))]],
    ['asks more before it chooses', [choose(2, 0), end()], [choose(2, 0, ask(0, 2)), end()]],
  ])('a run with equal answers that %s is a contradiction', (_, first, second) => {
    expect(
      learn([
        [[0, 0], first],
        [[0, 0], second],
      ]).at(-1),
    ).toBe(CONTRADICTION)
  })
})
