/** `--inductive`: one step from every state of the schemas in which an invariant is true. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'

/** Counts to `most`, by one; that it is not `odd` is true as long as it starts even, and of no use to prove it. */
const COUNTER = `import { always, disabled, protocol, z } from 'splitbrain'

export default protocol(
  { name: 'counter', parameters: { most: z.int().min(0).max(9).default(4) }, shared: { n: z.int().min(0).max(9).default(0) } },
  ({ most }) => ({
    actions: {
      environment: {
        count({ shared }) {
          if (shared.n === most) return disabled
          shared.n += 2
        },
      },
    },
    properties: {
      bounded: always('it stays in its bounds', ({ shared }) => shared.n <= most),
      even: always('it is even and in its bounds', ({ shared }) => shared.n % 2 === 0 && shared.n <= most),
    },
  }),
)
`

it('proves what is inductive, and shows a step where it is not', async () => {
  const folder = newFolder()
  const spec = join(folder, 'counter.ts')
  writeFileSync(spec, COUNTER)
  const proved = await runHere([spec, '--inductive', 'even'])
  expect(proved.code).toBe(0)
  expect(proved.stdout).toContain('10 states by the schemas of 1 component')
  expect(proved.stdout).toContain(
    'Inductive: even still holds after 2 steps from 3 states in which it does: all states that fit the\nschemas. With a start in which it holds, it always does.',
  )
  const failed = await runHere([spec, '--inductive', 'bounded'])
  expect(failed.code).toBe(1)
  const step = [
    '✗ bounded is not inductive: it stays in its bounds',
    '  n = 5',
    '',
    '  0  initial state',
    '     n 3',
    '',
    '  1  environment count',
    '     ≡ n 3 → 5',
  ]
  expect(failed.stdout).toContain(step.join('\n'))
  const file = join(folder, 'counterexamples', 'counter-bounded-inductive.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 2, inductive: true, verdict: 'violated' })
  expect(await runHere(['replay', file, '--protocol', spec])).toMatchObject({ code: 1 })
  const mended = join(folder, 'mended.ts')
  writeFileSync(mended, COUNTER.replace('shared.n === most', 'shared.n + 2 > most'))
  expect((await runHere(['replay', file, '--protocol', mended])).stdout).toContain('no longer')
})

it('says what it has not looked at', async () => {
  const { code, stdout } = await runHere([
    'voting',
    '--inductive',
    'one-value-in-a-ballot',
    '--seed',
    '1',
    '--max-states',
    '50',
  ])
  expect(code).toBe(3)
  const looked = '592,704 states by the schemas of 3 components, of which 50 were looked at, drawn by seed 1'
  for (const line of [looked, 'left out: integers below 0 (a1, a2, a3)', 'left out: lists of more than 2 (a1, a2, a3)'])
    expect(stdout).toContain(line)
  expect(stdout).toContain('Unknown: oneValueInABallot still holds after')
})

it('is about invariants, and takes no option of a search', async () => {
  expect((await runHere(['voting', '--inductive', 'a-choice'])).stderr).toContain(
    '--inductive a-choice: aChoice is no invariant but of the kind sometimes; expected one that is always or never true of states',
  )
  expect((await runHere(['voting', '--inductive', 'types', '--dfs'])).stderr).toContain(
    "cannot be used with option '--dfs'",
  )
})
