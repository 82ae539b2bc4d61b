/** What builds a protocol's bodies must be as pure as they are. */
import { protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { instantiate } from '../../src/cli/instantiate.ts'

it.each<[string, () => unknown]>([
  ['Math.random', () => Math.random()],
  ['process.env.HOME', () => process.env.HOME],
  ['Date.now', () => Date.now()],
])('a definition that calls %s is refused', (name, reach) => {
  const impure = protocol({ name: 'impure', shared: { x: z.int().default(0) } }, () => {
    reach()
    return { properties: {} }
  })
  expect(() => instantiate({ protocol: impure }, {}, [])).toThrow(`the definition of impure: it called ${name};`)
})
