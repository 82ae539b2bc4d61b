/**
 * The profile of a search: where its space came from, and what the search cost. For the user who asks why a protocol
 * explodes.
 *
 * Everything is read off when the search is over; nothing is counted for it while states are found. That goes over every
 * value, every trie and every small table once more (not over the states), so it is worked out where it is asked for.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Component } from '../../model.ts'
import type { TableLoad } from '../store/table-load.ts'

export interface Profile {
  /** By depth: the distinct states first found there; of a search that was cut short the last ones may lack some. Absent where the search was not breadth first. */
  readonly levels?: readonly number[]
  /** In the order of `Model.components`; how many values each takes is in `SearchResult.components`. */
  readonly components: readonly ComponentProfile[]
  /** Runs of rules' bodies by group, in the order of `SearchResult.groups`. */
  readonly bodyRuns: readonly CallCount[]
  /** Runs of deliveries that found nothing to deliver: they are of no group. */
  readonly emptyRuns: number
  /** Runs of predicates by property, and which components each has looked at. */
  readonly predicateRuns: readonly (CallCount & { readonly looksAt: readonly string[] })[]
  /** The memo of each group of rules, then of each property: what is remembered at the end (the memos forget, see rule-memo.ts). */
  readonly tries: readonly TrieProfile[]
  /** What takes memory that the search can count, the visited set first. The values themselves are not among it. */
  readonly tables: readonly TableLoad[]
  /** Of the whole process, at the end of the search. */
  readonly residentBytes: number
  /** In the order in which they came. */
  readonly phases: readonly PhaseTime[]
  /** Of all phases together, the time spent in the protocol's own code, watching it included. */
  readonly protocolMs: number
}

export interface ComponentProfile {
  readonly name: string
  readonly kind: Component['kind']
  /** Components of the same sort hold the same kind of value. */
  readonly sort: string
  readonly fields: readonly FieldProfile[]
}

export interface CallCount {
  readonly name: string
  readonly runs: number
}

export interface FieldProfile {
  /** `term`, `next.n2`; in a channel the type of its messages; empty of a value that has no fields. */
  readonly name: string
  /** Of messages of a type: distinct messages. */
  readonly distinctValues: number
  /** Where every value is a number, or null. */
  readonly range?: { readonly least: number; readonly most: number }
  /** Of lists, sets and tables the most elements; of messages the most at a time. */
  readonly mostAtOnce?: number
  /** Whether larger numbers, more elements or more messages kept turning up, as in ComponentResult. */
  readonly stillGrowing: boolean
}

export interface TrieProfile {
  /** What is remembered: a group's rules (deliveries to a role: `server.receive`), a property. */
  readonly of: string
  readonly nodes: number
  /** Ends of walks: outcomes and judgements, and that there is no step. */
  readonly leaves: number
  readonly bytes: number
  /** The question with the most answers known at one place of the tries. Absent where nothing was asked. */
  readonly widest?: {
    /** The component it is put to. */
    readonly component: string
    /** Such as `n1.term`, `length of n1.log`, `messages in n1→n2`. */
    readonly asks: string
    readonly answers: number
  }
}

export type Phase = 'search' | 'audit' | 'questions' | 'profile' | 'paths'

export interface PhaseTime {
  readonly phase: Phase
  readonly ms: number
}
