/** What an answer rests on besides the protocol, a constraint or a view, is said by whichever command gives it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

const COUNTER = `
import { always, disabled, protocol, z } from 'splitbrain'

const shared = { n: z.int().default(0), m: z.int().default(0) }

export default protocol({ name: 'counter', parameters: { most: z.int().default(2) }, shared }, ({ most }) => ({
  actions: {
    environment: {
      count({ shared }) {
        shared.n += 1
      },
      leap({ shared }) {
        if (shared.m > 3) return disabled
        shared.m += 2
      },
    },
  },
  BOUND
  properties: { low: always('m is at most 4', ({ shared }) => shared.m <= 4) },
}))
`
const SCENARIOS = "export const scenarios = [{ name: 'default', claim: 'm stays low', expect: { verdict: 'holds' } }]"

const BOUNDS = {
  constraint: "constraint: { 'n up to most': ({ shared }) => shared.n <= most },",
  view: 'view: ({ shared }) => [Math.min(shared.n, most), shared.m],',
}

function folderWith(bound: keyof typeof BOUNDS): string {
  const folder = newFolder()
  writeFileSync(join(folder, 'counter.ts'), COUNTER.replace('BOUND', BOUNDS[bound]))
  writeFileSync(join(folder, 'counter.scenarios.ts'), SCENARIOS)
  return folder
}

describe('reach', () => {
  const asked = async (bound: keyof typeof BOUNDS, ...args: readonly string[]) => {
    const { code, stdout } = await runVerify(folderWith(bound), ['reach', './counter.ts', '--no-types', ...args])
    return [code, ...stdout.replaceAll('\n  ', ' ').split('\n').slice(-2)]
  }

  it('knows nothing of what lies beyond a constraint', async () => {
    expect(await asked('constraint', 'shared.n === 9')).toEqual([
      3,
      'counter · most 2',
      'Unknown within the constraint (n up to most): in none of the 12 states is it true, and what lies beyond is not known: shared.n === 9',
    ])
  })

  it('finds ways and counts states within it', async () => {
    expect(await asked('constraint', 'shared.n === 3', '--count')).toEqual([
      0,
      'Reached after 3 steps; no shorter way exists within the constraint: shared.n === 3',
      'It is true of 3 of the 12 distinct states that were met within the constraint (n up to most).',
    ])
  })

  it('sees as far as a view tells states apart', async () => {
    expect(await asked('view', 'shared.n > 2')).toEqual([
      1,
      'counter · most 2',
      '✗ Not reached as far as the view tells states apart: in none of the 9 states that were met is it true: shared.n > 2',
    ])
    expect(await asked('view', 'shared.n === 2', '--count')).toEqual([
      0,
      'Reached after 2 steps; a shorter way may lead through a state that the view takes for another: shared.n === 2',
      'It is true of 3 of the 9 distinct states that were met as far as the view tells states apart.',
    ])
  })
})

const TOLD = {
  constraint: 'within the constraint (n up to most)',
  view: 'as far as the view tells states apart',
} as const

describe.each(['constraint', 'view'] as const)('with a %s', (bound) => {
  it('claims, sweep, test and compare', async () => {
    const folder = folderWith(bound)
    const claimed = await runVerify(folder, ['claims', './counter.ts'])
    expect(claimed.stdout).toContain(`Confirmed: every property holds ${TOLD[bound]}.`)
    const swept = await runVerify(folder, ['sweep', './counter.ts', '--most', '1..2'])
    expect([swept.code, swept.stdout]).toEqual([0, expect.stringContaining(`\n  What holds does so ${TOLD[bound]}.\n`)])
    const tested = await runVerify(folder, ['test', '--no-cache'])
    expect([tested.code, tested.stdout]).toEqual([0, expect.stringContaining(`every property holds ${TOLD[bound]}: `)])
    const compared = await runVerify(folder, ['compare', './counter.ts', './counter.ts', '--timeout', '1s'])
    expect(compared.stdout).toContain(`\nA: what holds does so ${TOLD[bound]}\nB: what holds does so ${TOLD[bound]}\n`)
  })
})
