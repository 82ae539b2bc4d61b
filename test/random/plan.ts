/**
 * A random protocol as data: what its bodies do is a small program, interpreted by perform.ts and evaluate.ts. Being
 * data, a protocol on which engine and oracle disagree can be printed, shrunk and pasted into a test.
 *
 * Every process has all the fields below, and most bodies touch few of them, so the space stays small. All numbers are
 * kept below MODULUS and all arrays at most LONGEST, so every space is finite.
 */
import type { Order } from '../../src/model.ts'

export const MODULUS = 3
export const LONGEST = 3

export interface Nest {
  x: number
  items: number[]
  inner: { list: number[] }
}

/** An element of a set that is no primitive. */
export interface Vote {
  readonly by: string
  readonly on: readonly number[]
}

/** The state of a process. */
export interface Process {
  fuel: number
  n: number
  m: number
  flag: boolean
  mode: string
  peer: string | null
  set: Set<string>
  votes: Set<Vote>
  list: number[]
  list2: number[]
  table: Record<string, number>
  nest: Nest
  nest2: Nest
  rows: { k: number; l: number[] }[]
  /** The operation that is pending; never durable, since a crash ends it. */
  open: Call | null
}

export interface SharedState {
  count: number
  log: number[]
  seen: Set<string>
  cast: Set<Vote>
  tree: Nest
}

/** What others may read of a process. */
export const READABLE = ['n', 'list', 'nest', 'set'] as const
export type Other = Readonly<Pick<Process, (typeof READABLE)[number]>>

/** What every message carries, whatever its type. */
export interface Payload {
  readonly n: number
  readonly who: string | null
  readonly list: readonly number[]
  readonly nest: Nest
  readonly set: ReadonlySet<string>
}

export type IntPlace = 'n' | 'm' | 'nest.x' | 'nest2.x' | 'count' | 'tree.x'
export type ListPlace =
  | ('list' | 'list2' | 'nest.items' | 'nest.inner.list' | 'nest2.items' | 'nest2.inner.list')
  | ('row.l' | 'log' | 'tree.items')
export type NestPlace = 'nest' | 'nest2' | 'tree'
export type SetPlace = 'set' | 'seen'
export type VotePlace = 'votes' | 'cast'
export type Call = 'read' | 'write'
export type Who = 'self' | 'first' | 'last' | 'peer'

export type Int =
  | { readonly int: 'constant'; readonly value: number }
  | { readonly int: 'read'; readonly place: IntPlace }
  | { readonly int: 'at'; readonly list: ListPlace; readonly index: number }
  | { readonly int: 'length' | 'sum' | 'largest' | 'last' | 'find'; readonly list: ListPlace }
  | { readonly int: 'size' | 'countByForEach' | 'countBySpread'; readonly set: SetPlace }
  | { readonly int: 'votes' | 'sumVotes'; readonly votes: VotePlace }
  | { readonly int: 'entry'; readonly who: Who }
  /** Of another process. */
  | { readonly int: 'other'; readonly who: Who; readonly part: 'n' | 'list' | 'nest' }
  | { readonly int: 'keys' | 'sumEntries' | 'rows' | 'message' }
  /** How many messages are on their way; 0 where the network is out of sight. */
  | { readonly int: 'inFlight'; readonly from: Who; readonly to: Who }

export type Bool =
  | { readonly bool: 'constant'; readonly value: boolean }
  | { readonly bool: 'flag' }
  | { readonly bool: 'mode'; readonly mode: string }
  | { readonly bool: 'peer'; readonly who: Who | null }
  | { readonly bool: 'compare'; readonly a: Int; readonly is: '=' | '<' | '>='; readonly b: Int }
  | { readonly bool: 'includes'; readonly list: ListPlace; readonly value: Int }
  | { readonly bool: 'has'; readonly set: SetPlace; readonly who: Who }
  | { readonly bool: 'voted'; readonly votes: VotePlace; readonly who: Who; readonly on: Int }
  | { readonly bool: 'otherHas'; readonly who: Who; readonly element: Who }
  | { readonly bool: 'in'; readonly who: Who }
  /** False where the network is out of sight. */
  | { readonly bool: 'isCut'; readonly from: Who; readonly to: Who }
  /** True where health is out of sight. */
  | { readonly bool: 'isUp' }
  | { readonly bool: 'equalLists'; readonly a: ListPlace; readonly b: ListPlace }
  | { readonly bool: 'equalNests'; readonly a: NestPlace; readonly b: NestPlace }
  | { readonly bool: 'not'; readonly of: Bool }
  | { readonly bool: 'and' | 'or'; readonly a: Bool; readonly b: Bool }

