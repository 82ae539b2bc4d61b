/** How a cut is told: by its sides where it has two, else link by link. */
import { expect, it } from 'vitest'
import { cutOf } from '../../src/value/cut.ts'

it.each([
  [[], ''],
  [['a→b', 'b→a'], 'b | a'],
  [['a→b', 'a→c', 'b→a', 'c→a'], 'b, c | a'],
  [['a→b', 'a→c'], 'a ⇸ b, c'],
  [['a→c', 'b→c'], 'a, b ⇸ c'],
  [['a→b', 'b→a', 'b→c'], 'a | b; b ⇸ c'],
  [['a→b', 'b→c', 'c→a'], 'a ⇸ b; b ⇸ c; c ⇸ a'],
  [['a→b', 'a→d', 'b→a', 'd→a', 'c→d', 'd→c'], 'a | b; a | d; c | d'],
])('%j is told as %s', (links, told) => {
  expect(cutOf(new Set(links)).told).toBe(told)
})
