/** Each argument in the corpus is about mutants that there are, and it is clear which: `verify mutate` refuses any other. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findMutants } from '../../src/experiment/mutate/find-mutants.ts'

const specs = readdirSync('specs', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

it('is of one line, and of operators that it has', () => {
  let argued = 0
  const idle = specs.flatMap((file) => {
    const found = findMutants(file, readFileSync(`specs/${file}`, 'utf8'))
    argued += found.mutants.filter(({ argument }) => argument !== undefined).length
    return found.idle.map(({ lines, argument }) => `${file}:${lines[0]} ${argument}`)
  })
  expect(idle).toEqual([])
  expect(argued).toBeGreaterThan(0)
})
