/** The page of a state graph in a real browser: searched, walked through, expanded, collapsed. */
import type { Browser, Page } from 'playwright-core'
import { disabled, never, protocol, z } from 'splitbrain'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/graph/findings.ts'
import { graphPage } from '../../src/graph/graph-page.ts'
import { type Colouring, portraitOf } from '../../src/graph/portrait.ts'
import { stateGraphOf } from '../../src/graph/state-graph.ts'
import type { Model, State } from '../../src/model.ts'
import { walk } from '../../src/trace/walk.ts'
import { eventfulModel, eventfulTrace } from '../report/eventful-trace.ts'
import { launch, type Opened, type OpenOptions, openFile, texts, WITHOUT_BROWSER } from './browser.ts'

/** Into a ring of three states, and out of it to an end. */
const ring = protocol(
  {
    name: 'ring',
    parameters: { seats: z.int().min(2).max(9).default(3) },
    shared: { at: z.int().default(-1) },
  },
  ({ seats }) => ({
    population: {},
    actions: {
      environment: {
        turn({ shared }) {
          if (shared.at >= seats) return disabled
          shared.at = (shared.at + 1) % seats
        },
        leave({ shared, choose }) {
          if (shared.at >= seats) return disabled
          shared.at = seats + choose('exit', [0, 1])
        },
      },
    },
    properties: { outside: never('somebody left', ({ shared }) => shared.at >= seats) },
  }),
).instantiate({}, [])

describe.skipIf(WITHOUT_BROWSER)('the page of a state graph', () => {
  let browser: Browser
  let opened: Opened

  beforeAll(async () => {
    browser = await launch()
  })
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
  afterAll(() => browser?.close())

  const pageOf = (model: Model, colouring: Colouring, path: readonly State[], most: number) => {
    const graph = stateGraphOf(model, most, path)
    const findings = findingsOf(graph)
    const portrait = portraitOf(model, graph, findings, { colouring, path })
    return graphPage({ model, graph, findings, portrait, colouring }, Object.keys(model.parameters))
  }
  const open = async (html: Promise<string>, options: OpenOptions = {}): Promise<Page> => {
    opened = await openFile(browser, await html, options)
    await opened.page.locator('.frame canvas').first().waitFor()
    return opened.page
  }
  const openRing = (options?: OpenOptions) =>
    open(pageOf(ring, { by: 'property', property: 'outside' }, [], 100), options)
  /** What a driver without a graphics card says of itself is not the page's fault. */
  const complaints = () => opened.complaints.filter((text) => !text.includes('GL Driver Message'))

  it('says how large the graph is, what the colours mean and what stands out', async () => {
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
    expect(page.url()).toBe(`${opened.url}#state-1`)
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

  it('finds states, and shows no more of them than asked for', async () => {
    const page = await open(pageOf(eventfulModel(), { by: 'depth' }, [], 60))
    await page.keyboard.press('/')
    await page.keyboard.type('n1.votedFor n1, n2.health down')
    expect(await texts(page.locator('.found, .panel h3:first-child'))).toEqual(['4 of 60 states found', 'Found: 4'])
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
    opened = await openFile(browser, html, { hash: '#state-1', before })
    const { page } = opened
    expect(await texts(page.locator('.stage'))).toEqual([
      'The picture needs WebGL, and this browser has none, or has it turned off. The panel tells the same, state by state.',
    ])
    expect((await texts(page.locator('.panel')))[0]).toContain('State 1')
    expect(opened.complaints).toEqual([])
  })

  it('holds thousands of states', async () => {
    const page = await open(pageOf(eventfulModel(4), { by: 'depth' }, [], 3000))
    expect(await page.locator('h1').textContent()).toMatch(/^a sample: 3,000 states/)
    await page.locator('.panel .state-link').first().click()
    expect(await page.locator('.panel h2').count()).toBe(1)
    expect(complaints()).toEqual([])
  })
})
