import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, widthOf, wrap } from '../../src/report/text-width.ts'
import { oneLine } from '../../src/value/visible.ts'

describe('the width of text', () => {
  it.each([
    ['', 0],
    ['n1→n2 ▶', 7],
    ['两阶段', 6],
    ['e\u0301', 1],
    ['🔒', 2],
  ])('%j is %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width)
  })

  it('is kept to by cutting, with a sign that something is missing', () => {
    expect(cut('follower', 8)).toBe('follower')
    expect(cut('follower', 7)).toBe('follow…')
    expect(cut('两阶段提交', 6)).toBe('两阶…')
  })

  it('is kept to by wrapping, at spaces where there are any', () => {
    expect(wrap('status follower → candidate', 18, 2)).toEqual(['status follower →', '  candidate'])
    expect(wrap('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij'])
    expect(wrap('', 4)).toEqual([''])
  })

  it('is kept to, and nothing gets lost, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 6, max: 30 }), (text, width) => {
        const lines = wrap(text, width, 2)
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replace(/ /g, '')).toBe(oneLine(text).replace(/ /g, ''))
        expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })
})