export type Op =
  | { readonly op: 'int'; readonly place: IntPlace; readonly value: Int }
  | { readonly op: 'flag'; readonly value: Bool }
  | { readonly op: 'mode'; readonly mode: string }
  | { readonly op: 'peer'; readonly who: Who | null }
  | { readonly op: 'push' | 'unshift'; readonly list: ListPlace; readonly value: Int }
  | { readonly op: 'detach'; readonly list: ListPlace; readonly value: Int }
  | { readonly op: 'pop' | 'shift' | 'reverse' | 'sort'; readonly list: ListPlace }
  | {
      readonly op: 'splice'
      readonly list: ListPlace
      readonly at: number
      readonly remove: number
      readonly insert: Int
    }
  | { readonly op: 'store'; readonly list: ListPlace; readonly at: number; readonly value: Int }
  | { readonly op: 'truncate'; readonly list: ListPlace; readonly length: number }
  | {
      readonly op: 'sortedCopy' | 'filteredCopy' | 'concat' | 'alias'
      readonly to: ListPlace
      readonly from: ListPlace
    }
  | {
      readonly op: 'nest'
      readonly to: NestPlace
      readonly from: NestPlace
      readonly how: 'alias' | 'spread' | 'copy' | 'inner' | 'swap'
    }
  | { readonly op: 'add' | 'remove'; readonly set: SetPlace; readonly who: Who }
  | { readonly op: 'clear'; readonly set: SetPlace }
  | { readonly op: 'vote' | 'unvote'; readonly votes: VotePlace; readonly who: Who; readonly on: Int }
  | { readonly op: 'keepVotes' | 'chooseVote'; readonly votes: VotePlace }
  | { readonly op: 'tally'; readonly set: SetPlace; readonly add: Who; readonly remove: Who }
  | { readonly op: 'set'; readonly to: SetPlace; readonly from: SetPlace; readonly how: 'alias' | 'copy' | 'union' }
  | { readonly op: 'entry'; readonly who: Who; readonly value: Int }
  | { readonly op: 'forget'; readonly who: Who }
  | { readonly op: 'bumpEntries' | 'resetTable' | 'popRow' | 'fresh' }
  | { readonly op: 'chooseRow' }
  | { readonly op: 'pushRow'; readonly value: Int; readonly list: ListPlace }
  | { readonly op: 'if'; readonly when: Bool; readonly yes: readonly Op[]; readonly no: readonly Op[] }
  | { readonly op: 'each'; readonly set: SetPlace; readonly place: IntPlace }
  | { readonly op: 'stop' | 'throw'; readonly when: Bool }
  | { readonly op: 'chooseInt'; readonly place: IntPlace; readonly options: readonly number[] }
  | { readonly op: 'chooseElement'; readonly place: IntPlace; readonly list: ListPlace }
  | { readonly op: 'chooseWho'; readonly from: SetPlace | 'keys' | 'ids' }
  | {
      readonly op: 'send'
      readonly type: string
      readonly to: Who | 'all' | 'choice'
      readonly list: ListPlace
      readonly nest: NestPlace
    }
  | { readonly op: 'keep'; readonly part: 'list' | 'nest' | 'set' | 'who'; readonly how: 'alias' | 'copy' }
  /** The same of what another process lets others read. */
  | { readonly op: 'borrow'; readonly who: Who; readonly part: 'list' | 'nest' | 'set'; readonly how: 'alias' | 'copy' }
  /** Ends the operation that is pending, or invokes one; `atOnce`: invokes one and ends it. */
  | {
      readonly op: 'record'
      readonly atOnce: boolean
      readonly call: Call
      readonly end: 'returns' | 'failed' | 'unknown'
      readonly value: Int
    }
  | { readonly op: 'breakType' }

/** Asked of a register that starts with 0; the rest of the plan of such a property counts for nothing. */
export type Consistency = 'linearizable' | 'sequentiallyConsistent' | 'readYourWrites' | 'monotonicReads'

/** A body; one that burns fuel can run only as often as there is fuel. */
export interface BodyPlan {
  /** Of an action: it may happen, and need not. */
  readonly optional?: boolean
  readonly burns: boolean
  readonly ops: readonly Op[]
}

export interface PropertyPlan {
  readonly kind: 'always' | 'never' | 'sometimes' | 'deadlock' | 'step' | Consistency
  readonly quantifier: 'every' | 'some' | 'none' | 'noPair' | 'messages'
  readonly test: Bool
  /** For step properties, where `test` is true before: `every`, it never falls; `none`, never rises; `messages`, changes; else it stays. */
  readonly measure: Int
}

export interface RolePlan {
  readonly processes: number
  readonly fuel: number
  readonly durable: readonly string[]
  readonly start: readonly Op[]
  readonly actions: readonly BodyPlan[]
  /** One for each type of message that the role receives. */
  readonly receive: Readonly<Record<string, BodyPlan>>
  readonly restart: readonly Op[]
}

export interface Plan {
  /** It starts with no process named. */
  readonly isImpartial?: boolean
  readonly network: {
    readonly order: Order
    readonly capacity: number | null
  }
  readonly roles: readonly RolePlan[]
  readonly environment: readonly BodyPlan[]
  readonly properties: readonly PropertyPlan[]
  /** How the second role crashes, if there is one; each role has its own budget then. */
  readonly mateCrash: {
    readonly restart: 'later' | 'at once' | 'never'
    readonly budget: number
    readonly mostDown: number
  } | null
  readonly crash: {
    readonly restart: 'later' | 'at once' | 'never'
    readonly budget: number
  }
  readonly pauses: number
  readonly losses: number
  /** Where losses are a list: how many of `Note`s, the others being of `Put`s. */
  readonly noteLosses: number | null
  readonly duplicates: number
  readonly partition: {
    readonly roles: 'all' | 'first'
    readonly cut: 'sides' | 'links'
    readonly oneWay: boolean
    readonly heal: 'later' | 'never'
    readonly budget: number
    /** Of those roles: all cuts in two, the first and the last from each other, all from all. */
    readonly given: 'none' | 'halves' | 'bridge' | 'apart'
  }
}
