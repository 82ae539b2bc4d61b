/** A sample of every search is repeated in a fresh instance of the protocol, from its end. */
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { FreshInstance } from '../../../src/engine/fresh/fresh-instance.ts'
import { sampleOf } from '../../../src/engine/fresh/sample.ts'
import type { Model } from '../../../src/model.ts'
import { exhausted } from '../agree.ts'
import { threadEntry } from '../parallel/thread-entry.ts'
import { caching, FLAWS, flawed, growing, throwingLater } from './models.ts'

const MODELS = new URL('./models.ts', import.meta.url)

const sourceOf = (make: string, given: readonly unknown[]) => ({
  entry: threadEntry(MODELS),
  source: { make, given, part: 'repeat' },
})

const withFresh = (model: Model, make: string, given: readonly unknown[] = []) =>
  explore(model, { keepGoing: true, fresh: sourceOf(make, given) })

const WHERE = 'in a fresh instance of the module, where other runs came before, it'

describe('what settles outside of the state', () => {
  it.each(Object.keys(FLAWS) as (keyof typeof FLAWS)[])('%s: is not noticed without', async (flaw) => {
    expect((await explore(flawed(flaw), { keepGoing: true })).broken?.error.message).toBe(undefined)
  })

  it.each([
    ['whoeverComesFirst', /^n\d go is not pure/],
    ['thePlaceInTheOrder', /^n\d go is not pure/],
    ['aGlobalVariable', /^n\d go is not pure/],
    ['whatAChoiceOffers', /^n\d go is not pure/],
    ['aStartThatRemembers', /^start is not pure/],
    ['aPredicateThatRemembers', /^property asked is not pure/],
    ['aViewThatRemembers', /^the view is not pure/],
  ] as const)('%s: is noticed', async (flaw, who) => {
    const { broken } = await withFresh(flawed(flaw), 'flawed', [flaw])
    expect(broken?.error.code).toBe('impure')
    expect(broken?.error.message).toMatch(who)
    expect(broken?.error.message).toContain(`${WHERE} does something else; keep what one run leaves for another`)
  })

  it('a definition is noticed that gives another model the next time', async () => {
    growing()
    const { broken } = await withFresh(growing(), 'growing')
    expect(broken?.error.message).toContain(`the definition of settling is not pure: ${WHERE} gives another model`)
  })
})

it('says nothing of a protocol that is pure, whatever it caches', async () => {
  const { broken, verdict, stop } = await withFresh(caching(), 'caching')
  expect({ error: broken?.error.message, verdict, unrepeated: stop.unrepeated }).toEqual({ verdict: 'holds' })
})

it('does not ask a predicate where it throws: the search knew its answer, and did not ask', async () => {
  const { broken, verdict, stop } = await withFresh(throwingLater(), 'throwingLater')
  expect({ error: broken?.error.message, verdict, unrepeated: stop.unrepeated }).toEqual({ verdict: 'holds' })
})

it('has repeated nothing where there was no time', async () => {
  const fresh = new FreshInstance(caching(), sourceOf('caching', []))
  const search = exhausted(caching())
  expect(await fresh.repeats(sampleOf(search), { until: 0, signal: undefined })).toBe(false)
  await fresh.dismiss()
})

it('counts what nobody repeated, for the thread has failed', async () => {
  const { stop } = await withFresh(caching(), 'nothing')
  expect(stop.unrepeated).toBeGreaterThan(0)
})
