/**
 * A sample of what a search has learnt, in a form that can be sent to another thread: steps that bodies made in states
 * that were met, and what predicates said there. Values are texts, and told once.
 */

import { plainReader } from '../../judge/plain-run.ts'
import { askedBy } from '../../judge/refinement.ts'
import { disabled, type Judgement, type State, type Value } from '../../model.ts'
import { guarded } from '../../purity/guard.ts'
import { textOf } from '../../value/canonical.ts'
import type { Lesson } from '../memo/rule-memo.ts'
import type { Search } from '../search.ts'

/** So many runs of each rule and in all, and so many initial states and others, at the most. */
const MOST = { ofRule: 200, inAll: 10_000, starts: 200, states: 300 }

/** And so many characters, for both threads hold all of it, in parts: where values are large, fewer runs are told. */
const MOST_CHARACTERS = { starts: 2 ** 20, runs: 2 ** 22, answers: 2 ** 23, views: 2 ** 24 }

/** A state, as places of its components in `Sample.values`. */
export type Told = readonly number[]

export interface Sample {
  readonly values: readonly string[]
  readonly starts: readonly { readonly choices: Readonly<Record<string, Value>>; readonly state: Told }[]
  readonly runs: readonly {
    /** The rule's place in the model. */
    readonly rule: number
    readonly before: Told
    readonly choices: Readonly<Record<string, Value>>
    /** Absent where the rule is disabled. */
    readonly after?: Told
  }[]
  readonly answers: readonly {
    /** Of a property, the predicate by number. */
    readonly predicate: number
    readonly property: string
    /** One state, or for a property of steps two. */
    readonly states: readonly Told[]
    readonly holds: boolean
  }[]
  /** What the view gives, as text, where there is one. */
  readonly views: readonly { readonly state: Told; readonly gives: string }[]
}

/**
 * Leaves the store at an initial state.
 * @param isOver whether there is no more time: predicates are asked again for it, which may take long
 */
export function sampleOf(search: Search, isOver: () => boolean = () => false): Sample {
  const { store } = search
  const values = new Dictionary(isOver)
  const starts = values.whileBelow(MOST_CHARACTERS.starts, search.initial.some(MOST.starts), (state) => {
    store.load(state)
    return { choices: search.initial.choicesOf(state), state: values.told(stateAtHand(search)) }
  })
  const taught: Taught[] = []
  const runs = lessonsToTell(search).flatMap((lessons, rule, { length }) =>
    values.whileBelow((MOST_CHARACTERS.runs * (rule + 1)) / length, lessons, (lesson) => {
      const { before, choices, after } = taughtBy(search, lesson)
      taught.push({ rule, before, choices, ...(after && { after }) })
      return { rule, before: values.told(before), choices, ...(after && { after: values.told(after) }) }
    }),
  )
  const met = someStates(search)
  const asked = [
    ...met.map((state) => [state] as const),
    ...taught.slice(0, MOST.states).flatMap(({ before, after }) => (after ? [[before, after] as const] : [])),
  ]
  const answers = values
    .whileBelow(MOST_CHARACTERS.answers, asked, (states) =>
      answersOf(search, states).map((answer) => ({ ...answer, states: states.map((state) => values.told(state)) })),
    )
    .flat()
  const { model } = search
  const seen = values.whileBelow(MOST_CHARACTERS.views, model.view === undefined ? [] : met, (state) => ({
    state: values.told(state),
    gives: textOf(guarded('the view', () => model.view!(plainReader(model, state)))),
  }))
  for (const state of search.initial.some(1)) store.load(state)
  return { values: values.texts, starts, runs, answers, views: seen }
}

/** Some of what was learnt of each rule, the first of it among them. */
function lessonsToTell({ model, rules }: Search): Lesson[][] {
  const most = Math.min(MOST.ofRule, Math.ceil(MOST.inAll / model.rules.length))
  return model.rules.map((_, rule) => {
    const own = rules.learnt.filter((lesson) => lesson.rule === rule)
    const oneIn = Math.ceil(own.length / most)
    return own.filter((_, i) => i % oneIn === 0)
  })
}

/** A state, the choices made there, and the state after the step, if there is one. */
interface Taught {
  readonly rule: number
  readonly before: State
  readonly choices: Readonly<Record<string, Value>>
  readonly after?: State
}

/** The components of the store's current state. */
const idsAtHand = ({ store, values }: Search): number[] =>
  values.tables.map((_, component) => store.cells[store.cellOf(component)]!)

const stateAtHand = (search: Search): State =>
  idsAtHand(search).map((id, component) => search.values.valueOf(component, id))

function taughtBy(search: Search, { rule, state, transcript }: Lesson): Taught {
  const { store, values, updates } = search
  const { choices, effects } = transcript
  store.load(state)
  const before = stateAtHand(search)
  if (effects === disabled) return { rule, before, choices }
  const ids = idsAtHand(search)
  for (const { component, change } of effects)
    ids[component] = updates.apply(updates.idOf(component, change), ids[component]!)
  return { rule, before, choices, after: ids.map((id, component) => values.valueOf(component, id)) }
}

/** Some of the states that were found, from the first to the last. */
function someStates(search: Search): State[] {
  const { store } = search
  const oneIn = Math.max(1, Math.ceil(store.visited.end / MOST.states))
  const states: State[] = []
  for (const state of store.states(oneIn)) {
    store.load(state)
    states.push(stateAtHand(search))
  }
  return states
}

/** What properties say of a state, or of a step. A deadlock is asked about where nothing can happen, and nowhere else. */
function answersOf(
  { model, properties }: Search,
  states: readonly [before: State] | readonly [before: State, after: State],
) {
  const [before, after] = states.map((state) => plainReader(model, state))
  return properties.properties.flatMap((property) => {
    if (property.kind === 'deadlock') return []
    return askedBy(property).flatMap((predicate, number) => {
      if ((predicate.of === 'step') !== (after !== undefined)) return []
      const holds = answer(property.name, () =>
        predicate.of === 'step' ? predicate.judge(before!, after!) : predicate.judge(before!),
      )
      return holds === undefined ? [] : [{ property: property.name, predicate: number, states, holds }]
    })
  })
}

/** Undefined where the predicate throws: the search has not asked it there, for it knew the answer already. */
function answer(name: string, ask: () => Judgement): boolean | undefined {
  try {
    return guarded(`property ${name}`, ask).holds
  } catch {
    return undefined
  }
}

class Dictionary {
  readonly texts: string[] = []
  readonly #places = new Map<string, number>()
  #characters = 0

  constructor(readonly isOver: () => boolean) {}

  /** What `tell` makes of these, one by one, until there are so many characters, or no more time. */
  whileBelow<From, To>(characters: number, all: Iterable<From>, tell: (one: From) => To): To[] {
    const told: To[] = []
    for (const one of all) {
      if (this.#characters >= characters || this.isOver()) break
      told.push(tell(one))
    }
    return told
  }

  told(state: State): Told {
    return state.map((value) => {
      const text = textOf(value)
      let place = this.#places.get(text)
      if (place === undefined) {
        place = this.texts.push(text) - 1
        this.#characters += text.length
        this.#places.set(text, place)
      }
      return place
    })
  }
}
