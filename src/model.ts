/**
 * The model: what every other part of splitbrain agrees on. Read this file first.
 *
 * A protocol, at fixed parameters, is a transition system. Its state is a vector of components - one per process, per
 * channel, per shared variable. Its rules are pure functions that look at the state through a `Run` and change it
 * through the same `Run`; they are the only way a state can change. Its properties are pure functions that look at a
 * state through a `Reader`. The language (language/) produces models; the engine (engine/) searches them; the judge
 * (judge/) steps through them one step at a time. Nothing here knows about any of the three.
 *
 * Contract of every function in a model: deterministic and pure. Run twice on equal states with equal choices, it makes
 * the same reads, the same choices and the same changes. It keeps no memory, reads no clock and draws no random number.
 */

export type Primitive = null | boolean | number | string

/** What a state is made of: JSON, and sets. No `undefined`, no `NaN`, no class instances, no cycles. */
export type Value = Primitive | readonly Value[] | { readonly [key: string]: Value } | ReadonlySet<Value>

/** One value per component, in the order of `Model.components`. */
export type State = readonly Value[]

/** A message in a channel: an object whose `type` names it. */
export type Message = { readonly type: string; readonly [field: string]: Value }

/**
 * What a channel keeps. `unordered`: a multiset, any message may be received next. `set`: the same, but a copy of a
 * message already in flight is not kept twice. `fifo`: a queue, only the oldest message may be received.
 */
export type Order = 'unordered' | 'set' | 'fifo'

/** The values that a component can hold by its schema, numbered from 0. */
export interface Domain {
  readonly size: number
  readonly at: (index: number) => Value
  /** What of the schema is not in it, in words: `integers beyond 3`. */
  readonly omits: readonly string[]
}

/** One cell of the state. Components of the same `sort` hold the same kind of value (all servers, all channels). */
export type Component = {
  readonly name: string
  readonly sort: string
  /** The value before anything of `Model.initial` has run. A channel's value is the array of its messages. */
  readonly start: Value
  /** Says what is wrong with a value of this component, or undefined where it fits the component's schema. */
  readonly mismatch: (value: Value) => string | undefined
  /** Absent: nothing is known of what it can hold but its start. */
  readonly domain?: () => Domain
} & (
  | { readonly kind: 'process'; readonly role: string }
  | { readonly kind: 'channel'; readonly from: string; readonly to: string; readonly order: Order }
  /** What the clients did, in the normal form of value/history.ts. Bodies append to it; only properties look at it. */
  | { readonly kind: 'history' }
  | { readonly kind: 'shared' }
  | { readonly kind: 'budget' }
)

/**
 * Returned by a body whose guard fails: the rule has no step here. Whatever the body did before is discarded. The same
 * for all copies of this library in a process, so that a specification can be checked by another copy than its own.
 */
export const disabled: unique symbol = Symbol.for('splitbrain.disabled')

/** What a property may look at. Values are read-only. */
export interface Reader {
  read(component: number): unknown
  /**
   * What `make` makes of a component's value: the same object wherever that value is met again, for a component is always
   * asked with the same `make`. Absent where it is watched what is looked at.
   */
  kept?<T>(component: number, make: (value: unknown) => T): T
}

/**
 * What a body may touch. Components are named by their index. Where a body makes choices (or receives), the rule has
 * one step for every combination of them; a choice among no options disables the rule. `read` gives a component as it
 * was before the step, for looking at only.
 */
export interface Run extends Reader {
  /** The component's value; an object, array or set is a draft, to be changed in place. */
  draft(component: number): unknown
  /** Replaces the component's whole value. */
  replace(component: number, value: unknown): void
  /**
   * Picks one of the options; every option is explored. Options are distinguished by value; where several objects are
   * equal, a second choice, `NAME.which`, says which of them it is, counted from 1.
   */
  choose<T>(name: string, options: readonly T[]): T
  /**
   * Takes one deliverable message out of a channel, or with `keep` leaves it there to be delivered again; every
   * distinct one is explored. At most once in a body. The message is frozen.
   */
  receive(channel: number, keep?: boolean): Message
  /**
   * Puts a message into a channel, or into each of several, in no order; or an event at the end of a history. Observes
   * nothing of them.
   */
  send(to: number | readonly number[], message: unknown): void
  /**
   * Tries out on the state before the step what a body would do, without effect: what is looked at counts as looked at,
   * what is changed is forgotten. Nothing is chosen, received or sent.
   */
  rehearse<T>(scene: (stage: Stage) => T): T
}

/** What a rehearsal may touch. */
export type Stage = Pick<Run, 'read' | 'draft' | 'replace'>

