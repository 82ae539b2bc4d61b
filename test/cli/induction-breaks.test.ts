/** `--inductive` in states that nobody comes to, where a body or the predicate may break off. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { InductionJson } from '../../src/report/induction-json.ts'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'

/** Two books stand on the shelf, always; by its schema there may be fewer. */
const SHELF = `import { always, protocol, z } from 'splitbrain'

const sum = (all) => all.reduce((total, one) => total + one, 0)

export default protocol(
  {
    name: 'shelf',
    shared: { books: z.array(z.int().min(1).max(2)).max(2).default([1, 1]), mean: z.int().min(0).max(2).default(1) },
  },
  () => ({
    actions: {
      environment: {
        pick({ shared, choose }) {
          if (shared.books[choose('at', [1, 0])].toFixed() === '2') shared.mean = 2
        },
        average({ shared }) {
          shared.mean = Math.floor(sum(shared.books) / shared.books.length)
        },
        sell({ shared }) {
          if (shared.books.length === 1) shared.books.pop()
        },
      },
    },
    properties: {
      bounded: always('the mean is at most 2', ({ shared }) => shared.mean <= 2),
      full: always('two books are there', ({ shared }) => shared.books.length === 2),
      begun: always('there is a first book', ({ shared }) => shared.books[0].toFixed() !== '0'),
      small: always('the mean is below 2', ({ shared }) => shared.mean < 2),
      huge: always('the mean is above 2', ({ shared }) => shared.mean > 2),
      timed: always('it takes no time', () => Date.now() === 0),
    },
    constraint: {},
  }),
)
`

function shelf(text = SHELF): (...args: readonly string[]) => ReturnType<typeof runHere> {
  const spec = join(newFolder(), 'shelf.ts')
  writeFileSync(spec, text)
  return (...args) => runHere([spec, '--no-save', '--inductive', ...args])
}

it('tells the state in which a body breaks off, counts such states and proves nothing', async () => {
  const { code, stdout, stderr } = await shelf()('bounded')
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
  for (const part of [
    '21 states by the schemas of 2 components',
    'broke off: 9 states (environment.pick in 9, environment.average in 3)',
    [
      '! a body breaks off in a step from a state in which bounded holds:',
      '',
      '  0  a state in which bounded holds',
      '     books [], mean 0',
      '  1  environment pick (at 1)',
      "     TypeError: Cannot read properties of undefined (reading 'toFixed') (at shelf.ts:14)",
    ].join('\n'),
    'Unknown: bounded still holds after 69 steps from 21 states in which it does, but in 9 states a body\nbroke off. Whether',
  ])
    expect(stdout.replaceAll(/\(at\s+\S+:(\d+):\d+\)/g, '(at shelf.ts:$1)')).toContain(part)
})

it('proves it where the invariant rules them out', async () => {
  const { code, stdout } = await shelf()('full')
  expect(code).toBe(0)
  expect(stdout).toContain('Inductive: full still holds after 48 steps from 12 states in which it does')
})

it('goes on to a counterexample, be it by another choice of the step that broke off', async () => {
  const { code, stdout } = await shelf()('small')
  expect(code).toBe(1)
  expect(stdout).toContain('broke off: 3 states (environment.pick in 3, environment.average in 1)')
  expect(stdout).toContain('  1  environment pick (at 0)\n     ≡ mean 0 → 2')
  expect(stdout).not.toContain('breaks off')
})

it('tells the state in which the predicate breaks off, and the step to it', async () => {
  const { code, stdout } = await shelf()('begun')
  expect(code).toBe(3)
  expect(stdout).toContain('broke off: 9 states (property begun in 9, environment.pick in 6)')
  expect(stdout).toContain(
    '! the predicate of begun breaks off in a state that fits the schemas:\n\n  0  a state that fits',
  )
  expect(stdout).toContain('but in 9 states a body or')
})

it.each(['begun', 'bounded'])('takes a step to what a schema refuses for a counterexample to %s', async (asked) => {
  const { code, stdout } = await shelf(SHELF.replace('.max(2)).max(2)', '.max(2)).min(1).max(2)'))(asked)
  expect(code).toBe(1)
  expect(stdout).toContain('✗ types is not inductive: every value fits its schema\n  books: books: Too small')
  expect(stdout).toContain('  1  environment sell\n     ≡ books [1] → []')
  expect(stdout.replaceAll('\n', ' ')).toContain(
    `there is a state in which ${asked} holds, and a step after which a value does not fit its schema.`,
  )
})

it('says that an invariant that is nowhere true proves nothing', async () => {
  const { code, stdout } = await shelf()('huge')
  expect(code).toBe(3)
  expect(stdout).toContain('Unknown: huge holds in none of the 21 states that were looked at.')
})

it('names the constraint that it holds within', async () => {
  const bound = "'at most one book': ({ shared }) => shared.books.length < 2"
  const { code, stdout } = await shelf(SHELF.replace('constraint: {', `constraint: { ${bound} `))('full')
  expect(code).toBe(0)
  expect(stdout).toContain('Inductive within the constraint (at most one book): full still holds after 0 steps')
})

it('ends at what is impure, in whatever state', async () => {
  const { code, stderr } = await shelf()('timed')
  expect(code).toBe(2)
  expect(stderr).toContain('it called Date.now; bodies and properties must be pure')
})

it('is told as a document', async () => {
  const { code, stdout } = await shelf()('bounded', '--json')
  const told = InductionJson.parse(JSON.parse(stdout))
  expect(code).toBe(3)
  expect(told).toMatchObject({ verdict: 'unknown', states: 21, satisfying: 21, steps: 69 })
  expect(told.broken).toEqual({
    states: 9,
    by: { 'environment.pick': 9, 'environment.average': 3 },
    first: {
      because: "TypeError: Cannot read properties of undefined (reading 'toFixed')",
      of: 'body',
      state: { books: [], mean: 0 },
      action: 'pick',
      process: null,
      arguments: { at: 1 },
    },
  })
})
