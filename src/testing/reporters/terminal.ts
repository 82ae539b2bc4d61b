/** For a person: one line each; of what did not pass, what was expected, what was found and how to see it again. */
import { count, duration } from '../../report/quantities.ts'
import { wrap } from '../../report/wrap.ts'
import type { Printing, Reporter, Sum } from '../reporter.ts'
import type { Status, TestResult } from '../test.ts'

const MARKS: Readonly<Record<Status, string>> = { passed: '✓', failed: '✗', unknown: '?', broken: '!', 'left out': '·' }
const COLOURS = { passed: 'green', failed: 'red', unknown: 'yellow', broken: 'red', 'left out': 'dim' } as const

export const terminal = ({ width, paint }: Printing): Reporter => ({
  result: (result) => {
    const [first, ...more] = linesOf(result)
    const head = paint[COLOURS[result.status]](wrap(`${MARKS[result.status]} ${first}`, width, '    '))
    return [
      head,
      ...more.map((line) => (line.startsWith(REPEAT) ? `    ${line}` : wrap(`    ${line}`, width, ' '.repeat(14)))),
    ].join('\n')
  },
  end: (sum) => `\n${wrap(sumText(sum), width)}`,
})

/** A command is to be pasted, however long it is. */
const REPEAT = 'repeat    '

function linesOf({ test, status, expected, found, ms, repeat, cached }: TestResult): string[] {
  const place = test.name === test.file ? test.name : `${test.protocol} ${test.name}`
  if (status === 'passed') return [`${place}  ${found} · ${cached ? 'cached' : duration(ms)}`]
  if (status === 'left out') return [`${place}  left out: ${found}`]
  return [
    place,
    ...(expected === '' ? [] : [`expected  ${expected}`]),
    `found     ${found}`,
    ...(test.name === test.file && test.kind === 'scenario' ? [] : [`${REPEAT}${repeat}`]),
  ]
}

/** `12 passed (3 from the cache), 1 failed, 2 left out · 2.1 s` */
export function sumText({ results, ms }: Sum): string {
  const cached = results.filter((result) => result.cached).length
  const told = (Object.keys(MARKS) as Status[]).flatMap((status) => {
    const times = results.filter((result) => result.status === status).length
    if (times === 0) return []
    return [`${count(times)} ${status}${status === 'passed' && cached > 0 ? ` (${count(cached)} from the cache)` : ''}`]
  })
  return `${told.join(', ')} · ${duration(ms)}`
}
