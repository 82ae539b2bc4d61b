/** Steps of a batch, against those that each of its states takes alone. */
import { describe, expect, it } from 'vitest'
import plain from '../../../specs/two-phase-commit/plain.ts'
import commit from '../../../specs/two-phase-commit/two-phase-commit.ts'
import { Queue } from '../../../src/engine/frontier.ts'
import { Search } from '../../../src/engine/search.ts'
import { halvesAfter } from '../../../src/engine/steps/target-of.ts'
import { TUNING } from '../../../src/engine/tuning.ts'
import type { Model } from '../../../src/model.ts'
import { agree } from '../agree.ts'
import { counting } from './counting.ts'

/** Runs a search, and looks at every batch. How many states it finds. */
function watched(model: Model, tuning: Partial<typeof TUNING>): number {
  const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: true, tuning: { ...TUNING, ...tuning } }
  const search = new Search(model, new Queue(), [], options)
  const { batch } = search
  const fold = batch.fold.bind(batch)
  batch.fold = () => {
    fold()
    const { visited } = search.store
    for (const [i, all] of targetsByState(batch).entries()) {
      const state = batch.parents.idOf(i)
      const own = `${visited.leftOf(state)},${visited.rightOf(state)}`
      const isOther = (target: string) => target !== own // a step that changes nothing need not be gathered
      const targets = all.filter(isOther).sort()
      const alone = targetsAlone(search, state).filter(isOther).sort()
      if (targets.join(' ') !== alone.join(' ')) expect(targets).toEqual(alone)
    }
  }
  while (search.advance() === 'more');
  return search.distinct
}

/** Of each state of the batch, where its steps lead. */
function targetsByState({ steps, size }: Search['batch']): string[][] {
  const { count, from, left, right } = steps
  const targets: string[][] = Array.from({ length: size }, () => [])
  for (let step = 0; step < count; step++) targets[from[step]!]!.push(`${left[step]},${right[step]}`)
  return targets
}

/** Where a state's own steps lead. */
function targetsAlone(search: Search, state: number): string[] {
  const targets: string[] = []
  search.store.load(state)
  search.successors.walk((leaf) => {
    targets.push(halvesAfter(search, leaf).join())
    return false
  })
  return targets
}

describe('every batch leads where its states do', () => {
  const early = { reuse: 1, regroupsAt: 1, regroupGrowth: 1.3 }
  it.each([
    ['as it is', {}],
    ['few together', { batch: 7, ...early }],
    ['many together', { batch: 2000, ...early }],
  ])('two-phase commit, plain, %s', (_, tuning) => {
    expect(watched(plain.instantiate({ rms: 5 }), tuning)).toBe(8832)
  })

  it('two-phase commit with crashes', () => {
    expect(watched(commit.instantiate({ participants: 2, crashes: 1 }), early)).toBe(5829)
  })
})

describe('step properties of a batch', () => {
  it.each([
    ['the first', (before: readonly number[], after: readonly number[]) => after[0] === 4 && before[3] === 4, 9],
  ])('a step of %s', (_, fails, length) => assertAgreed(fails, length))

  it.each([
    ['the last', (before: readonly number[], after: readonly number[]) => after[3] === 4 && before[0] === 4, 9],
    ['none', () => false, undefined],
    ['any', (_: readonly number[], after: readonly number[]) => after.every((count) => count === 3), 12],
  ])('a step of %s', { tags: 'slow' }, (_, fails, length) => assertAgreed(fails, length))

  async function assertAgreed(fails: Parameters<typeof counting>[1], length: number | undefined): Promise<void> {
    const { properties, states } = await agree(counting(4, fails))
    expect(states.length).toBe(865)
    expect(properties.allowed).toMatchObject(
      length === undefined ? { verdict: 'holds' } : { verdict: 'violated', length },
    )
  }
})
