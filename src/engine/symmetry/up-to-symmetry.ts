/** Which roles are searched up to symmetry: found out by trying. */
import type { Model } from '../../model.ts'
import { found } from '../../value/found.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { SearchResult, Unlike } from '../result.ts'
import type { SearchOptions } from '../search-options.ts'
import { Asymmetry } from './asymmetry.ts'
import { type Role, rolesOf } from './renaming.ts'

/** @throws SplitbrainError `bad-option` for what does not go together */
export function admitSymmetry({ symmetry, order, compactBytes, parallel }: SearchOptions): void {
  if (symmetry === undefined || symmetry === 'once-large') return
  const other = order === 'dfs' ? '--dfs' : compactBytes !== undefined ? '--compact' : undefined
  if (other !== undefined) {
    throw new SplitbrainError('bad-option', `--symmetry and ${other} do not go together; leave out one of them`)
  }
  if (typeof parallel?.workers === 'number' && parallel.workers > 1) {
    throw new SplitbrainError('bad-option', 'a search up to symmetry has one thread; leave out --workers')
  }
}

/**
 * Searches with all roles asked for; whenever one turns out to be told apart by its names, from the start without it.
 * @throws SplitbrainError `bad-option` where that was asked for by name
 */
export async function upToSymmetry(
  model: Model,
  options: SearchOptions,
  search: (options: SearchOptions, roles: readonly Role[]) => Promise<SearchResult>,
  startedAt = performance.now(),
  first = rolesAsked(model, options),
): Promise<SearchResult> {
  let roles = first
  const unlike: Unlike[] = []
  for (;;) {
    try {
      const { symmetry, ...plain } = within(options, performance.now() - startedAt)
      const result = await search(roles.length > 0 ? { ...plain, ...(symmetry && { symmetry }) } : plain, roles)
      const stop = { ...result.stop, elapsedMs: performance.now() - startedAt }
      return { ...result, stop, ...(unlike.length > 0 && { unlike }) }
    } catch (thrown) {
      if (!(thrown instanceof Asymmetry)) throw thrown
      if (options.symmetry !== 'auto') throw notSymmetric(thrown)
      unlike.push({ role: thrown.role, why: thrown.what })
      roles = roles.filter(({ name }) => name !== thrown.role)
    }
  }
}

/** The options with what is left of the time: a search that begins anew has no more. */
function within(options: SearchOptions, elapsedMs: number): SearchOptions {
  const { budget } = options
  if (budget?.timeoutMs === undefined) return options
  return { ...options, budget: { ...budget, timeoutMs: Math.max(1, budget.timeoutMs - elapsedMs) } }
}

function rolesAsked(model: Model, { symmetry }: SearchOptions): readonly Role[] {
  const roles = rolesOf(model)
  if (symmetry === undefined || typeof symmetry === 'string') return roles
  return symmetry.map((name) => {
    const role = roles.find((one) => one.name === name)
    if (role !== undefined) return role
    const known = roles.length === 0 ? 'it has none' : `those are: ${roles.map((one) => one.name).join(', ')}`
    throw new SplitbrainError(
      'bad-option',
      `found ${found(name)} in --symmetry; expected a role of ${model.protocol} with more than one process; ${known}`,
    )
  })
}

const notSymmetric = ({ role, what }: Asymmetry): SplitbrainError =>
  new SplitbrainError(
    'bad-option',
    `${role} is not symmetric: ${what}; leave it out of --symmetry, or use --symmetry auto`,
  )
