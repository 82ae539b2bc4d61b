/**
 * The state graph as far as it can be driven: states and the steps from each, found when they are asked for, by plain
 * runs of the model. Steps of kinds that nobody drives are counted and left out.
 */
import { initialOutcomes, outcomes, stepOf } from '../judge/plain-run.ts'
import type { AnyDeclaration } from '../language/declaration.ts'
import { groupOf, type Message, type Model, type Rule, type State, type Step, type Value } from '../model.ts'
import { MESSAGE } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { frozenCopy } from '../value/plain.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { DriveOptions, ModelState } from './options.ts'

export interface Place {
  readonly number: number
  readonly state: State
  /** Of an initial state. */
  readonly choices?: Readonly<Record<string, Value>>
}

export interface Move {
  /** From 0, in the order in which they were found. */
  readonly number: number
  readonly from: number
  readonly to: number
  readonly step: Step
  /** The arguments that are known before it is taken, such as who sends. */
  readonly fixed: Rule['fixed']
  /** How reports count it: `client.acquire`. */
  readonly kind: string
  /** The model does not do it here; the system is to refuse it. */
  readonly refused: boolean
  /** What of it is asked of the system: the same for moves that differ in what the system decides. */
  readonly request: string
}

type Asked = Pick<DriveOptions<unknown>, 'actions' | 'decides' | 'refuses'>

export class DrivenGraph {
  readonly places: Place[] = []
  readonly moves: Move[] = []
  readonly starts: readonly number[]
  /** By kind, how many steps from the states that were looked at were left out. */
  readonly left = new Map<string, number>()
  readonly #known = new Map<string, number>()
  readonly #from: (readonly Move[])[] = []
  #isWithin = false

  /** @param within watches over the model's own code while it runs */
  constructor(
    readonly model: Model,
    readonly asked: Asked,
    readonly within: <T>(run: () => T) => T,
  ) {
    this.starts = within(() => [...initialOutcomes(model)]).map(({ state, choices }) => this.#enter(state, choices))
  }

  /** The moves from a place. */
  from(place: number): readonly Move[] {
    this.#from[place] ??= this.#isWithin ? this.#movesFrom(place) : this.watched(() => this.#movesFrom(place))
    return this.#from[place]
  }

  /** To watch over the model takes a while to set up: once for many steps. */
  watched<T>(run: () => T): T {
    this.#isWithin = true
    try {
      return this.within(run)
    } finally {
      this.#isWithin = false
    }
  }

  /** Finds all of it. @throws SplitbrainError `bad-option` where there is more */
  explore(mostStates: number): void {
    this.watched(() => this.#explore(mostStates))
  }

  #explore(mostStates: number): void {
    for (let place = 0; place < this.places.length; place++) {
      this.from(place)
      if (this.places.length <= mostStates) continue
      throw new SplitbrainError(
        'bad-option',
        `drive: ${this.model.protocol} has more than ${mostStates} states at these parameters; ` +
          'choose smaller ones, or coverage: { walks: 100, seed: 1 }, or a larger maxStates',
      )
    }
  }

  isDriven(kind: string): boolean {
    return this.asked.actions[kind] !== 'not driven'
  }

  #enter(state: State, choices?: Place['choices']): number {
    const key = state.map(textOf).join('\n')
    const at = this.#known.get(key)
    if (at !== undefined) return at
    const number = this.places.length
    this.#known.set(key, number)
    this.places.push({ number, state, ...(choices && { choices }) })
    return number
  }

  #movesFrom(number: number): readonly Move[] {
    const place = this.places[number]!
    return this.model.rules.flatMap((rule) => {
      const taken = [...outcomes(this.model, rule.body, place.state)]
      if (taken.length === 0) return this.#refusedBy(rule, place)
      return distinct(taken.flatMap(({ choices, state }) => this.#moveBy(rule, choices, place, state)))
    })
  }

  #moveBy(rule: Rule, choices: Readonly<Record<string, Value>>, place: Place, state: State): Move[] {
    const kind = groupOf(rule, choices[MESSAGE] as Message | undefined)
    if (!this.isDriven(kind)) {
      this.left.set(kind, (this.left.get(kind) ?? 0) + 1)
      return []
    }
    const step = stepOf(rule, choices)
    const open = this.asked.decides?.includes(kind) ? { [MESSAGE]: choices[MESSAGE] ?? null } : choices
    const request = requestOf(rule, open)
    return [
      this.#move({
        from: place.number,
        to: this.#enter(state),
        step,
        fixed: rule.fixed,
        kind,
        request,
        refused: false,
      }),
    ]
  }

  /** What the model does not do here and the system must not do either. */
  #refusedBy(rule: Rule, { number, state }: Place): Move[] {
    const refuses = this.asked.refuses?.[rule.group]
    if (refuses === undefined || rule.process === null || rule.kind === 'receive') return []
    const at = this.model.components.findIndex(({ name }) => name === rule.process)
    const { health = 'up' } = state[at] as { health?: string }
    if (health !== 'up' || !refuses({ before: stateForUsers(this.model, state), process: rule.process })) return []
    const step = stepOf(rule, {})
    const request = `refuse ${requestOf(rule, {})}`
    return [this.#move({ from: number, to: number, step, fixed: rule.fixed, kind: rule.group, request, refused: true })]
  }

  #move(move: Omit<Move, 'number'>): Move {
    const made = { ...move, number: this.moves.length }
    this.moves.push(made)
    return made
  }
}

/** Of moves that differ only in what the system decides and nobody sees, the first. */
const distinct = (moves: readonly Move[]): Move[] =>
  moves.filter((move, i) => moves.findIndex(({ request, to }) => request === move.request && to === move.to) === i)

const requestOf = (rule: Rule, open: Readonly<Record<string, Value>>): string =>
  textOf([rule.process, rule.action, { ...rule.fixed }, { ...open }])

/** The state by roles, as functions of users get it. */
export function stateForUsers<D extends AnyDeclaration>({ components }: Model, state: State): ModelState<D> {
  const parts: Record<string, unknown> = {}
  const shared: Record<string, unknown> = {}
  for (const [i, component] of components.entries()) {
    const value = frozenCopy(state[i]!) as object
    if (component.kind === 'shared') shared[component.name] = value
    if (component.kind !== 'process') continue
    const process = Object.freeze({ id: component.name, health: 'up', ...value })
    parts[component.role] = [...((parts[component.role] as readonly object[] | undefined) ?? []), process]
  }
  return { ...parts, shared } as unknown as ModelState<D>
}