export type Body = (run: Run) => unknown

/** A part of setting up the system: what a process does, or the environment (null). */
export interface Setup {
  readonly process: string | null
  readonly body: Body
}

/**
 * A named rule. Rules are identified by `action`, `process` and `fixed` together: a trace names steps by these and by
 * the choices made, never by position.
 */
export interface Rule {
  readonly action: string
  /** The process that acts; null for the environment and the network. */
  readonly process: string | null
  /** Arguments known before the body runs, such as the two ends of a channel. */
  readonly fixed: Readonly<Record<string, Value>>
  /** `fault`: takes something away (crash, loss). `recovery`: gives it back (restart, heal). `receive`: a delivery. */
  readonly kind: 'action' | 'receive' | 'fault' | 'recovery'
  /** Of an action that may happen and need not (a user's wish): an execution may stop though it could. */
  readonly optional?: true
  /** What reports count it under, such as `server.timeout`; for a delivery the role alone (see `groupOf`). */
  readonly group: string
  readonly body: Body
}

/** How reports count a step of `rule`, given the message that it received. */
export function groupOf(rule: Rule, message: Message | undefined): string {
  return rule.kind === 'receive' && message !== undefined ? `${rule.group}.${message.type}` : rule.group
}

/** Whether an execution does not stop where a step by this rule would change something. */
export const isProgress = ({ kind, optional }: Rule): boolean =>
  (kind === 'action' || kind === 'receive') && optional !== true

/** One step as a trace tells it: the rule, and everything that was left open in it. */
export interface Step {
  readonly action: string
  readonly process: string | null
  /** The rule's fixed arguments, then its choices by name in the order made; a received message under `message`. */
  readonly arguments: Readonly<Record<string, Value>>
}

/** The answer of a property's predicate about one state or one step. */
export interface Judgement {
  readonly holds: boolean
  /** Which processes and values broke it. Absent where the predicate only said `false`. */
  readonly because?: string
  /** False where it holds only because there was nothing to hold for (a quantifier over nobody). */
  readonly exercised: boolean
}

/**
 * An assumption about executions: steps are grouped into units, and each unit that can go on happening does happen.
 * Weak: a unit that can always happen, from some point on, happens again and again. Strong: so does a unit that only
 * can happen again and again. Of a unit only steps that change something count (see `Property`).
 */
export interface Fairness {
  readonly strength: 'weak' | 'strong'
  /** What the author named: `server.timeout`, `messages`. */
  readonly of: string
  /** The choices that tell its units apart, by name: all of a step but its message that `unitOf` looks at. */
  readonly choices?: readonly string[]
  /** The unit that a step by `rule` counts for, by name; undefined where this is not about it. */
  readonly unitOf: (rule: Rule, given: Step['arguments']) => string | undefined
}

/** What a state is to an abstract protocol: a state of it, or none, since a value does not fit its schema. */
export type Image = { readonly state: State } | { readonly misfit: string }

/**
 * A question. `claim` is the property in words, as the document states it.
 *
 * The last two kinds are about what can and must become of a state. They are about executions as TLA+ has them: infinite
 * sequences of states that obey `Init /\ [][Next]_vars`, fairness besides (Lamport, "Specifying Systems" 2002, chapter 8).
 *
 * A step whose successor equals the state is a stuttering step. TLA+ allows those at any time and gives them no weight:
 * WF_vars(A) and SF_vars(A) are about <A>_vars, the steps of A that change a variable. So here. A step that changes
 * nothing neither is what fairness asks for nor makes anything possible; the graph of executions is the one without such
 * steps. Otherwise a process could do its duty by polling for ever, and "it does something" would be true of nothing.
 *
 * An execution that changes nothing from some point on has stopped. It may stop in a state unless fairness speaks of
 * something that would change the state, or an action or a delivery would that is not optional. The latter is progress,
 * WF_vars(Next) with Next all such rules, assumed without a word: a protocol is written to run. A question with
 * `stutters` does not assume it. Faults and recoveries are no reason to go on, for they may never come; nor are optional
 * actions. But an execution goes on by any of them: progress says that something happens, not what.
 *
 * Of `deadlock` and `canAlways` that is not true: what can happen can, whether it changes anything or need not happen.
 */
