/**
 * Up to symmetry once it pays. A search of orbits takes several times as long for each step, so it repays itself where
 * there are many states and many names: a search begins without, and only where it has become large a few orbits are
 * tried beside it. That takes a moment; a role whose names matter is nearly always found out by then, and the search goes
 * on as if nothing had been. Otherwise it begins anew.
 *
 * What decides is counted, not timed: the same command says the same.
 */
import type { Model, Property } from '../../model.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { Queue } from '../frontier.ts'
import { isOpenUpToSymmetry } from '../liveness/left-open.ts'
import { type Deadline, Stopped } from '../memo/deadline.ts'
import type { SearchResult } from '../result.ts'
import type { Search } from '../search.ts'
import type { SearchOptions } from '../search-options.ts'
import { Asymmetry } from './asymmetry.ts'
import { orderOf } from './group.ts'
import { type Role, rolesOf } from './renaming.ts'
import { SymmetricSearch } from './symmetric-search.ts'
import { upToSymmetry } from './up-to-symmetry.ts'

export type Searches = (options: SearchOptions, roles?: readonly Role[], trial?: Trial) => Promise<SearchResult>

/** So many renamings repay themselves: four processes of a role. With three, other threads do more. */
const RENAMINGS = 24

/** Searches state by state, and orbit by orbit from where that pays. @param asked what is checked */
export async function onceLarge(
  model: Model,
  options: SearchOptions,
  asked: readonly Property[],
  search: Searches,
): Promise<SearchResult> {
  const startedAt = performance.now()
  const roles = rolesOf(model)
  if (orderOf(roles) < RENAMINGS || !canChange(model, options, asked)) return search(options)
  try {
    return await search(options, [], new Trial(model, asked, roles))
  } catch (thrown) {
    if (!(thrown instanceof Alike)) throw thrown
    return upToSymmetry(model, { ...options, symmetry: 'auto' }, search, startedAt, thrown.roles)
  }
}

/** Whether orbits answer all that is asked. */
function canChange({ within, view }: Model, options: SearchOptions, asked: readonly Property[]): boolean {
  const { order, compactBytes, profiled, digested, counted, versions, parallel, budget } = options
  const threads = parallel?.workers ?? 1
  const isOther = order === 'dfs' || compactBytes !== undefined || profiled || digested || counted !== undefined
  if (isOther || versions !== undefined || (threads !== 'auto' && threads > 1)) return false
  return (
    within === undefined && view === undefined && budget?.maxStates === undefined && !asked.some(isOpenUpToSymmetry)
  )
}

/** Ends a search: it is to begin anew, up to the names of these roles. */
class Alike extends Error {
  constructor(readonly roles: readonly Role[]) {
    super('the search begins anew')
  }
}

export class Trial {
  #isOver = false

  constructor(
    readonly model: Model,
    readonly asked: readonly Property[],
    readonly roles: readonly Role[],
  ) {}

  /**
   * Looks, once, whether a search has become large and has enough names that do not matter.
   * @throws Alike
   * @throws Stopped where the search is to end meanwhile
   */
  look({ distinct, tuning }: Pick<Search, 'distinct' | 'tuning'>, deadline: Deadline): void {
    if (this.#isOver || distinct < tuning.symmetry.triedAt) return
    this.#isOver = true
    for (let { roles } = this; orderOf(roles) >= RENAMINGS; ) {
      const left = this.#try(roles, tuning, deadline)
      if (left.length === roles.length) throw new Alike(roles)
      roles = left
    }
  }

  /** Without the first role whose names turn out to matter; none where the protocol itself is broken. */
  #try(roles: readonly Role[], tuning: Search['tuning'], deadline: Deadline): readonly Role[] {
    const { orbits } = tuning.symmetry
    try {
      const searching = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: true, tuning, deadline }
      const search = new SymmetricSearch(this.model, new Queue(), this.asked, searching, roles)
      while (search.distinct < orbits && search.advance(orbits) === 'more') {
        const reason = deadline.reason()
        if (reason !== undefined) throw new Stopped(reason)
      }
      return roles
    } catch (thrown) {
      if (thrown instanceof Asymmetry) return roles.filter(({ name }) => name !== thrown.role)
      if (thrown instanceof SplitbrainError && thrown.code !== 'internal') return []
      throw thrown
    }
  }
}
