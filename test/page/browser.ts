/** A real browser for the tests of pages: the chromium of this machine, headless, as a reader who opens a file. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { newFolder } from '../new-folder.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Undefined where there is none: the tests that need it are then skipped, and say so. */
export const CHROMIUM = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path))

export const WITHOUT_BROWSER = CHROMIUM === undefined

if (WITHOUT_BROWSER) {
  console.warn(
    'THE TESTS OF PAGES IN A BROWSER ARE NOT RUN: there is no chromium. Install it (apt-get install chromium), or say where it is: CHROMIUM=/path/to/chromium npm test',
  )
}

const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] }) // as root in CI there is no sandbox

/** A browser for the tests around it: there from before the first to after the last, without pages at the begin of each. */
export function browserForTests(): () => Browser {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
  afterAll(() => browser?.close())
  return () => browser
}

export interface Opened {
  readonly page: Page
  /** The address without a step. */
  readonly url: string
  /** Everything that went wrong in the page, and every request that it made beside its own file. */
  readonly complaints: string[]
}

export interface OpenOptions {
  readonly hash?: string
  readonly dark?: boolean
  readonly width?: number
  /** Runs in the page before its own code: a browser that lacks something. */
  readonly before?: string
}

/** Writes a page to disk and opens it from there. */
export async function openFile(browser: Browser, html: string, options: OpenOptions = {}): Promise<Opened> {
  const file = join(newFolder(), 'page.html')
  writeFileSync(file, html)
  const url = pathToFileURL(file).href
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  })
  page.setDefaultTimeout(0) // a busy machine is no failure
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith('file://')) complaints.push(`it asks for ${request.url()}`)
  })
  if (options.before !== undefined) await page.addInitScript(options.before)
  await page.goto(`${url}${options.hash ?? ''}`)
  return { page, url, complaints }
}

/** What stands in the elements, without the line breaks between their parts. */
export const texts = async (found: Locator): Promise<string[]> =>
  (await found.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())
