import { describe, expect, it } from 'vitest'
import { parseCount, parseDepth, parseDuration, parseMemory } from '../../src/cli/quantity-arguments.ts'

describe('quantities on the command line', () => {
  it.each([
    ['1', 1],
    ['500000', 500_000],
    ['1e6', 1_000_000],
    ['10k', 10_000],
    ['1.5M', 1_500_000],
    ['2g', 2_000_000_000],
  ])('%s states are %d', (text, expected) => expect(parseCount(text)).toBe(expected))

  it.each([
    ['250ms', 250],
    ['30', 30_000],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1.5h', 5_400_000],
  ])('the time %s is %d ms', (text, expected) => expect(parseDuration(text)).toBe(expected))

  it.each([
    ['1kB', 1024],
    ['800MB', 838_860_800],
    ['2GB', 2_147_483_648],
    ['2 gb', 2_147_483_648],
  ])('the size %s is %d bytes', (text, expected) => expect(parseMemory(text)).toBe(expected))

  it('takes a depth of 0, and no other quantity of 0', () => {
    expect(parseDepth('0')).toBe(0)
    expect(() => parseCount('0')).toThrow('Expected a whole number from 1, such as 500000, 1e6, 10k or 5M.')
    expect(() => parseDuration('0s')).toThrow('Expected a time, such as 30s, 5m or 1h.')
  })

  it.each(['', 'lots', '-1', '1.5', '10kk', '1e400', '0x10', 'NaN'])('refuses %j states', (text) =>
    expect(() => parseCount(text)).toThrow('Expected a whole number from 1'),
  )

  it('refuses a size without a unit', () => {
    expect(() => parseMemory('2')).toThrow('Expected a size with its unit, such as 800MB or 2GB.')
  })
})
