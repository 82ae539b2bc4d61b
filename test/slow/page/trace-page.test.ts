/** The page of a trace in a real browser, opened from disk: read, walked through by keys and mouse, filtered, printed. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../specs/index.ts'
import { tracePage } from '../../../src/report/trace-page.ts'
import { readTrace } from '../../../src/trace/trace-file.ts'
import { openFile, texts, WITHOUT_BROWSER } from '../../page/browser.ts'
import { gossipModel, gossipTrace } from '../../page/gossip.ts'
import { REPLAY, selected, stepsShown, trace, tracePages } from '../../page/trace-pages.ts'

describe.skipIf(WITHOUT_BROWSER)('the page of a trace', () => {
  const { open, opened, browser } = tracePages()

  it('draws what clients recorded on a time line, at the end', async () => {
    const recorded = readTrace('counterexamples/cap-register-ap-cut-inconsistent.json')
    const register = (await corpus['cap-register']!.protocol()).instantiate(recorded.parameters, recorded.bugs)
    const html = await tracePage(register, recorded, { replayCommand: REPLAY })
    const { page, complaints } = await openFile(browser(), html, {})
    expect(await page.locator('.timeline').textContent()).toBe('n1  ├─ write(1) ─┤\nn2                ╞═ read() → 0 ═╡')
    await page.keyboard.press('Home')
    expect(await page.locator('.timeline').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('opens at the end, where the violation is', async () => {
    const page = await open()
    expect(await selected(page)).toBe('◆12n1 win')
    expect(await page.locator('.row.selected').isVisible()).toBe(true)
    expect(await texts(page.locator('.panel .did').first().locator('li'))).toEqual([
      'n1 won false → true',
      'winners [] → [{votes 2, who n1}]',
    ])
  })

  it('draws every message to its fate', async () => {
    const page = await open()
    const fates = await page
      .locator('.arrow')
      .evaluateAll((arrows) =>
        arrows.map((arrow) => `#${arrow.getAttribute('data-number')} ${arrow.getAttribute('class')!.split(' ')[1]}`),
      )
    expect(fates).toEqual(['#1 copied', '#1 received', '#2 lost', '#3 lost', '#4 received'])
    expect(await page.locator('line.down').count()).toBe(1)
    expect(await page.locator('line.paused').count()).toBe(1)
    expect(await page.locator('rect.cut title').textContent()).toBe('network cut: n3 | n1, n2')
  })

  it('is walked through by the mouse, and the focus goes along', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'n3 crashes' }).click()
    expect(await page.locator('.panel h2').textContent()).toBe('Step 5 of 12')
    expect(await page.locator('button[aria-current="step"]').getAttribute('data-step')).toBe('5')
    await page.getByRole('button', { name: 'Next' }).click()
    expect(await page.locator('.panel h2').textContent()).toBe('Step 6 of 12')
    await page.locator('.row.step').nth(1).locator('.cell').first().click()
    expect(await page.locator('.panel h2').textContent()).toBe('Step 1 of 12')
    await page.locator('.row.selected .told').focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate('document.activeElement.dataset.step')).toBe('2')
  })

  it('opens at the step that its address names, and follows it', async () => {
    const page = await open({ hash: '#step-7' })
    expect(await selected(page)).toBe('7↻ n3 restarts')
    await page.evaluate("location.hash = '#step-3'")
    await expect.poll(() => page.locator('.row.selected .number').textContent()).toBe('3')
    await page.evaluate("location.hash = '#step-99'") // no such step: it stays
    expect(await page.locator('.row.selected .number').textContent()).toBe('3')
  })

  it('filters by process, message and field, and says what it hides', async () => {
    const page = await open({ hash: '#step-1' })
    await page.getByRole('button', { name: 'n3', exact: true }).click()
    expect(await stepsShown(page)).toEqual(['1', '3', '5', '7'])
    expect(await texts(page.locator('.found'))).toEqual(['4 of 12 steps'])
    expect(await texts(page.locator('.unfold'))).toEqual([
      '⋯ step 0 not shown',
      '⋯ step 2 not shown',
      '⋯ step 4 not shown',
      '⋯ step 6 not shown',
      '⋯ steps 8–12 not shown',
    ])
    await page.keyboard.press('Escape')
    expect(await stepsShown(page)).toHaveLength(13)
    await page.getByRole('button', { name: 'Yes', exact: true }).click()
    expect(await stepsShown(page)).toEqual(['1', '2', '6', '8', '11'])
    await page.locator('.unfold').first().click()
    await page.keyboard.press('/')
    await page.keyboard.type('votes')
    expect(await stepsShown(page)).toEqual(['1', '11'])
    expect(await texts(page.locator('.line.asked'))).toEqual(['votes {} → {n1}', 'votes + n2'])
    await page.keyboard.press('Escape')
    await page.locator('header').click() // out of the field
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '11 steps that matter' }).click()
    expect(await stepsShown(page)).toEqual(['1', '2', '3', '4', '5', '6', '8', '9', '10', '11', '12'])
    expect(opened().complaints).toEqual([])
  })

  it('draws a loop as a loop, and walks round it', async () => {
    const page = await open({}, { ...trace, loop: 6 })
    expect(await texts(page.locator('.row.loop, .row.end'))).toEqual([
      '↻ steps 7–12 repeat for ever',
      '↻ and on with step 7, for ever',
    ])
    expect(await page.locator('.loop-line').count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.panel h2').textContent()).toBe('Step 7 of 12')
  })

  it('says of an execution that stops for ever that it does', async () => {
    const page = await open({}, { ...trace, loop: 12 })
    expect(await texts(page.locator('.row.end'))).toEqual(['✗ for ever: winners.length = 1'])
    expect(await page.locator('.loop-label').textContent()).toBe('■ for ever')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('.panel h2').textContent()).toBe('Step 12 of 12')
  })

  it('is dark or light as the system is, until told otherwise', async () => {
    const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const [dark, light] = ['rgb(21, 24, 29)', 'rgb(255, 255, 255)']
    expect(await ground(await open())).toBe(light)
    const page = await open({ dark: true })
    expect(await ground(page)).toBe(dark)
    await page.getByRole('button', { name: /^Theme/ }).click()
    expect(await ground(page)).toBe(light)
    await page.getByRole('button', { name: /^Theme/ }).click()
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await ground(page)).toBe(dark)
  })

  it('prints all steps, in light colours, without what cannot be pressed on paper', async () => {
    const page = await open({ dark: true })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    expect(await page.locator('.filters').isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Copy the command' }).isVisible()).toBe(false)
    expect(await page.locator('.row.step').count()).toBe(13)
    expect(await page.evaluate("getComputedStyle(document.querySelector('.diagram')).overflow")).toBe('visible')
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
  })

  it('copies the command', async () => {
    const page = await open()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy the command' }).click()
    await expect.poll(() => page.locator('.copy').textContent()).toBe('Copied')
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(REPLAY)
  })

  it('has a name for everything that can be pressed', async () => {
    const page = await open()
    const nameless = await page
      .locator('button, input, a')
      .evaluateAll((all) => all.filter((one) => one.textContent === '' && one.id !== 'field').length)
    expect(nameless).toBe(0)
    expect(await page.getByLabel('Field').count()).toBe(1)
    expect(await page.locator('button.told[tabindex="0"]').count()).toBe(1)
    expect(await page.locator('svg.lines').getAttribute('aria-hidden')).toBe('true')
  })

  it('says when the protocol has changed, and shows no state that it does not know', async () => {
    const steps = trace.steps.map((step, i) => (i === 7 ? { ...step, hash: '0123456789abcdef' } : step))
    const page = await open({}, { ...trace, steps })
    expect(await texts(page.locator('.changed').first())).toEqual([
      `Diverged: the protocol has changed since the trace was saved. Step 8: expected the state with hash 0123456789abcdef; found the hash ${trace.steps[7]!.hash}.`,
    ])
    expect(await texts(page.locator('.state p'))).toEqual([
      'Not known: the protocol has changed since the trace was saved.',
    ])
    await page.getByRole('button', { name: 'n3 restarts' }).click()
    expect(await page.locator('.state p').count()).toBe(0)
  })

  it('is usable with 300 steps of 20 processes', async () => {
    const big = gossipModel()
    const html = await tracePage(big, gossipTrace(big, 300), { replayCommand: REPLAY })
    expect(html.length).toBeLessThan(1_000_000)
    const { page, complaints } = await openFile(browser(), html)
    expect(await page.locator('.row.step').count()).toBe(301)
    expect(await page.locator('.lane-name').count()).toBe(21)
    const isInSight = async () => {
      const cell = await page.locator('.row.selected .cell').first().boundingBox()
      const frame = (await page.locator('.diagram').boundingBox())!
      return (
        cell !== null && cell.x > frame.x + 270 && cell.x < frame.x + frame.width && cell.y < frame.y + frame.height
      )
    }
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('ArrowUp')
      expect(await isInSight()).toBe(true)
    }
    expect(await page.locator('.panel h2').textContent()).toBe('Step 288 of 300')
    await page.getByRole('button', { name: 'Fit all lanes' }).click()
    const fits = await page.evaluate(
      "document.querySelector('.diagram').scrollWidth <= document.querySelector('.diagram').clientWidth",
    )
    expect(fits).toBe(true)
    expect(complaints).toEqual([])
  })

  describe('on a telephone', () => {
    const topOf = async (page: Page, part: string) => (await page.locator(part).first().boundingBox())!.y
    const scrolled = (page: Page) => page.evaluate('scrollY')

    it('is a list of steps that starts with the verdict', async () => {
      const page = await open({ width: 390 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      expect(await scrolled(page)).toBe(0)
      const tops = [await topOf(page, 'h1'), await topOf(page, '.settings'), await topOf(page, '.row')]
      expect(tops).toEqual(tops.toSorted((a, b) => a - b))
      expect(tops[0]).toBeLessThan(20)
      expect(await page.locator('.diagram svg').count()).toBe(0)
      expect(await page.locator('.lane-names').isVisible()).toBe(false)
      expect(await texts(page.locator('.row .told'))).toHaveLength(13)
      expect(await texts(page.locator('.row').nth(2).locator('.happened'))).toEqual([
        'n2#1 Ask received, a copyvotedFor null → n1#3 Yes to n1',
      ])
      expect(await texts(page.locator('.row').last())).toEqual(['✗ winners.length = 1'])
      expect(opened().complaints).toEqual([])
    })

    it('shows all words, one step below the other', async () => {
      const page = await open({ width: 390 })
      const boxes = await page.locator('.row').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect()))
      for (const [i, { top }] of boxes.entries()) if (i > 0) expect(top).toBeGreaterThanOrEqual(boxes[i - 1]!.bottom)
      const isCut = await page.locator('.row *').evaluateAll((parts) => parts.some((part) => part.scrollWidth > 390))
      expect(isCut).toBe(false)
    })

    it('keeps the step that is chosen, and what it did, in sight', async () => {
      const page = await open({ width: 390 })
      await page.locator('.told').nth(6).click()
      expect(await selected(page)).toBe('◆6n2 receives #1 Ask{reason 因为我最好} from n1')
      for (const key of ['ArrowDown', 'ArrowDown', 'Home']) {
        await page.keyboard.press(key)
        const row = (await page.locator('.row.selected').boundingBox())!
        const panel = (await page.locator('.panel').boundingBox())!
        expect(row.y).toBeGreaterThanOrEqual(0)
        expect(row.y + row.height).toBeLessThanOrEqual(panel.y + 1)
        expect(panel.y + panel.height).toBeLessThanOrEqual(901)
      }
    })

    it('opens a link to a step there', async () => {
      const page = await open({ width: 390, hash: '#step-9' })
      await expect.poll(() => scrolled(page)).toBeGreaterThan(0)
      expect(await page.locator('.row.selected').getAttribute('class')).toContain('step')
    })

    it('has lanes again where there is room', async () => {
      const page = await open({ width: 390 })
      await page.setViewportSize({ width: 1280, height: 900 })
      await expect.poll(() => page.locator('.diagram svg').count()).toBe(1)
      expect(await page.locator('.lane-name').count()).toBe(4)
      await page.setViewportSize({ width: 390, height: 900 })
      await expect.poll(() => page.locator('.diagram svg').count()).toBe(0)
    })
  })
})
