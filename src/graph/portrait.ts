/**
 * A state graph as everything that shows it needs it: each state with a short name, a place, a colour, and what there is
 * to say of it; in graphology, whose algorithms and formats are then at hand.
 */
import { MultiDirectedGraph } from 'graphology'
import { askOf } from '../judge/asking.ts'
import { propertyNamed } from '../judge/ending.ts'
import { askedBy } from '../judge/refinement.ts'
import type { Message, Model, State } from '../model.ts'
import { changesBetween } from '../trace/changes.ts'
import { describeStep, placeOf } from '../trace/describe-step.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { adjacencyOf } from './adjacency.ts'
import type { Findings } from './findings.ts'
import { layersOf } from './layers.ts'
import { keyOf, type StateGraph } from './state-graph.ts'

/** What a state is coloured by: its depth, or whether a property holds in it. */
export type Colouring = { readonly by: 'depth' } | { readonly by: 'property'; readonly property: string }

export interface NodeAttributes {
  readonly label: string
  readonly depth: number
  readonly initial: boolean
  /** Nothing but faults can happen. */
  readonly end: boolean
  /** Some of its steps lead to states that are not in the sample. */
  readonly leadsOut: boolean
  /** The number of its strongly connected component. */
  readonly component: number
  /** Whether the property holds there, where it is coloured by one. */
  readonly holds?: boolean
  /** Its number on the path of the trace, from 0; absent off the path. */
  readonly onPath?: number
  readonly color: string
  readonly x: number
  readonly y: number
}

export interface EdgeAttributes {
  /** The step, in words. */
  readonly label: string
  readonly kind: string
  readonly onPath: boolean
}

export type Portrait = MultiDirectedGraph<NodeAttributes, EdgeAttributes>

export interface PortraitOptions {
  readonly colouring: Colouring
  /** The states of a trace, in order. */
  readonly path?: readonly State[]
}

/** Nodes are called by their number. @throws SplitbrainError `bad-option` for a property that is not about states */
export function portraitOf(
  model: Model,
  graph: StateGraph,
  { component, ends }: Findings,
  { colouring, path = [] }: PortraitOptions,
): Portrait {
  const portrait = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>()
  const place = layersOf(graph.nodes, adjacencyOf(graph).predecessors)
  const deepest = Math.max(...graph.nodes.map(({ depth }) => depth))
  const isEnd = new Set(ends)
  const onPath = numbersOn(path)
  const holds = predicateOf(model, colouring)
  const start = graph.nodes[0]!.state
  for (const [node, { state, depth, leadsOut }] of graph.nodes.entries()) {
    const number = onPath.get(keyOf(state))
    const held = holds?.(state)
    portrait.addNode(String(node), {
      label: labelOf(model, start, state),
      depth,
      initial: depth === 0,
      end: isEnd.has(node),
      leadsOut,
      component: component[node]!,
      ...(held === undefined ? {} : { holds: held }),
      ...(number === undefined ? {} : { onPath: number }),
      color: held === undefined ? colourOfDepth(depth / Math.max(1, deepest)) : held ? TRUE : FALSE,
      ...place[node]!,
    })
  }
  const isStepOfPath = (from: number, to: number) => {
    const [before, after] = [from, to].map((node) => portrait.getNodeAttribute(String(node), 'onPath'))
    return before !== undefined && after === before + 1
  }
  for (const { from, to, step, kind } of graph.edges) {
    const attributes = { label: describeStep(step), kind, onPath: isStepOfPath(from, to) }
    portrait.addDirectedEdge(String(from), String(to), attributes)
  }
  return portrait
}

/** The last number of each state, where the path comes by more than once. */
const numbersOn = (path: readonly State[]): Map<string, number> => new Map(path.map((state, i) => [keyOf(state), i]))

/**
 * Whether the property that states are coloured by holds in one; undefined where they are not coloured by any.
 * @throws SplitbrainError `bad-option` for a property that is not about states
 */
export function predicateOf(model: Model, colouring: Colouring): ((state: State) => boolean) | undefined {
  if (colouring.by === 'depth') return undefined
  const property = propertyNamed(model, colouring.property)
  const goal = askedBy(property).at(-1)!
  const isTold = property.kind !== 'ltl' && property.kind !== 'forEach'
  if (!isTold || goal.of === 'step') {
    const what = isTold ? 'is about steps' : 'has several predicates'
    throw new SplitbrainError(
      'bad-option',
      `--colour-by ${property.name}: this property ${what}, and has no answer about a state; choose another`,
    )
  }
  const { judge } = goal
  return (state) => askOf(model, property.name, state, judge).holds
}

const MOST_CHARACTERS = 70

/** What differs from the first initial state: `n1.term 1, n1.status leader`. */
function labelOf(model: Model, start: State, state: State): string {
  const told = changesBetween(model, start, state).map((change) => {
    const { after } = change
    if (after === undefined) return `${placeOf(change)} gone`
    const isMessage = change.path === '' && change.before === undefined // its type is enough
    return `${placeOf(change)} ${isMessage ? (after as Message).type : show(after)}`
  })
  const text = told.length === 0 ? 'initial state' : told.join(', ')
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`
}

/** Blue and orange, which everyone can tell apart. */
export const TRUE = '#2b6cb0'
export const FALSE = '#dd6b20'

/** From yellow through green to violet: lightness falls along with it, so it reads in grey as well. */
const SCALE = [
  [0xe8, 0xc5, 0x1f],
  [0x5b, 0xb0, 0x4f],
  [0x21, 0x8b, 0x8b],
  [0x3b, 0x52, 0x8b],
  [0x7a, 0x3b, 0xa0],
] as const

/** @param share from 0 to 1 */
export function colourOfDepth(share: number): string {
  const at = share * (SCALE.length - 1)
  const lower = SCALE[Math.min(Math.floor(at), SCALE.length - 2)]!
  const upper = SCALE[Math.min(Math.floor(at), SCALE.length - 2) + 1]!
  const rest = at - Math.min(Math.floor(at), SCALE.length - 2)
  const channels = lower.map((channel, i) => Math.round(channel + (upper[i]! - channel) * rest))
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
