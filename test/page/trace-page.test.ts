/** The page of a trace in a real browser. Most of it is tried in test/slow/page. */
import { describe, expect, it } from 'vitest'
import { tracePage } from '../../src/report/trace-page.ts'
import { texts, WITHOUT_BROWSER } from './browser.ts'
import { model, REPLAY, trace, tracePages } from './trace-pages.ts'

describe.skipIf(WITHOUT_BROWSER)('the page of a trace', () => {
  const { open, opened } = tracePages()

  it('leads with what is violated, who broke it, and the command that shows it again', async () => {
    const page = await open()
    expect(await page.title()).toBe('ballot: noWinner')
    expect(await texts(page.locator('header > *'))).toEqual([
      'ballot · crashes 1 · duplicates 1 · losses 2 · partitions 1 · pauses 1 · voters 3 · with the bug twoVotesTheme: system',
      '✗ Violated (never): somebody has won',
      'winners.length = 1',
      'noWinner is violated after 12 steps. The judge walked these steps again when this page was made, and agrees.',
      `${REPLAY}Copy`,
    ])
    expect(opened().complaints).toEqual([])
  })

  it('marks what changed in the state, down to the field, with signs as well as colours', {
    tags: 'slow',
  }, async () => {
    const page = await open({ hash: '#step-2' })
    const changed = page.locator('details[open]')
    expect(await texts(changed.locator('summary strong'))).toEqual(['n2', 'duplicates'])
    expect(await texts(changed.locator('.tree:not(.same)'))).toEqual(['~votedFor null → n1', '~1 → 0'])
    await page.getByRole('button', { name: 'before' }).click()
    expect(await texts(page.locator('details', { hasText: 'n2' }).first().locator('.tree'))).toContain('votedFor null')
    await page.getByRole('button', { name: 'after' }).click()
    expect(await texts(page.locator('details', { hasText: 'n2' }).first().locator('.tree'))).toContain('votedFor n1')
  })

  it('is walked through by keys', { tags: 'slow' }, async () => {
    const page = await open()
    const after: (string | undefined)[] = []
    for (const key of ['Home', 'ArrowDown', 'j', 'ArrowDown', 'k', 'ArrowUp', 'End', 'ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key)
      after.push((await page.locator('.row.selected .number').textContent())!)
    }
    expect(after).toEqual(['0', '1', '2', '3', '2', '1', '12', '12', '11'])
    expect(page.url()).toBe(`${opened().url}#step-11`)
    expect(opened().complaints).toEqual([])
  })

  it('takes the text of a protocol as text', async () => {
    const evil = '</script><img src=x onerror="document.title=1"><!--'
    const page = await open({}, { ...trace, because: evil, property: { ...trace.property, claim: evil } })
    expect(await texts(page.locator('h1, .because'))).toEqual([`✗ Violated (never): ${evil}`, evil])
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).toBe('ballot: noWinner')
  })
})

it('says what it shows to readers that run no scripts', async () => {
  const html = await tracePage(model, trace, { replayCommand: REPLAY })
  const [, text] = /<noscript><pre>([\s\S]*)<\/pre><\/noscript>/.exec(html)!
  expect(text).toContain('✗ noWinner (never) is violated after 12 steps: somebody has won')
  expect(text!.trimEnd().endsWith(REPLAY)).toBe(true)
  expect(html).not.toMatch(/(src|href)="?https?:/)
})
