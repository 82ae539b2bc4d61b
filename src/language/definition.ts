/**
 * The second half of a protocol's text: what its processes do, and what must be true of them.
 *
 * Bodies change `me` and `shared` in place; these are drafts, and the change is the body's effect. A body whose guard
 * fails returns `disabled`. Bodies must be pure: no clock, no randomness, no variable outside that changes. They are
 * called far less often than there are transitions (the engine remembers what they did), so a counter in one counts
 * nothing useful.
 */
import type { disabled } from '../model.ts'
import type { Check } from '../property/check.ts'
import type { Question } from '../property/question.ts'
import type { HistoryEvent } from '../value/history.ts'
import type {
  AnyDeclaration,
  AnyId,
  DeepReadonly,
  Health,
  IdsOf,
  MessageOf,
  MessageTypeOf,
  OperationOf,
  PartOf,
  Process,
  Readable,
  RoleOf,
  Shared,
} from './declaration.ts'
import type { Id } from './schema.ts'

/** What a body may return. */
// biome-ignore lint/suspicious/noConfusingVoidType: most bodies return nothing at all
export type Outcome = typeof disabled | undefined | void

/** What every body gets besides the state of its process. */
export interface Surroundings<D extends AnyDeclaration> {
  /** The ids of all processes, by role. */
  readonly ids: IdsOf<D>
  readonly shared: Shared<D>
  /** Picks one of the options; every one is explored. `name` is what traces call the choice. No options: disabled. */
  choose<T>(name: string, options: readonly T[]): T
}

/** How a process records what it does for a client; in protocols that declare `operations`. */
export interface Recording<D extends AnyDeclaration> {
  /** The client calls the operation. A process has at most one operation pending. */
  invoke<O extends OperationOf<D>>(operation: O, ...argument: PartOf<D, O, 'argument'>): void
  /** The pending operation returns to the client, with its result. */
  returns<O extends OperationOf<D>>(operation: O, ...result: PartOf<D, O, 'result'>): void
  /** The client learns that the pending operation has no effect, and never will. */
  failed(operation: OperationOf<D>): void
  /** The client gives the pending operation up: it may have taken effect, or may yet. A crash does the same. */
  unknown(operation: OperationOf<D>): void
}

type RecordingOf<D extends AnyDeclaration> = D extends { readonly operations: object } ? Recording<D> : unknown

export type Context<D extends AnyDeclaration, R extends RoleOf<D>> = ProcessContext<D, R> & RecordingOf<D>

interface ProcessContext<D extends AnyDeclaration, R extends RoleOf<D>> extends Surroundings<D> {
  readonly self: Id<R>
  /** The other processes of the same role. */
  readonly peers: readonly Id<R>[]
  /** Sends to one other process, or to each of several, in no order. */
  send(to: AnyId | readonly AnyId[], message: MessageOf<D>): void
  /**
   * What another process lets others read (`readable`): its fields as they were before this step, for looking at only.
   * Of a process that is down or paused as well: its durable fields, and its volatile ones at their start.
   */
  read<R extends RoleOf<D>>(process: Id<R>): Readable<D, R>
}

export type ReceiveContext<D extends AnyDeclaration, R extends RoleOf<D>> = Context<D, R> & {
  /** The sender. */
  readonly from: Id<RoleOf<D>>
}

/** The state of the whole system at its start: processes and shared variables, all of them mutable. */
export type Beginning<D extends AnyDeclaration> = Surroundings<D> & {
  /** Sends on behalf of a process, which need not know of it: what is in flight at the start, a forgery. */
  send(from: AnyId, to: AnyId | readonly AnyId[], message: MessageOf<D>): void
} & {
  readonly [R in RoleOf<D>]: readonly (Process<D, R> & { readonly id: Id<R>; readonly health: Health })[]
}

/**
 * The state of the whole system, for the environment. Health, channels and cuts are for assumptions about time: a lock
 * expires only under a client that stands still; a time-out that is never early strikes only where nothing is on its way,
 * or cannot arrive.
 */
export type World<D extends AnyDeclaration> = Beginning<D> & {
  /** The messages in flight from one process to another, for looking at only. */
  channel(from: AnyId, to: AnyId): readonly MessageOf<D>[]
  /** Whether a partition holds up what one process sends to another. */
  isCut(from: AnyId, to: AnyId): boolean
}

