/** A refinement on its page: the abstract protocol has a lane of its own, and is told beside the selected step. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import voting from '../../specs/abstract/voting.ts'
import { ABSTRACT } from '../../src/page/trace/cells.ts'
import { NO_FILTER } from '../../src/page/trace/filter.ts'
import { layOut } from '../../src/page/trace/layout.ts'
import { rowsOf } from '../../src/page/trace/rows.ts'
import { traceData, tracePage } from '../../src/report/trace-page.ts'
import { readTrace } from '../../src/trace/trace-file.ts'
import { FOLDER } from '../corpus/committed-traces.ts'
import { browserForTests, openFile, texts, WITHOUT_BROWSER } from './browser.ts'

const REPLAY = { replayCommand: 'verify replay x' }
const trace = readTrace(join(FOLDER, 'voting-any-value.json'))
const CHOOSE = 'consensus environment choose (value 1): chosen {} → {1}'
const NONE = 'no step of consensus: chosen + 2'
const model = voting.instantiate(trace.parameters, trace.bugs)

it('is data for each step, and for what could have happened instead of the last', () => {
  const { abstract, steps } = traceData(model, trace, REPLAY)
  expect(abstract).toEqual({
    protocol: 'consensus',
    states: ['chosen {}', 'chosen {}', 'chosen {}', 'chosen {1}', 'chosen {1, 2}'],
    instead: [
      { name: 'environment', told: ['cannot choose'] },
      { name: 'chosen', told: ['{1}'] },
    ],
  })
  expect(steps.map((step) => step.abstract?.told)).toEqual([undefined, undefined, CHOOSE, NONE])
})

it('has a lane', () => {
  const data = traceData(model, trace, REPLAY)
  const { lanes, rows } = layOut(data, rowsOf(data, NO_FILTER, 4), { width: 1000, gutter: 270, narrowest: 128 })
  expect(lanes.map(({ name }) => name)).toEqual(['a1', 'a2', 'a3', ABSTRACT])
  expect(rows.map(({ cells }) => cells.get(ABSTRACT)?.map(({ text }) => text))).toEqual([
    undefined,
    undefined,
    undefined,
    ['chosen {} → {1}'],
    ['✗ chosen + 2'],
    undefined,
  ])
})

describe.skipIf(WITHOUT_BROWSER)('in a browser', () => {
  const browser = browserForTests()
  it('stands beside the selected step', { tags: 'slow' }, async () => {
    const { page } = await openFile(browser(), await tracePage(model, trace, REPLAY))
    expect(await texts(page.locator('.lane-name'))).toEqual(['a1', 'a2', 'a3', '≙ consensus'])
    expect(await texts(page.locator('.panel-body h3'))).toEqual([
      'What it did',
      'In consensus',
      'State',
      'In consensus, before step 4',
    ])
  })
})
