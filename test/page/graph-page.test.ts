/** The page of a state graph in a real browser. Most of it is tried in test/slow/page. */
import { describe, expect, it } from 'vitest'
import { texts, WITHOUT_BROWSER } from './browser.ts'
import { graphPages } from './graph-pages.ts'

describe.skipIf(WITHOUT_BROWSER)('the page of a state graph', () => {
  const { openRing, complaints, opened } = graphPages()

  it('says how large the graph is, what the colours mean and what stands out', { tags: 'slow' }, async () => {
    const page = await openRing()
    expect(await texts(page.locator('header > *'))).toEqual([
      'ring · seats 3Theme: system',
      '6 states, 12 steps, depth 3: all that can be reached',
      '1 strongly connected component of more than one state, the largest of 3; 2 states in which nothing but faults can happen.',
    ])
    expect(await texts(page.locator('.legend li'))).toEqual(['outside holds', 'outside does not hold'])
    expect(await texts(page.locator('.panel h3'))).toEqual([
      'Colours',
      'Hubs: the most neighbours',
      'Bottlenecks: others are reached only through them',
      'Between: on the most shortest paths (betweenness)',
      'Ends: nothing but faults can happen',
    ])
    expect(complaints()).toEqual([])
  })

  it('is walked through from state to state by its steps', async () => {
    const page = await openRing({ hash: '#state-0' })
    expect(await texts(page.locator('.panel h2, .panel h2 + p'))).toEqual([
      'State 0',
      'initial state · the property holds',
    ])
    await page.getByRole('button', { name: 'environment turn → 1' }).click()
    expect(page.url()).toBe(`${opened().url}#state-1`)
    expect(await texts(page.locator('.panel h3'))).toEqual([
      'Found from state 0 by',
      'State, with what differs from the one it was found from',
      'Steps from it: 3',
      'Steps to it: 2',
    ])
    expect(await texts(page.locator('.tree'))).toEqual(['~-1 → 0'])
    await page.getByRole('button', { name: 'Back to the overview' }).click()
    expect(await page.locator('.legend').isVisible()).toBe(true)
  })
})
