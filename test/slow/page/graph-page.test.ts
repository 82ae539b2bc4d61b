/** The page of a state graph in a real browser: searched, walked through, expanded, collapsed. */
import { describe, expect, it } from 'vitest'
import { walk } from '../../../src/judge/walk.ts'
import { openFile, texts, WITHOUT_BROWSER } from '../../page/browser.ts'
import { graphPages, pageOf, ring } from '../../page/graph-pages.ts'
import { eventfulModel, eventfulTrace } from '../../report/eventful-trace.ts'

describe.skipIf(WITHOUT_BROWSER)('the page of a state graph', () => {
  const { open, openRing, complaints, browser } = graphPages()

  it('finds states, and shows no more of them than asked for', async () => {
    const page = await open(pageOf(eventfulModel(), { by: 'depth' }, [], 60))
    await page.keyboard.press('/')
    await page.keyboard.type('n1.votedFor n1, n2.health down')
    expect(await texts(page.locator('.found, .panel h3:first-child'))).toEqual(['5 of 60 states found', 'Found: 5'])
    const listed = (await texts(page.locator('.panel .state-link'))).slice(0, 2)
    for (const text of listed) expect(text).toContain('n1.votedFor n1')
    await page.locator('.panel .state-link').first().click()
    const facts = await page.locator('.panel details', { hasText: 'n2' }).first().textContent()
    expect(facts).toContain('health')
    await page.keyboard.press('Escape')
    expect(await texts(page.locator('.found'))).toEqual([''])
    expect(complaints()).toEqual([])
  })

  it('expands the neighbours of a state, and theirs', async () => {
    const page = await openRing({ hash: '#state-0' })
    const told: string[] = []
    for (let i = 0; i < 3; i++) {
      await page.getByRole('button', { name: 'Expand neighbours' }).click()
      told.push((await page.locator('.found').textContent())!)
    }
    expect(told).toEqual(['4 of 6 states shown', '6 of 6 states shown', '6 of 6 states shown'])
    await page.getByRole('button', { name: 'Show all' }).click()
    expect(await texts(page.locator('.found'))).toEqual([''])
  })

  it('tells the state under the mouse, with what differs from the one before', async () => {
    const page = await openRing({ hash: '#state-1' })
    const frame = (await page.locator('.frame').boundingBox())!
    await page.waitForTimeout(600) // until the camera stands still over the selected state
    await page.mouse.move(frame.x + frame.width / 2 - 40, frame.y + frame.height / 2 - 40)
    await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2)
    await page.locator('.card').waitFor()
    expect(await texts(page.locator('.card'))).toEqual([
      'State 1 · depth 1 · the property holdsenvironment turnat -1 → 0',
    ])
    expect(complaints()).toEqual([])
  })

  it('collapses what leads back to itself, and lays out by forces', async () => {
    const page = await openRing({ hash: '#state-1' })
    const collapse = page.getByRole('button', { name: 'Collapse cycles' })
    await collapse.click()
    expect(await collapse.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('button', { name: 'Layout by forces' }).click()
    await page.getByRole('button', { name: /^environment leave \(exit 1\) →/ }).click()
    expect(await page.locator('.panel h2').textContent()).toMatch(/^State \d$/)
    expect(complaints()).toEqual([])
  })

  it('says of a sample that it is one, and marks the path of a trace', async () => {
    const model = eventfulModel()
    const trace = eventfulTrace(model)
    const { states } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
    const page = await open(pageOf(model, { by: 'depth' }, states, 50), { dark: true })
    expect(await page.locator('h1').textContent()).toMatch(/^a sample: \d+ states, \d+ steps, depth 12$/)
    await page.keyboard.press('/')
    await page.keyboard.type('n1.won true')
    await page.locator('.panel .state-link').first().click()
    expect(await page.locator('.panel h2 + p').textContent()).toContain('step 12 of the trace')
    expect(complaints()).toEqual([])
  })

  it('says so where there is no WebGL, and the panel tells the same', async () => {
    const before = `const { getContext } = HTMLCanvasElement.prototype
      HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...more)
      }`
    const html = await pageOf(ring, { by: 'property', property: 'outside' }, [], 100)
    const { page, complaints } = await openFile(browser(), html, { hash: '#state-1', before })
    expect(await texts(page.locator('.stage'))).toEqual([
      'The picture needs WebGL, and this browser has none, or has it turned off. The panel tells the same, state by state.',
    ])
    expect((await texts(page.locator('.panel')))[0]).toContain('State 1')
    expect(complaints).toEqual([])
  })

  it('holds thousands of states', async () => {
    const page = await open(pageOf(eventfulModel(4), { by: 'depth' }, [], 3000))
    expect(await page.locator('h1').textContent()).toMatch(/^a sample: 3,000 states/)
    await page.locator('.panel .state-link').first().click()
    expect(await page.locator('.panel h2').count()).toBe(1)
    expect(complaints()).toEqual([])
  })
})
