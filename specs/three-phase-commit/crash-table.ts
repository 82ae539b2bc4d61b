/**
 * The table of coordinator crashes, asked of both forms of three-phase commit: at which moment it crashes, and how those
 * alive may end. Each cell is a property of its own: the outcome is reached, or it never is.
 */
import { never, optional, sometimes } from 'splitbrain'

/** What both forms show of themselves. */
interface System {
  readonly coordinator: readonly {
    readonly health: string
    readonly phase: 'asking' | 'preparing' | 'committing' | 'aborting'
    readonly told: ReadonlySet<unknown>
  }[]
  readonly participant: readonly { readonly health: string; readonly progress: string }[]
}

export type Outcome = 'Commit' | 'Abort' | 'Mixed'
export type Moment = keyof typeof MOMENTS

const MOMENTS = {
  beforePreCommit: 'before it sends preCommit',
  amidPreCommit: 'between two preCommits',
  afterPreCommit: 'after the last preCommit',
  beforeDoCommit: 'before it sends doCommit',
  amidDoCommit: 'between two doCommits',
  afterDoCommit: 'after the last doCommit',
}
const OUTCOMES = { Commit: 'those alive commit', Abort: 'those alive abort', Mixed: 'some commit while others abort' }

const isUp = ({ health }: { readonly health: string }) => health === 'up'

/** The moment at which the coordinator has crashed, where it is one of the six. */
function momentOf({ coordinator: [tm], participant }: System) {
  if (tm === undefined || isUp(tm) || (tm.phase !== 'preparing' && tm.phase !== 'committing')) return undefined
  const when = tm.told.size === 0 ? 'before' : tm.told.size < participant.length ? 'amid' : 'after'
  return `${when}${tm.phase === 'preparing' ? 'PreCommit' : 'DoCommit'}`
}

/** How it ends, once all who are alive have decided. */
function outcomeOf({ participant }: System): Outcome | undefined {
  const alive = participant.filter(isUp)
  const committed = alive.filter(({ progress }) => progress === 'committed').length
  const aborted = alive.filter(({ progress }) => progress === 'aborted').length
  if (alive.length === 0 || committed + aborted < alive.length) return undefined
  return committed === 0 ? 'Abort' : aborted === 0 ? 'Commit' : 'Mixed'
}

/** @param table the outcomes that are reached, by moment; all others must not be */
export const crashTable = (table: Readonly<Record<Moment, readonly Outcome[]>>) =>
  Object.fromEntries(
    (Object.keys(MOMENTS) as Moment[]).flatMap((moment) =>
      (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => {
        const claim = `the coordinator crashes ${MOMENTS[moment]}, and ${OUTCOMES[outcome]}`
        const test = (state: System) => momentOf(state) === moment && outcomeOf(state) === outcome
        return [`${moment}${outcome}`, optional((table[moment].includes(outcome) ? sometimes : never)(claim, test))]
      }),
    ),
  )
