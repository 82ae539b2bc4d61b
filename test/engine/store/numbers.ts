/** Sets of numbers whose hashes a test chooses. */
import { expect } from 'vitest'

/** A number from 1 on, spread over 32 bits. */
export const mixed = (number: number): number => Math.imul(number ^ (number >>> 15), 0x9e3779b1)

/** Hashes of numbers that a table must get along with, and how many numbers it takes to see that. */
export const HASHES: Record<string, { hashOf: (number: number) => number; numbers: number }> = {
  'that are spread evenly': { hashOf: mixed, numbers: 700_000 },
  'of which most belong at the beginning': {
    hashOf: (number) => mixed(number) >>> (number % 16 === 0 ? 2 : 0),
    numbers: 300_000,
  },
  'of which most belong at the end': {
    hashOf: (number) => ~(mixed(number) >>> (number % 16 === 0 ? 2 : 0)),
    numbers: 300_000,
  },
  'of which thirty at a time are the same': { hashOf: (number) => mixed(number >>> 5), numbers: 300_000 },
  'of which more want the last home than there are slots beyond it': {
    hashOf: (number) => (number <= 1100 ? -1 : mixed(number)),
    numbers: 20_000,
  },
}

interface NumberSet {
  has(number: number): boolean
  /** True where it is new. */
  add(number: number): boolean
}

/** Adds the numbers from 1 on, and asks at every moment for what is there and what is not. */
export function fillAndAsk(table: NumberSet, numbers: number): void {
  for (let number = 1; number <= numbers; number++) {
    if (!table.add(number)) expect.unreachable(`${number} was there`)
    if (table.add(number)) expect.unreachable(`${number} was not there`)
    const earlier = 1 + ((mixed(number) >>> 1) % number)
    if (!table.has(earlier)) expect.unreachable(`${earlier} was lost when there were ${number}`)
    if (table.has(number + 1)) expect.unreachable(`${number + 1} was there before it was added`)
  }
  for (let number = 1; number <= numbers; number++) if (!table.has(number)) expect.unreachable(`${number} was lost`)
}
