/** `verify mutate` as a person calls it: each kind of verdict. */
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
  const { mutants } = JSON.parse(stdout)
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