export type Property = {
  readonly name: string
  readonly claim: string
  /** Asked only by name: not part of what the protocol promises. */
  readonly optional: boolean
} & (
  | { readonly kind: 'always' | 'never' | 'sometimes'; readonly judge: (state: Reader) => Judgement }
  | { readonly kind: 'step'; readonly judge: (before: Reader, after: Reader) => Judgement }
  /**
   * Refinement (Abadi & Lamport 1991): the image of each initial state is an initial state of `abstract`, and every step
   * is one of `abstract`, or changes nothing of its state.
   */
  | ({ readonly kind: 'refines' } & Through)
  /** A state from which only faults can happen must satisfy `judge` (it is terminal), or it is a deadlock. */
  | { readonly kind: 'deadlock'; readonly judge: (state: Reader) => Judgement }
  /** From every reachable state, `judge` can come true without a further fault (AG EF). */
  | { readonly kind: 'canAlways'; readonly judge: (state: Reader) => Judgement }
  /**
   * True of every fair execution. An execution of a question that `stutters` may stop wherever fairness lets it. `through`:
   * its predicates look at the states of an abstract protocol only.
   */
  | ((Temporal | ForEach) & {
      readonly fairness: readonly Fairness[]
      readonly stutters?: true
      readonly through?: Through
    })
)

/** A mapping to the states of an abstract protocol. */
export interface Through {
  readonly abstract: Model
  readonly image: (state: Reader) => Image
}

/**
 * What is asked of an execution: that `judge` comes true at least once (`eventually`), again and again
 * (`alwaysEventually`; `alwaysEventuallyStep`: of a step that changes something), stays true from some point on
 * (`eventuallyAlways`), comes true from every state on in which `trigger` is true (`leadsTo`); or a formula.
 */
export type Temporal =
  | { readonly kind: 'eventually' | 'alwaysEventually'; readonly judge: (state: Reader) => Judgement }
  | { readonly kind: 'eventuallyAlways'; readonly judge: (state: Reader) => Judgement }
  | { readonly kind: 'alwaysEventuallyStep'; readonly judge: (before: Reader, after: Reader) => Judgement }
  | {
      readonly kind: 'leadsTo'
      readonly trigger: (state: Reader) => Judgement
      readonly judge: (state: Reader) => Judgement
    }
  | { readonly kind: 'ltl'; readonly formula: Formula }

/** The same of each process of a role. */
export interface ForEach {
  readonly kind: 'forEach'
  readonly role: string
  readonly each: readonly { readonly process: string; readonly asked: Temporal }[]
}

/**
 * A formula of linear temporal logic (Pnueli 1977) about an execution without its steps that change nothing. There is no
 * `next`: it could tell executions apart that differ in the steps of others only.
 */
export type Formula<A = Atom> =
  | { readonly op: 'atom'; readonly atom: A }
  | { readonly op: 'not'; readonly of: Formula<A> }
  | { readonly op: 'and' | 'or'; readonly of: readonly Formula<A>[] }
  /** Where `when` is never true, the formula says nothing. */
  | { readonly op: 'implies'; readonly when: Formula<A>; readonly then: Formula<A> }
  /** `goal` is true now or later, and `hold` until then. */
  | { readonly op: 'until'; readonly hold: Formula<A>; readonly goal: Formula<A> }

export type Atom =
  | { readonly of: 'state'; readonly judge: (state: Reader) => Judgement }
  /** About the next step. False where there is none, since the execution has stopped. */
  | { readonly of: 'step'; readonly judge: (before: Reader, after: Reader) => Judgement }

export interface Model {
  readonly protocol: string
  readonly parameters: Readonly<Record<string, Value>>
  /** What was required of the parameters, in words. */
  readonly requires?: readonly string[]
  /** How many processes of a role may be down at once, where not all may. Rules see to it; this is for whoever tells of it. */
  readonly mostDown?: Readonly<Record<string, number>>
  /** The cuts that a partition may make, by groups of processes, where not all are possible. Told likewise. */
  readonly cuts?: readonly (readonly (readonly string[])[])[]
  /** The seeded bugs this model was built with. */
  readonly bugs: readonly string[]
  readonly components: readonly Component[]
  /**
   * Run one after the other, the first on the start values, each of the others on what the one before it has made. Every
   * combination of their choices gives an initial state, in order: those of the last turn fastest. No two of them call a
   * choice alike.
   */
  readonly initial: readonly Setup[]
  readonly rules: readonly Rule[]
  readonly properties: readonly Property[]
  /**
   * The constraints that bound it, in words. Nothing happens in a state beyond one: such states are judged, and what lies
   * behind them is not known. Absent where there is none.
   */
  readonly within?: readonly string[]
  /**
   * What tells states apart, where not all of a state does: of the states of which it says the same, a search keeps the
   * first. Whether the others go on like that one is for whoever wrote it to know. Absent: all of a state.
   */
  readonly view?: (state: Reader) => Value
  /** Every group that a rule of this model can count under, in the order of the protocol's text. */
  readonly groups: readonly string[]
}
