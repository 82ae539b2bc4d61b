/**
 * What the memo holds in its tries, and which question made a trie large. A trie branches over the answers that states
 * gave to a question: one with a thousand answers has a thousand parts that are learnt separately.
 */
import type { Model } from '../../model.ts'
import { show } from '../../value/show.ts'
import { type DecisionTries, RECEIVE, type TrieNode } from '../memo/decision-tries.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Probes } from '../values/probes.ts'
import type { Question } from '../values/question.ts'
import type { TrieProfile } from './profile.ts'

interface Asked {
  readonly model: Model
  readonly store: StateStore
  readonly probes: Probes
}

/** Goes over the whole of the tries at some roots, all of which are of one thing. */
export function trieProfile(of: string, tries: DecisionTries, roots: readonly number[], asked: Asked): TrieProfile {
  const sums = { nodes: 0, leaves: 0, bytes: 0 }
  let widest: TrieNode | undefined
  for (const root of roots) {
    for (const node of tries.nodesOf(root)) {
      sums.nodes++
      sums.leaves += node.leaves
      sums.bytes += node.cells * Int32Array.BYTES_PER_ELEMENT
      const asksState = node.cell >= 0 || node.cell <= RECEIVE
      if (asksState && node.answers > (widest?.answers ?? 0)) widest = node
    }
  }
  return { of, ...sums, ...(widest && { widest: questionOf(widest, asked) }) }
}

function questionOf({ cell, probe, answers }: TrieNode, { model, store, probes }: Asked) {
  const component = cell < 0 ? RECEIVE - cell : (cell % store.next) - store.width
  const { name } = model.components[component]!
  const asks = cell < 0 ? `messages in ${name}` : textOfQuestion(name, probes.questionOf(probe))
  return { component: name, asks, answers }
}

function textOfQuestion(component: string, question: Question): string {
  const place = [component, ...question.place].join('.')
  switch (question.ask) {
    case 'at':
      return place
    case 'whole':
      return `all of ${place}`
    case 'length':
      return `length of ${place}`
    case 'keys':
      return `keys of ${place}`
    case 'in':
      return `${question.key} in ${place}`
    case 'indexOf':
      return `where ${show(question.element)} is in ${place}`
    case 'has':
      return `${show(question.element)} in ${place}`
  }
}
