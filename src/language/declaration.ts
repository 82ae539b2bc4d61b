/**
 * The first half of a protocol's text: its names and shapes. Everything here is data, read before any parameter is
 * known; `verify show` prints it. The types at the end give the second half (definition.ts) its inferred types.
 */
import type { z } from 'zod'
import type { Order } from '../model.ts'
import type { BUDGETS, Fault, UNLIMITED } from './budgets.ts'
import type { Fields, Id, Shape } from './schema.ts'

/** A kind of process. */
export interface RoleDeclaration {
  /** Processes are named prefix + number: `n` gives n1, n2, n3. Default: the role's name. */
  readonly prefix?: string
  /** State that survives a crash. */
  readonly durable?: Shape
  /** State that a crash sets back to its start. */
  readonly volatile?: Shape
  /**
   * The fields that other processes may read, each of them an atomic register with this one writer (Lamport, "On
   * Interprocess Communication", 1986): `read(id)` in their bodies.
   */
  readonly readable?: readonly string[]
}

/** What clients do at the boundary of the system: its argument and its result, where it has them. */
export interface OperationDeclaration {
  readonly argument?: z.ZodType
  readonly result?: z.ZodType
}

/** How often a fault may strike in one run; the default of the budget parameter that the fault brings along. */
interface Budget {
  readonly budget?: number | typeof UNLIMITED
}

/**
 * The faults that may strike. Each brings a parameter with it - `crashes`, `pauses`, `losses`, `duplicates`,
 * `partitions` - that bounds how often it does, 0 unless `budget` says otherwise. Without a bound
 * (`unlimited`) a fault may strike for ever, and nothing counts it.
 *
 * Where roles or messages differ, a fault is a list, and each entry has a budget of its own, called after the first that
 * it names: `crash: [{ roles: ['server'] }, { roles: ['client'], restart: 'never' }]` brings along `serverCrashes` and
 * `clientCrashes`.
 */
export interface Faults<R extends string, M extends string> {
  /**
   * A process of these roles stops: its volatile state goes back to its start. `restart: 'later'` (the default): it
   * is down until it restarts, in a step of its own; `'at once'`: crash and restart are one step; `'never'`: it stays
   * down. While it is down it neither acts nor receives; messages to it wait.
   *
   * A crash may come between two steps, and amid one: just before any send of a body but the first, and amid a send to
   * many, which has no order: any of the receivers may be all whom it has reached. What the body did until then stays,
   * as far as a crash leaves it; the rest is not done.
   */
  readonly crash?: R | CrashFault<R> | readonly CrashFault<R>[]
  /** A process of these roles stands still, keeping all its state, until it resumes. */
  readonly pause?: R | PauseFault<R> | readonly PauseFault<R>[]
  /** The network loses a message in flight. */
  readonly lose?: true | MessageFault<M> | readonly MessageFault<M>[]
  /** The network delivers a message twice. */
  readonly duplicate?: true | MessageFault<M> | readonly MessageFault<M>[]
  /** Links between processes carry nothing for a while: what is sent on them waits. */
  readonly partition?: true | Partition<R>
}

export interface CrashFault<R extends string = string> extends Budget {
  readonly roles: readonly R[]
  readonly restart?: 'later' | 'at once' | 'never'
}

interface PauseFault<R extends string> extends Budget {
  readonly roles: readonly R[]
}

interface MessageFault<M extends string> extends Budget {
  /** Of these types. Default: all. */
  readonly messages?: readonly M[]
}

/** What a partition cuts, and whether it heals. */
export interface Partition<R extends string = string> extends Budget {
  /** Only links between processes of these roles are cut. Default: all. */
  readonly roles?: readonly R[]
  /**
   * `sides` (the default): the processes fall into two sides, until all is whole again. `links`: one link more, whatever
   * is cut already, and each heals by itself; so two processes that cannot talk may both talk to a third.
   */
  readonly cut?: 'sides' | 'links'
  /** Of two sides (of the two ends of a link) one is not heard by the other, which it still hears. */
  readonly oneWay?: boolean
  /** `never`: what is cut stays cut. Default: `later`, in a step of its own. */
  readonly heal?: 'later' | 'never'
}

export interface AnyDeclaration {
  /** In lower case with dashes; the name that `verify` is called with. */
  readonly name: string
  /** One line for `verify list`. */
  readonly summary?: string
  /** Where the protocol and its claims come from: paper and section, document. */
  readonly sources?: readonly string[]
  /** Integers, booleans or enums with a default; each is a command-line option. Bounds of the space belong here. */
  readonly parameters?: Shape
  /** Seeded defects by name, each described in a phrase. All are off unless asked for. */
  readonly bugs?: Readonly<Record<string, string>>
  readonly roles?: Readonly<Record<string, RoleDeclaration>>
  readonly messages?: Readonly<Record<string, Shape>>
  /** Shared variables, each a component of its own, read and written atomically by any action. */
  readonly shared?: Shape
  /**
   * What clients record of what they do, with `invoke` and `returns`, so that consistency can be asked of the record:
   * `linearizable('...', register())`.
   */
  readonly operations?: Readonly<Record<string, OperationDeclaration>>
  /** What a channel between two processes does with its messages: its order, or more of it. Default: `unordered`. */
  readonly network?: Order | NetworkDeclaration
  readonly faults?: Faults<string, string>
}

