/** The page of an eventful trace in a real browser, opened from disk. */
import type { Page } from 'playwright-core'
import { tracePage } from '../../src/report/trace-page.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { eventfulModel, eventfulTrace } from '../report/eventful-trace.ts'
import { browserForTests, type Opened, type OpenOptions, openFile, texts } from './browser.ts'

export const REPLAY = 'verify replay counterexamples/ballot.json'
export const model = eventfulModel()
export const trace = eventfulTrace(model)

/** For the tests around it: how they open the page, what they opened last, and the browser. */
export function tracePages() {
  const browser = browserForTests()
  let last: Opened
  const open = async (options: OpenOptions = {}, shown: Trace = trace): Promise<Page> => {
    last = await openFile(browser(), await tracePage(model, shown, { replayCommand: REPLAY }), options)
    return last.page
  }
  return { open, opened: () => last, browser }
}

export const selected = async (page: Page) => (await texts(page.locator('.row.selected .told')))[0]
export const stepsShown = (page: Page) => texts(page.locator('.row.step .number'))
