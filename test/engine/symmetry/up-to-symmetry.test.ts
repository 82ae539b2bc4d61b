/** A search that begins anew without a role has what is left of the time, and no more. */
import { expect, it } from 'vitest'
import { corpus } from '../../../specs/index.ts'
import { explore } from '../../../src/engine/explore.ts'
import type { SearchOptions } from '../../../src/engine/search-options.ts'
import { Asymmetry } from '../../../src/engine/symmetry/asymmetry.ts'
import { upToSymmetry } from '../../../src/engine/symmetry/up-to-symmetry.ts'

it('counts the time from the first beginning', async () => {
  const model = (await corpus['db-lock']!.protocol()).instantiate({} as never, [])
  const given: (number | undefined)[] = []
  const search = async (options: SearchOptions, roles: readonly { readonly name: string }[]) => {
    given.push(options.budget?.timeoutMs)
    await new Promise((resume) => setTimeout(resume, 30))
    if (roles.length > 0) throw new Asymmetry(roles[0]!.name, 'names matter')
    return explore(model, { ...options, budget: { maxStates: 10 } })
  }
  const result = await upToSymmetry(model, { symmetry: 'auto', budget: { timeoutMs: 1_000 } }, search)
  expect(result.unlike).toEqual([{ role: 'client', why: 'names matter' }])
  expect(given).toHaveLength(2)
  expect(given[0]! - given[1]!).toBeGreaterThanOrEqual(25)
})
