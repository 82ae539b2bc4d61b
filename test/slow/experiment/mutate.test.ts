/** `verify mutate` as a person calls it: each kind of verdict. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runHere } from '../../cli/run-here.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

it('tells what came of each mistake in a lock', async () => {
  const folder = newFolder()
  await runHere(['init', join(folder, 'lock.ts')])
  const { code, stdout, stderr } = await runVerify(folder, ['mutate', './lock.ts', '--json'])
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
  const { mutants, score } = JSON.parse(stdout)
  expect(score).toEqual({
    code: { noticed: 18, survived: 0, unknown: 2 },
    properties: { noticed: 4, survived: 0, unknown: 0 },
  })
  const of = (verdict: string) =>
    mutants
      .filter((mutant: { verdict: string }) => mutant.verdict === verdict)
      .map(({ line }: { line: number }) => line)
  expect(of('survived')).toEqual([])
  expect(of('same')).toEqual([38, 39, 43, 44, 69])
  expect(of('unknown')).toEqual([37, 38])
  expect(of('noticed')).toHaveLength(22)
  expect(of('refused')).toEqual([])
}, 60_000)

/** That one asks at a time is a claim that the protocol refutes; nothing else asks who does what. */
const TURNS = `
import { always, disabled, optional, protocol, z } from 'splitbrain'

export const scenarios = [
  { name: 'default', expect: { verdict: 'holds' } },
  { name: 'one-asks', properties: ['oneAsks'], expect: { verdict: 'violated', property: 'oneAsks', steps: 2 } },
]

export default protocol(
  {
    name: 'turns',
    summary: 'clients ask, and are served',
    parameters: {},
    bugs: {},
    roles: { client: { volatile: { asked: z.boolean().default(false) } } },
    messages: {},
    shared: { served: z.int().default(0) },
    faults: {},
  },
  () => ({
    population: { client: 2 },
    actions: {
      client: {
        ask(me, { shared }) {
          if (me.asked || shared.served > 1) return disabled
          me.asked = true
        },
        serve(me, { shared }) {
          if (!me.asked) return disabled
          me.asked = false
          shared.served += 1
        },
      },
    },
    properties: {
      counted: always('a number is served', ({ shared }) => shared.served >= 0),
      oneAsks: optional(always('one asks', ({ client }) => client.filter((c) => c.asked).length < 2)),
    },
  }),
)
`

it('notices where a claim is no longer refuted, and tells reporters of survivors as of failures', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'turns.ts'), TURNS)
  const { code, stdout, stderr } = await runVerify(folder, [
    ...['mutate', './turns.ts', '--at', '24,turns.ts:31', '--reporter', 'json,github,junit=report.xml'],
  ])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  const [json, annotations] = stdout.split('\n::')
  const tests = JSON.parse(json!).tests.map(({ name, status, found }: Record<string, string>) => [name, status, found])
  expect(tests.sort()).toEqual([
    ['turns.ts:24 drop action: ask(me, { shared }) { return disabled', 'passed', 'oneAsks notices it in one-asks'],
    [
      'turns.ts:31 drop assignment: shared.served += 1',
      'failed',
      'no property notices it; first seen in default, at step 2: client1 serve',
    ],
  ])
  expect(annotations).toContain('error file=turns.ts,line=31,title=')
  expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toContain('<testsuites name="verify mutate ./turns.ts"')
})