/** Channels lead from each process to each other whose role receives. */
export interface NetworkDeclaration {
  /**
   * `unordered` (the default): any message may be received next. `set`: the same, and a message in flight is not kept
   * twice. `fifo`: a queue, whose oldest message is received or waited for.
   */
  readonly order?: Order
  /** How many messages a channel holds. Who sends into a full one is disabled. Default: any number. */
  readonly capacity?: number
}

export type Health = 'up' | 'down' | 'paused'

export type RoleOf<D extends AnyDeclaration> = Extract<keyof NonNullable<D['roles']>, string>
export type MessageTypeOf<D extends AnyDeclaration> = Extract<keyof NonNullable<D['messages']>, string>

type ShapeOr<S, Otherwise> = S extends Shape ? Fields<S> : Otherwise
type Nothing = Record<never, never>

/** The parameters, as the definition gets them: the protocol's own, and the budgets of its faults. */
export type ParametersOf<D extends AnyDeclaration> = Readonly<ShapeOr<D['parameters'], Nothing>> & {
  readonly [F in keyof D['faults'] & Fault as BudgetOf<NonNullable<D['faults']>[F], (typeof BUDGETS)[F][0]>]: number
}

/** What the budget of a fault is called, or of each of its entries. */
type BudgetOf<Text, Name extends string> = Text extends readonly (infer Entry)[] ? BudgetOfEntry<Entry, Name> : Name

type BudgetOfEntry<Entry, Name extends string> = Entry extends
  | { readonly roles: readonly [infer First extends string, ...unknown[]] }
  | { readonly messages: readonly [infer First extends string, ...unknown[]] }
  ? `${Uncapitalize<First>}${Capitalize<Name>}`
  : never

/** Which bugs are on. */
export type BugsOf<D extends AnyDeclaration> = { readonly [B in keyof NonNullable<D['bugs']>]: boolean }

/** The state of a process of role `R`, mutable: what an action calls `me`. */
export type Process<D extends AnyDeclaration, R extends RoleOf<D>> = ShapeOr<
  NonNullable<D['roles']>[R]['durable'],
  Nothing
> &
  ShapeOr<NonNullable<D['roles']>[R]['volatile'], Nothing>

/** What others may read of a process of role `R`; of one of several roles, either. */
export type Readable<D extends AnyDeclaration, R extends RoleOf<D>> = R extends unknown
  ? DeepReadonly<Pick<Process<D, R>, keyof Process<D, R> & ReadableNameOf<NonNullable<D['roles']>[R]>>>
  : never

type ReadableNameOf<R> = R extends { readonly readable: readonly (infer Name)[] } ? Name : never

/** The shared variables, mutable. */
export type Shared<D extends AnyDeclaration> = ShapeOr<D['shared'], Nothing>

/** A message of type `M`, with its `type` field. */
export type MessageOf<D extends AnyDeclaration, M extends MessageTypeOf<D> = MessageTypeOf<D>> = {
  [T in M]: { readonly type: T } & DeepReadonly<Fields<NonNullable<D['messages']>[T]>>
}[M]

export type OperationOf<D extends AnyDeclaration> = Extract<keyof NonNullable<D['operations']>, string>

/** What a part of an operation's declaration holds, as a list of parameters: none where it is not declared. */
export type PartOf<
  D extends AnyDeclaration,
  O extends OperationOf<D>,
  Part extends keyof OperationDeclaration,
> = NonNullable<D['operations']>[O] extends { readonly [P in Part]: infer S extends z.ZodType }
  ? [value: DeepReadonly<z.output<S>>]
  : []

export type AnyId = Id<never>
export type IdsOf<D extends AnyDeclaration> = { readonly [R in RoleOf<D>]: readonly Id<R>[] }

export type DeepReadonly<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends ReadonlySet<infer E>
    ? ReadonlySet<DeepReadonly<E>>
    : { readonly [K in keyof T]: DeepReadonly<T[K]> } // of a tuple, a tuple

/**
 * Checks that faults speak of declared roles and messages only, that a role lets others read fields of its own, and that
 * no part of a declaration is misspelt.
 */
export type Consistent<D extends AnyDeclaration> = {
  readonly faults?: Faults<RoleOf<D>, MessageTypeOf<D>>
  readonly network?: Order | NetworkDeclaration
  readonly roles?: { readonly [R in RoleOf<D>]: { readonly readable?: readonly FieldOf<D, R>[] } }
} & NoOthers<D, keyof AnyDeclaration>

/** The names of a role's fields; any name where the declaration was put together from data. */
type FieldOf<D extends AnyDeclaration, R extends RoleOf<D>> = string extends R ? string : keyof Process<D, R>

/** Forbids all keys of `T` but these. An inferred type is never checked for keys too many; this does it. */
export type NoOthers<T, Known> = { readonly [Other in Exclude<keyof T, Known>]: never }

export type ParameterSchema = z.ZodType
