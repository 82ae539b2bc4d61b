/** Questions asked from the command line: what they may name, where they are put, and what is answered. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { askedIn } from '../../src/experiment/reach/asking.ts'
import { freeNames } from '../../src/experiment/reach/free-names.ts'
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
