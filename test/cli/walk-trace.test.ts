/** Walking a trace by keys, on a screen made of paper. */
import { describe, expect, it } from 'vitest'
import { terminalScreen, walkTrace } from '../../src/cli/walk-trace.ts'

const HELP = '→ or n: on · ← or p: back · g, G: first, last · q: quit'

async function pagesAfter(...keys: string[]): Promise<string[]> {
  const pages: string[] = []
  async function* typed() {
    yield* keys
  }
  await walkTrace(3, (step) => `page ${step}`, { keys: typed(), show: (page) => pages.push(page) })
  expect(pages.every((page) => page.endsWith(`\n\n${HELP}`))).toBe(true)
  return pages.map((page) => page.slice(5, 6))
}

describe('a walk through a trace', () => {
  it('goes on and back, and no further than the ends', async () => {
    expect(await pagesAfter('\x1b[C', 'n', ' ', '\x1b[B', '\x1b[D', 'p', '\x1b[A', 'p')).toEqual([...'012332100'])
  })

  it('jumps to the ends', async () => {
    expect(await pagesAfter('G', 'g', '\x1b[F', '\x1b[H')).toEqual([...'03030'])
  })

  it('ends at q, Escape and Ctrl-C, and takes no notice of other keys', async () => {
    expect(await pagesAfter('x', 'n', 'q', 'n')).toEqual([...'01'])
    expect(await pagesAfter('\x1b', 'n')).toEqual([...'0'])
    expect(await pagesAfter('\x03', 'n')).toEqual([...'0'])
  })

  it('takes every key of those that arrive together, and draws once', async () => {
    expect(await pagesAfter('nn')).toEqual([...'02'])
    expect(await pagesAfter('\x1b[C\x1b[C\x1b[D', '\x1bOC')).toEqual([...'012'])
    expect(await pagesAfter('nnq', 'n')).toEqual([...'0'])
    expect(await pagesAfter('n\x1b[1;5Cn')).toEqual([...'02'])
  })

  it('needs a terminal', () => {
    expect(() => terminalScreen({})).toThrow('--walk reads keys from a terminal, and this is none; use --step N')
  })
})
