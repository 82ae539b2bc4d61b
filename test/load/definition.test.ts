/** What builds a protocol's bodies must be as pure as they are. */
import { resolve } from 'node:path'
import { protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { instantiate } from '../../src/load/instantiate.ts'

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

it('what is wrong in a definition is told with its file', () => {
  const misspelt = protocol({ name: 'misspelt', roles: { node: {} } }, () => ({
    population: { node: 1 },
    receive: { nod: {} } as object,
    properties: {},
  }))
  const file = resolve('protocols/misspelt.ts')
  expect(() => instantiate({ protocol: misspelt, file }, {}, [])).toThrow(
    'protocols/misspelt.ts: there is no receive.nod; did you mean node? Expected node',
  )
})
