/** What the expressions of a plan mean, over a body's drafts and over a property's view alike. */
import { equal } from 'splitbrain'
import {
  type Bool,
  type Int,
  type IntPlace,
  type ListPlace,
  MODULUS,
  type Nest,
  type NestPlace,
  type Other,
  type Payload,
  type Process,
  type SetPlace,
  type SharedState,
  type Vote,
  type VotePlace,
  type Who,
} from './plan.ts'

/** What an expression can see. */
export interface Scope {
  readonly me: Process
  readonly shared: SharedState
  readonly self: string
  readonly ids: readonly string[]
  readonly message?: Payload
  /** Absent where nobody reads others: in properties and in the environment. */
  readonly read?: (id: string) => Other
  /** In properties and in the environment. */
  readonly health?: string
  /** What only the environment sees. */
  readonly network?: {
    readonly channel: (from: string, to: string) => readonly Payload[]
    readonly isCut: (from: string, to: string) => boolean
  }
}

export function evaluate(scope: Scope, bool: Bool): boolean {
  const { me } = scope
  switch (bool.bool) {
    case 'constant':
      return bool.value
    case 'flag':
      return me.flag
    case 'mode':
      return me.mode === bool.mode
    case 'peer':
      return me.peer === (bool.who === null ? null : whoOf(scope, bool.who))
    case 'compare':
      return compare(intOf(scope, bool.a), bool.is, intOf(scope, bool.b))
    case 'includes':
      return listAt(scope, bool.list).includes(intOf(scope, bool.value))
    case 'has':
      return setAt(scope, bool.set).has(whoOf(scope, bool.who))
    case 'voted':
      return votesAt(scope, bool.votes).has(voteOf(scope, bool))
    case 'otherHas':
      return otherOf(scope, bool.who).set.has(whoOf(scope, bool.element))
    case 'in':
      return whoOf(scope, bool.who) in me.table
    case 'isCut':
      return between(scope, bool, (network, from, to) => network.isCut(from, to)) ?? false
    case 'isUp':
      return (scope.health ?? 'up') === 'up'
    case 'equalLists':
      return equal(listAt(scope, bool.a), listAt(scope, bool.b))
    case 'equalNests':
      return equal(nestAt(scope, bool.a), nestAt(scope, bool.b))
    case 'not':
      return !evaluate(scope, bool.of)
    case 'and':
      return evaluate(scope, bool.a) && evaluate(scope, bool.b)
    case 'or':
      return evaluate(scope, bool.a) || evaluate(scope, bool.b)
  }
}

function compare(a: number, is: '=' | '<' | '>=', b: number): boolean {
  return is === '=' ? a === b : is === '<' ? a < b : a >= b
}

export function intOf(scope: Scope, int: Int): number {
  const { me } = scope
  switch (int.int) {
    case 'constant':
      return int.value
    case 'read':
      return readInt(scope, int.place)
    case 'at':
      return listAt(scope, int.list)[int.index] ?? 0
    case 'length':
      return listAt(scope, int.list).length
    case 'sum': {
      let sum = 0
      for (const element of listAt(scope, int.list)) sum += element
      return sum
    }
    case 'largest':
      return Math.max(0, ...listAt(scope, int.list))
    case 'last':
      return listAt(scope, int.list).at(-1) ?? 0
    case 'find':
      return listAt(scope, int.list).findIndex((element) => element > 0) + 1
    case 'size':
      return setAt(scope, int.set).size
    case 'countByForEach': {
      let count = 0
      setAt(scope, int.set).forEach((id) => {
        if (id !== scope.self) count++
      })
      return count
    }
    case 'countBySpread':
      return [...setAt(scope, int.set)].filter((id) => id > scope.self).length
    case 'votes':
      return votesAt(scope, int.votes).size
    case 'sumVotes':
      return [...votesAt(scope, int.votes)].reduce((sum, { by, on }) => sum + by.length + on[0]!, 0)
    case 'entry':
      return me.table[whoOf(scope, int.who)] ?? 0
    case 'other': {
      const { n, list, nest } = otherOf(scope, int.who) // looks at all of it
      return int.part === 'n' ? n : int.part === 'list' ? list.length : nest.x
    }
    case 'keys':
      return Object.keys(me.table).length
    case 'sumEntries':
      return Object.values({ ...me.table }).reduce((a, b) => a + b, 0)
    case 'rows':
      return me.rows.reduce((sum, { k, l }) => sum + k + l.length, 0)
    case 'message':
      return scope.message === undefined ? 0 : scope.message.n + scope.message.list.length
    case 'inFlight':
      return between(scope, int, ({ channel }, from, to) => channel(from, to).length) ?? 0
  }
}

/** Undefined where the network is out of sight, or of a process and itself. */
function between<T>(
  scope: Scope,
  ends: { readonly from: Who; readonly to: Who },
  look: (network: NonNullable<Scope['network']>, from: string, to: string) => T,
): T | undefined {
  const [from, to] = [whoOf(scope, ends.from), whoOf(scope, ends.to)]
  return scope.network === undefined || from === to ? undefined : look(scope.network, from, to)
}

export function whoOf({ me, self, ids }: Scope, who: Who): string {
  if (who === 'self') return self
  if (who === 'peer') return me.peer ?? self
  return who === 'first' ? ids[0]! : ids.at(-1)!
}

/** What can be read of a process; of oneself, what one has. */
export function otherOf(scope: Scope, who: Who): Other {
  const id = whoOf(scope, who)
  return scope.read === undefined || id === scope.self ? scope.me : scope.read(id)
}

function readInt({ me, shared }: Scope, place: IntPlace): number {
  switch (place) {
    case 'n':
    case 'm':
      return me[place]
    case 'nest.x':
      return me.nest.x
    case 'nest2.x':
      return me.nest2.x
    case 'count':
      return shared.count
    case 'tree.x':
      return shared.tree.x
  }
}

/** The array at a place; for a row that does not exist, an array of its own. */
export function listAt({ me, shared }: Scope, place: ListPlace): number[] {
  switch (place) {
    case 'list':
    case 'list2':
      return me[place]
    case 'nest.items':
      return me.nest.items
    case 'nest.inner.list':
      return me.nest.inner.list
    case 'nest2.items':
      return me.nest2.items
    case 'nest2.inner.list':
      return me.nest2.inner.list
    case 'row.l':
      return me.rows[0]?.l ?? []
    case 'log':
      return shared.log
    case 'tree.items':
      return shared.tree.items
  }
}

export const nestAt = ({ me, shared }: Scope, place: NestPlace): Nest => (place === 'tree' ? shared.tree : me[place])

export const setAt = ({ me, shared }: Scope, place: SetPlace): Set<string> => (place === 'set' ? me.set : shared.seen)

export const votesAt = ({ me, shared }: Scope, place: VotePlace): Set<Vote> =>
  place === 'votes' ? me.votes : shared.cast

/** Made afresh: no set has it by identity. */
export const voteOf = (scope: Scope, { who, on }: { readonly who: Who; readonly on: Int }): Vote => ({
  by: whoOf(scope, who),
  on: [wrap(intOf(scope, on))],
})

export const wrap = (n: number): number => ((n % MODULUS) + MODULUS) % MODULUS
