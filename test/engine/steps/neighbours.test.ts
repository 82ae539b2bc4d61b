/** Steps that neighbours take together, against those that each of their states takes alone. */
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

/** Runs a search, and looks at every batch. Counts the steps that stand for one state's, and for those of neighbours. */
function watched(model: Model, tuning: Partial<typeof TUNING>) {
  const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: true, tuning: { ...TUNING, ...tuning } }
  const search = new Search(model, new Queue(), [], options)
  const { batch } = search
  const steps = { alone: 0, keeping: 0, mapped: 0 }
  const fold = batch.fold.bind(batch)
  batch.fold = () => {
    fold()
    const found = targetsByState(search, steps)
    for (const [i, targets] of found.entries()) {
      const alone = targetsAlone(search, i)
      if (targets.size !== alone.size || [...alone].some((target) => !targets.has(target)))
        expect(targets).toEqual(alone)
    }
  }
  while (search.advance() === 'more');
  return { distinct: search.distinct, ...steps }
}

/** Of each state of the batch, which others its steps lead to. */
function targetsByState({ batch, store }: Search, counts: { alone: number; keeping: number; mapped: number }) {
  const { count, from, sources, masks, maps, left, right } = batch.steps
  const targets = Array.from({ length: batch.states }, (_, i) => ownOf(batch, i))
  for (let step = 0; step < count; step++) {
    if (sources[step] === 0) {
      counts.alone++
      targets[from[step]!]!.add(`${left[step]},${right[step]}`)
      continue
    }
    if (maps[step] === 0) counts.keeping++
    else counts.mapped++
    let mask = 0
    batch.eachOfNeighbours(step, (i, minor) => {
      mask |= 1 << (minor & 31)
      targets[i]!.add(store.isTurned ? `${minor},${right[step]}` : `${left[step]},${minor}`)
    })
    if (mask !== masks[step]) expect.unreachable(`step ${step} leads to ${mask}, its mask is ${masks[step]}`)
  }
  return targets
}

function ownOf({ store, left }: Search['batch'], i: number): Set<string> {
  const state = left.ids[i]!
  return new Set([`${store.leftOf(state)},${store.rightOf(state)}`])
}

/** Where a state's own steps lead. */
function targetsAlone(search: Search, i: number): Set<string> {
  const { store, batch } = search
  const state = batch.left.ids[i]!
  const targets = new Set([`${store.leftOf(state)},${store.rightOf(state)}`])
  store.load(state)
  search.successors.walk((leaf) => {
    targets.add(halvesAfter(search, leaf).join())
    return false
  })
  return targets
}

describe('every batch leads where its states do', () => {
  const early = { reuse: 1, regroupsAt: 1, regroupGrowth: 1.3 }
  it.each([
    ['as it is', {}],
    ['few together', { batch: 7, crowd: 2, ...early }],
    ['many together', { batch: 2000, crowd: 2, ...early }],
  ])('two-phase commit, plain, %s', (_, tuning) => {
    const { distinct, ...steps } = watched(plain.instantiate({ rms: 6 }), tuning)
    expect(distinct).toBe(50_816)
    for (const count of Object.values(steps)) expect(count).toBeGreaterThan(500)
  })

  it('two-phase commit with crashes, whose words run along the other half', () => {
    const model = commit.instantiate({ participants: 2, crashes: 1 })
    const { distinct, ...steps } = watched(model, { crowd: 2, ...early })
    expect(distinct).toBe(5829)
    for (const count of Object.values(steps)) expect(count).toBeGreaterThan(500)
  })
})

describe('step properties of neighbours', () => {
  it.each([
    ['of the first', (before: readonly number[], after: readonly number[]) => after[0] === 4 && before[3] === 4, 9],
    ['of the last', (before: readonly number[], after: readonly number[]) => after[3] === 4 && before[0] === 4, 9],
    ['of any', (_: readonly number[], after: readonly number[]) => after.every((count) => count === 3), 12],
    ['of none', () => false, undefined],
  ])('a step %s', async (_, fails, length) => {
    const { properties, states } = await agree(counting(4, fails))
    expect(states.length).toBe(865)
    expect(properties.allowed).toMatchObject(
      length === undefined ? { verdict: 'holds' } : { verdict: 'violated', length },
    )
  })
})
