/** `--inductive`: one step from every state of the schemas in which an invariant is true. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { check } from '../../src/cli/commands/check.ts'
import type { Console } from '../../src/cli/console.ts'
import { InductionJson } from '../../src/report/induction-json.ts'
import { paintIf } from '../../src/report/paint.ts'
import { inductionProgress } from '../../src/report/progress-line.ts'
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
    '  0  a state in which bounded holds',
    '     n 3',
    '',
    '  1  environment count',
    '     ≡ n 3 → 5',
  ]
  expect(failed.stdout).toContain(step.join('\n'))
  const file = join(folder, 'counterexamples', 'counter-bounded-inductive.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 2, inductive: true, verdict: 'violated' })
  expect(await runHere(['replay', file, '--protocol', spec])).toMatchObject({ code: 1 })
  const page = join(folder, 'page.html')
  await runHere(['inspect', file, '--protocol', spec, '--html', page])
  expect(readFileSync(page, 'utf8')).toContain('"start":"a state in which bounded holds"')
  const mended = join(folder, 'mended.ts')
  writeFileSync(mended, COUNTER.replace('shared.n === most', 'shared.n + 2 > most'))
  expect((await runHere(['replay', file, '--protocol', mended])).stdout).toContain('no longer')
})

it('is told as a document', async () => {
  const folder = newFolder()
  const spec = join(folder, 'counter.ts')
  writeFileSync(spec, COUNTER)
  const told = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runHere([spec, '--json', '--inductive', ...args])
    return { code, stderr, json: InductionJson.parse(JSON.parse(stdout)) }
  }
  const whole = { format: 'splitbrain induction', version: 1, protocol: 'counter', parameters: { most: 4 }, bugs: [] }
  expect(await told('even')).toEqual({
    code: 0,
    stderr: '',
    json: {
      ...whole,
      ...{ property: 'even', claim: 'it is even and in its bounds', verdict: 'holds' },
      ...{ states: 10, looked: 10, satisfying: 3, steps: 2, omitted: [] },
    },
  })
  const trace = join(folder, 'counterexamples', 'counter-bounded-inductive.json')
  expect(await told('bounded')).toEqual({
    code: 1,
    stderr: '',
    json: {
      ...whole,
      ...{ property: 'bounded', claim: 'it stays in its bounds', verdict: 'violated' },
      ...{ states: 10, looked: 4, satisfying: 4, steps: 4, omitted: [] },
      counterexample: {
        ...{ breaks: 'bounded', because: 'n = 5', state: { n: 3 }, action: 'count', process: null, arguments: {} },
        trace: relative('', trace),
      },
    },
  })
  expect(readFileSync(trace, 'utf8')).toContain('"inductive": true')
  expect(await told('even', '--max-states', '5', '--seed', '7')).toMatchObject({
    code: 3,
    json: { verdict: 'unknown', states: 10, looked: 5, seed: 7 },
  })
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

it('says how far it has come', () => {
  const progress = { looked: 1200, of: 100_000, satisfying: 30, steps: 1 }
  const line = '1,200 of 100,000 states looked at · 30 in which it holds · 1 step from those'
  expect(inductionProgress(progress, 3000, 100)).toMatch(new RegExp(`^${line} · 3\\S* ?s$`))
  expect(inductionProgress(progress, 3000, 60)).toBe('1,200 of 100,000 states looked at · 30 in which it holds')
})

it.each([
  [[], true],
  [['--json'], false],
  [['--quiet'], false],
])('shows that on a terminal: %o %s', async (more, isShown) => {
  const shown: string[] = []
  const console: Console = {
    print: () => {},
    complain: () => {},
    width: 80,
    colour: false,
    paint: paintIf(false),
    statusLine: { width: 60, show: (text) => void shown.push(text), clear: () => {} },
  }
  await check('transaction-commit', ['--inductive', 'consistent', '--no-save', ...more], console)
  expect(shown.some((text) => / states? looked at/.test(text))).toBe(isShown)
})
