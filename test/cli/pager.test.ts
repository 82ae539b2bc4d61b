/** Long answers go through the reader's pager, short ones do not. */
import { describe, expect, it } from 'vitest'
import { pager } from '../../src/cli/pager.ts'

function shown(text: string, rows: number, env: NodeJS.ProcessEnv, hasPager = true): string[] {
  const log: string[] = []
  const page = pager(
    rows,
    env,
    (printed) => log.push(`printed ${printed.length}`),
    (command, input, { LESS }) => {
      log.push(`${command} (LESS=${LESS}) got ${input.length}`)
      return hasPager
    },
  )
  page(text)
  return log
}

const LONG = 'a\n'.repeat(30)

describe('a pager', () => {
  it('shows what is longer than the terminal is high', () => {
    expect(shown(LONG, 24, {})).toEqual(['less (LESS=FRX) got 61'])
    expect(shown(LONG, 24, { PAGER: 'most', LESS: 'R' })).toEqual(['most (LESS=R) got 61'])
  })

  it('is left out where the text fits, or none is wanted', () => {
    expect(shown('a\nb', 24, {})).toEqual(['printed 3'])
    expect(shown(LONG, 24, { PAGER: '' })).toEqual(['printed 60'])
    expect(shown(LONG, 24, { PAGER: 'cat' })).toEqual(['printed 60'])
  })

  it('is done without where there is none', () => {
    expect(shown(LONG, 24, {}, false)).toEqual(['less (LESS=FRX) got 61', 'printed 60'])
  })

  it('really runs', () => {
    const log: string[] = []
    pager(2, { ...process.env, PAGER: 'cat > /dev/null' }, (text) => log.push(text))('a\nb\nc')
    pager(2, { ...process.env, PAGER: 'no-such-pager' }, (text) => log.push(text))('a\nb\nc')
    expect(log).toEqual(['a\nb\nc'])
  })
})
