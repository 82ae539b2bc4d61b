/** Pages of state graphs in a real browser. */
import type { Page } from 'playwright-core'
import { disabled, never, protocol, z } from 'splitbrain'
import { findingsOf } from '../../src/graph/findings.ts'
import { graphPage } from '../../src/graph/graph-page.ts'
import { type Colouring, portraitOf } from '../../src/graph/portrait.ts'
import { stateGraphOf } from '../../src/graph/state-graph.ts'
import type { Model, State } from '../../src/model.ts'
import { browserForTests, type Opened, type OpenOptions, openFile } from './browser.ts'

/** Into a ring of three states, and out of it to an end. */
export const ring = protocol(
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

export function pageOf(model: Model, colouring: Colouring, path: readonly State[], most: number): Promise<string> {
  const graph = stateGraphOf(model, most, path)
  const findings = findingsOf(graph)
  const portrait = portraitOf(model, graph, findings, { colouring, path })
  return graphPage({ model, graph, findings, portrait, colouring }, Object.keys(model.parameters))
}

/** For the tests around it: how they open pages, what they opened last, what that complained of, and the browser. */
export function graphPages() {
  const browser = browserForTests()
  let last: Opened
  const open = async (html: Promise<string>, options: OpenOptions = {}): Promise<Page> => {
    last = await openFile(browser(), await html, options)
    await last.page.locator('.frame canvas').first().waitFor()
    return last.page
  }
  const openRing = (options?: OpenOptions) =>
    open(pageOf(ring, { by: 'property', property: 'outside' }, [], 100), options)
  /** What a driver without a graphics card says of itself is not the page's fault. */
  const complaints = () => last.complaints.filter((text) => !text.includes('GL Driver Message'))
  return { open, openRing, complaints, opened: () => last, browser }
}