/** A process as properties see it. */
export type ProcessView<D extends AnyDeclaration, R extends RoleOf<D>> = DeepReadonly<Process<D, R>> & {
  readonly id: Id<R>
  readonly health: Health
}

/** A message in flight as properties see it. */
export interface InFlight<D extends AnyDeclaration> {
  readonly from: Id<RoleOf<D>>
  readonly to: Id<RoleOf<D>>
  readonly message: MessageOf<D>
}

/** The state of the whole system, for properties. */
export type View<D extends AnyDeclaration> = { readonly [R in RoleOf<D>]: readonly ProcessView<D, R>[] } & {
  readonly shared: DeepReadonly<Shared<D>>
  readonly messages: readonly InFlight<D>[]
} & (D extends { readonly operations: object } ? Recorded : unknown)

interface Recorded {
  /** What was recorded so far. */
  readonly history: readonly HistoryEvent[]
}

type Named<Body> = { readonly [action: string]: Body | false }

/**
 * Where a body or a question is `false`, it is no part of this variant:
 * `giveUp: patience > 0 && ((me) => { ... })`, `aCommit: entries > 0 && sometimes(...)`.
 */
export interface Definition<D extends AnyDeclaration> {
  /** How many processes each role has. */
  readonly population?: { readonly [R in RoleOf<D>]: number }
  /** How many processes of a role may be down at once: no more crash until one is back. Default: all. */
  readonly mostDown?: { readonly [R in RoleOf<D>]?: number }
  /**
   * The cuts that a partition may make, each by its groups, of which none hears another; whoever is in none hears all.
   * `({ server: [a, b, c] }) => [[[a], [b, c]], [[a], [c]]]`: the first from both, or from the last only. Where a
   * partition is `oneWay`, no group hears those before it. Default: all that the declaration says.
   */
  readonly cuts?: ((ids: IdsOf<D>) => readonly (readonly (readonly (AnyId | undefined)[])[])[]) | false
  /**
   * What must be true of the parameters, in words: `{ 'crashes < servers': crashes < servers }`. Where it is not, the
   * parameters are refused.
   */
  readonly requires?: { readonly [sentence: string]: boolean }
  /**
   * What sets up each process, and the shared variables, beyond their schemas' defaults. Choices give several starts;
   * `disabled` leaves one out.
   */
  readonly start?: {
    readonly [A in RoleOf<D> | 'environment']?: A extends 'environment'
      ? (world: Beginning<D>) => Outcome
      : (me: Process<D, A & RoleOf<D>>, context: Context<D, A & RoleOf<D>>) => Outcome
  }
  /** What a process does of its own accord. */
  readonly actions?: {
    readonly [A in RoleOf<D> | 'environment']?: A extends 'environment'
      ? Named<(world: World<D>) => Outcome>
      : Named<(me: Process<D, A & RoleOf<D>>, context: Context<D, A & RoleOf<D>>) => Outcome>
  }
  /** What a process does with a message. `disabled` leaves the message in the channel. */
  readonly receive?: {
    readonly [R in RoleOf<D>]?: {
      readonly [M in MessageTypeOf<D>]?:
        | ((me: Process<D, R>, message: MessageOf<D, M>, context: ReceiveContext<D, R>) => Outcome)
        | false
    }
  }
  /**
   * What a process does as it comes back from a crash, its volatile state already back at its start. `disabled`: it
   * does not come back.
   */
  readonly restart?: {
    readonly [R in RoleOf<D>]?: (me: Process<D, R>, context: Context<D, R>) => Outcome
  }
  /**
   * Bounds of the search beyond those of parameters, by what they say: `{ 'at most 3 requests wait': ({ server }) => ... }`.
   * A state beyond one is judged, and nothing happens in it. What holds, holds within the constraint.
   */
  readonly constraint?: { readonly [bound: string]: ((state: View<D>) => Check) | false }
  /**
   * What tells states apart, as plain data; a function of what properties see. Of states of which it gives the same, the
   * first that is met is kept, and nothing is known of what else could happen in the others: that it is the same, is for
   * its author to know. What holds, holds as far as the view tells.
   */
  readonly view?: ((state: View<D>) => unknown) | false
  readonly properties: { readonly [name: string]: Question<View<D>> | false }
}
