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

/** The score of a protocol of the corpus: whoever weakens its properties, or what mutants are made of, sees it here. */
it('the properties of token-ring notice every mistake of the protocol that is not argued away', async () => {
  const { code, stdout, stderr } = await runVerify(newFolder(), ['mutate', 'token-ring', '--json'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  interface Told {
    readonly verdict: string
    readonly isOfProperty: boolean
    readonly argument?: string
  }
  const { mutants } = JSON.parse(stdout) as { readonly mutants: readonly Told[] }
  const counts = (some: readonly Told[]) => {
    const many: Record<string, number> = {}
    for (const { verdict } of some) many[verdict] = (many[verdict] ?? 0) + 1
    return many
  }
  const ofCode = mutants.filter(({ isOfProperty }) => !isOfProperty)
  expect(counts(ofCode.filter(({ argument }) => argument === undefined))).toEqual({ noticed: 54, same: 7, refused: 2 })
  expect(counts(ofCode.filter(({ argument }) => argument !== undefined))).toEqual({
    noticed: 6,
    survived: 2,
    same: 2,
    unknown: 3,
  })
  expect(counts(mutants.filter(({ isOfProperty }) => isOfProperty))).toEqual({ noticed: 35, survived: 25 })
}, 600_000)
