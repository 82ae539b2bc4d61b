/** What a process was told last is remembered for each call, also where calls differ in the elements of a set. */
import { expect, it } from 'vitest'
import { converge } from '../../src/history/converge.ts'
import { sequentialObject } from '../../src/history/sequential-object.ts'
import type { Value } from '../../src/model.ts'
import { operations } from './operations.ts'

const register = sequentialObject<readonly string[]>({
  name: 'names',
  initial: [],
  queries: {
    missing: (names, asked: ReadonlySet<string>) => [...asked].filter((name) => !names.includes(name)).length,
  },
  updates: { add: (names, name: string) => ({ state: [...names, name] }) },
})

const asked = (name: string): Value => new Set([name])

it.each([
  [1, 'violated'],
  [0, 'holds'],
])('a set that lacks %i of what was asked for first: %s', (missing, verdict) => {
  const [added, first, second] = operations(
    ['w', 'add("a")', 0, 1],
    ['p', `missing(0) ${missing}`, 2, 3],
    ['p', 'missing(0) 1', 4, 5],
  )
  const history = [added!, { ...first!, argument: asked('a') }, { ...second!, argument: asked('b') }]
  expect(converge(register, history).verdict).toBe(verdict)
})
