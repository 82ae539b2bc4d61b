import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMemory } from '../../src/cli/quantity-arguments.ts'
import { bytes, count, duration, plural } from '../../src/report/quantities.ts'
import { wrap, wrapItems } from '../../src/report/wrap.ts'

describe('quantities in words', () => {
  it.each([
    [0, '0.00 s'],
    [42, '0.04 s'],
    [6_210, '6.2 s'],
    [95_400, '95 s'],
    [725_000, '12 min 5 s'],
  ])('%d ms are %s', (ms, text) => expect(duration(ms)).toBe(text))

  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [1536, '1.5 kB'],
    [2 ** 31, '2 GB'],
    [852 * 2 ** 20, '852 MB'],
  ])('%d bytes are %s', (value, text) => expect(bytes(value)).toBe(text))

  it('has the size that is read back', () => {
    expect(parseMemory(bytes(2 ** 31))).toBe(2 ** 31)
    expect(parseMemory(bytes(800 * 2 ** 20))).toBe(800 * 2 ** 20)
  })

  it('counts one and many', () => {
    expect(count(26_123_750)).toBe('26,123,750')
    expect([plural(0, 'step'), plural(1, 'step'), plural(2, 'leaf', 'leaves')]).toEqual([
      '0 steps',
      '1 step',
      '2 leaves',
    ])
  })
})

describe('wrapping', () => {
  it('keeps the indent of the first line and gives the others theirs', () => {
    expect(wrap('  a  bb ccc dddd', 10, '    ')).toBe('  a  bb\n    ccc\n    dddd')
  })

  it('breaks items between each other only', () => {
    expect(wrapItems(['raft', 'nodes 3', 'max-term 2'], 16, '  ')).toBe('raft · nodes 3\n  max-term 2')
  })

  it('never exceeds the width, and loses no word', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'é', '→'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), fc.integer({ min: 10, max: 30 }), (words, width) => {
        const wrapped = wrap(words.join(' '), width, '  ')
        for (const line of wrapped.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
        expect(wrapped.split(/\s+/)).toEqual(words)
      }),
    )
  })
})
