/** Questions asked from the command line: what they may name, where they are put, and what is answered. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { never, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { explore } from '../../src/engine/explore.ts'
import type { Budget } from '../../src/engine/search-options.ts'
import { askedIn } from '../../src/experiment/reach/asking.ts'
import { freeNames } from '../../src/experiment/reach/free-names.ts'
import { type Reached, reachedIn, reachText } from '../../src/experiment/reach/reach-text.ts'
import { sourceFile } from '../../src/load/source-file.ts'
import { sourceOf } from '../../src/source/syntax.ts'
import { runHere } from '../cli/run-here.ts'
import { newFolder } from '../new-folder.ts'

it.each<[expression: string, names: string[]]>([
  ['server.some((s) => s.holder === client[0]!.id)', ['server', 'client']],
  ['server.every(({ id: name, ...rest }, i) => name === rest.at(i + from))', ['server', 'from']],
  ['messages.length > Math.max(a.b.c, d[e])', ['messages', 'Math', 'a', 'd', 'e']],
  ['((x: Y) => ({ x, k: z as W }))(q)', ['z', 'q']],
])('%s names %j', (expression, names) => {
  expect(freeNames(sourceOf(`(${expression})`)!.program)).toEqual(names)
})

it('puts the question among the properties of every protocol that comes along, on a line of theirs', {
  tags: 'slow',
}, () => {
  const left = Object.keys(corpus).filter((name) => {
    const file = sourceFile(name)
    const text = readFileSync(file, 'utf8')
    try {
      return askedIn(file, text, 'true', ['shared']).split('\n').length !== text.split('\n').length
    } catch {
      return true
    }
  })
  expect(left).toEqual([])
})

it.each([
  [
    'servr.length',
    'the expression names servr, which is not there; did you mean server?\nA state has: server, client, shared, messages',
  ],
  [
    'client.length =',
    'the expression cannot be read: client.length =\nExpected TypeScript that is true in the states you look for, such as "server.some((s) => s.health === \'down\')"',
  ],
])('%s is refused', async (expression, message) => {
  const lock = join(newFolder(), 'lock.ts')
  await runHere(['init', lock])
  const { code, stderr } = await runHere(['reach', lock, expression])
  expect({ code, stderr }).toEqual({ code: 2, stderr: `verify: ${message}` })
})

const bounded = (bounds: object) =>
  protocol({ name: 'counter', shared: { n: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        count({ shared }) {
          shared.n += 1
        },
      },
    },
    ...bounds,
    properties: { reached: never('', ({ shared }) => shared.n === 9) },
  })).instantiate()

it.each<[bound: string, bounds: object, budget: Budget, reached: Reached, told: string]>([
  [
    'a constraint',
    { constraint: { 'n up to 2': ({ shared }: { shared: { n: number } }) => shared.n <= 2 } },
    {},
    'unknown',
    'Unknown, from step 1 of x.json within the constraint (n up to 2): in none of the 4 states is it true, and what lies beyond is not known: n is 9',
  ],
  [
    'a view',
    { view: ({ shared }: { shared: { n: number } }) => Math.min(shared.n, 3) },
    {},
    'unreachable',
    '✗ Not reached, from step 1 of x.json as far as the view tells states apart: in none of the 4 states that were met is it true: n is 9',
  ],
  [
    'a budget',
    {},
    { maxDepth: 3 },
    'unknown',
    'Unknown: the search stopped at depth 3 (--max-depth); in none of the 4 states until then is it true: n is 9',
  ],
])('where nothing is found, the answer names %s', async (_, bounds, budget, reached, told) => {
  const result = await explore(bounded(bounds), { budget })
  expect(reachedIn(result, undefined)).toBe(reached)
  expect(reachText(result, 'n is 9', { steps: undefined, from: 'step 1 of x.json', budget })).toEqual([told])
})
