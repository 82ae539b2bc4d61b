/** Attacks on whoever reads the page of a trace: the page is opened in a browser with each. */
import { describe, expect, it } from 'vitest'
import { tracePage } from '../../src/report/trace-page.ts'
import { browserForTests, openFile, WITHOUT_BROWSER } from '../page/browser.ts'
import { hostile, MARKUP } from '../report/hostile.ts'

describe.skipIf(WITHOUT_BROWSER)('in a browser', () => {
  const browser = browserForTests()

  it.each(MARKUP)('%j is text of the page: nothing runs, nothing is asked for', async (attack) => {
    const { model, trace } = hostile(attack)
    const { page, complaints } = await openFile(browser(), await tracePage(model, trace, { replayCommand: attack }))
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
    expect(await page.locator('img, iframe, a[href^="javascript"], body svg script').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })
})
