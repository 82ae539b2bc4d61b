/**
 * What a log's lines mean to a protocol: a map, which a file exports by default. It says which event a line is, which
 * steps of the protocol may be behind it, and what it shows of the state before or after them.
 *
 * A line is data of somebody else's system; the map is the only place that knows both sides. Its functions are pure.
 */
import type {
  AnyDeclaration,
  AnyId,
  MessageOf,
  MessageTypeOf,
  Process,
  RoleOf,
  Shared,
} from '../language/declaration.ts'
import type { Protocol } from '../language/protocol.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** A line as it was read: an object of JSON, or the groups of the pattern by name. */
export type Line = Readonly<Record<string, unknown>>

/** One step, named as traces name it; what is left out is open. */
export type StepPattern<D extends AnyDeclaration = AnyDeclaration> =
  | {
      readonly action: string
      /** Who acts. Absent: anybody, the environment included. */
      readonly process?: string
      /** What it chose, by the names of the choices. */
      readonly chose?: Readonly<Record<string, unknown>>
    }
  | {
      /** The type of a message that is delivered, or some of its fields. */
      readonly receive: MessageTypeOf<D> | (Partial<MessageOf<D>> & { readonly type: MessageTypeOf<D> })
      /** Who receives it. */
      readonly process?: string
      readonly from?: string
    }

/** What is shown of a value: the value itself, some fields of an object, or a question whether it may be that; a text says why not. */
export type Shown<T> =
  | Named<T>
  | ((value: T) => boolean | string)
  | (T extends readonly unknown[] ? never : ShownFields<T>)

/** A value as others have it, to whom the names of processes are texts. */
type Named<T> = T extends AnyId
  ? string
  : T extends string
    ? T
    : T extends ReadonlySet<infer E>
      ? ReadonlySet<Named<E>>
      : T extends readonly (infer E)[]
        ? readonly Named<E>[]
        : { readonly [K in keyof T]: Named<T[K]> }
export type ShownFields<T> = { readonly [K in keyof T]?: Shown<T[K]> }

/** What is shown of a state: fields by process, and of the shared variables. */
export type ShownState<D extends AnyDeclaration> = {
  readonly [process: string]: ShownProcess<D> | ShownFields<Shared<D>>
} & { readonly shared?: ShownFields<Shared<D>> }

/** Of a process of any of the roles. */
type ShownProcess<D extends AnyDeclaration> = {
  [R in RoleOf<D>]: ShownFields<Process<D, R> & { readonly health: string }>
}[RoleOf<D>]

/** A way in which a line can have come about. */
export interface Explanation<D extends AnyDeclaration = AnyDeclaration> {
  /** One step, or several in a row. Absent: nothing happened, the line only shows something. */
  readonly steps?: StepPattern<D> | readonly StepPattern<D>[]
  readonly before?: ShownState<D>
  readonly after?: ShownState<D>
}

/** What the functions of a map are given besides the line. */
export interface Names<D extends AnyDeclaration = AnyDeclaration> {
  /** The processes of each role, in order. */
  readonly ids: { readonly [R in RoleOf<D>]: readonly string[] }
  /** The process that stands for what the log calls `name`: names get a role's processes in the order in which they appear. */
  process(role: RoleOf<D>, name: unknown): string
}

type Explain<D extends AnyDeclaration> = (line: Line, names: Names<D>) => Explanation<D> | readonly Explanation<D>[]

export interface LogMapText<D extends AnyDeclaration> {
  /** The parameters of the model that the log is held against; the others are at their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** How a line is read: a pattern with named groups. Lines that it does not match are no events. Absent: JSON. */
  readonly pattern?: RegExp
  /** What event a line is; undefined: none. */
  readonly event: (line: Line) => string | undefined
  /** What may be behind an event, by its name: one explanation or several. `'nothing'`: it says nothing of the protocol. */
  readonly on: Readonly<Record<string, Explain<D> | 'nothing'>>
  /**
   * Whose line it is, where the order of lines is real only among those of one node. Absent: one file is in one order;
   * of several, each is a node's.
   */
  readonly node?: (line: Line) => unknown
  /** When it happened: [earliest, latest], in any unit. An event is after those whose latest is before its earliest. */
  readonly time?: (line: Line) => readonly [number, number] | undefined
  /** What may happen without a line: actions, deliveries (`server.Request`), faults (`lose`), as fairness names them. */
  readonly silent?: readonly string[]
}

export interface LogMap<D extends AnyDeclaration = AnyDeclaration> extends LogMapText<D> {
  readonly kind: 'splitbrain log map'
  readonly protocol: Protocol<D>
}

/** A map with its types erased: the compiler has checked it where it was written. */
export interface AnyLogMap extends Omit<LogMap, 'on' | 'protocol'> {
  readonly protocol: Protocol
  readonly on: Readonly<Record<string, ((line: Line, names: never) => unknown) | 'nothing'>>
}

/** @throws SplitbrainError `bad-map` where a part of it is misspelt or missing */
export function logMap<D extends AnyDeclaration>(protocol: Protocol<D>, text: NoInfer<LogMapText<D>>): LogMap<D> {
  if (protocol?.kind !== 'splitbrain protocol') {
    throw badMap('the first argument is no protocol', 'logMap(lock, { event, on }), with lock as its file exports it')
  }
  const unknown = Object.keys(text).find((name) => !PARTS.includes(name))
  if (unknown !== undefined) throw badMap(`there is no part ${unknown}`, `one of ${PARTS.join(', ')}`)
  if (typeof text.event !== 'function') throw badMap('event is no function', 'event: (line) => line.name')
  if (typeof text.on !== 'object' || text.on === null)
    throw badMap('on is no object', 'on: { Request: (line) => ({ ... }) }')
  for (const [name, explain] of Object.entries(text.on)) {
    if (typeof explain === 'function' || explain === 'nothing') continue
    throw badMap(
      `on.${name} is neither a function nor 'nothing'`,
      `${name}: (line, names) => ({ steps, before, after })`,
    )
  }
  return { ...text, kind: 'splitbrain log map', protocol }
}

const PARTS = ['parameters', 'pattern', 'event', 'on', 'node', 'time', 'silent']

export const badMap = (found: string, expected: string): SplitbrainError =>
  new SplitbrainError('bad-map', `a map of a log: ${found}; expected ${expected}`)

export const isLogMap = (value: unknown): value is AnyLogMap =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'splitbrain log map'
