/**
 * A model that starts in one given state, whatever that is, so that a step from it can be recorded and replayed: what
 * `verify --inductive` finds. The state must fit the schemas and satisfy the invariant; otherwise there is no start.
 */
import { disabled, type Model, type Property, type State, type Value } from '../model.ts'
import { propertiesOf, TYPES, typesOf } from '../property/types.ts'
import { guarded } from '../purity/guard.ts'
import type { Trace } from '../trace/trace.ts'
import { plainReader } from './plain-run.ts'

/** The kinds of properties that can be inductive. */
export type Invariant = Extract<Property, { kind: 'always' | 'never' | 'sometimes' }>

export const isInvariant = (property: Property): property is Invariant =>
  property.kind === 'always' || property.kind === 'never'

/** Whether a value of a component fits its schema. */
export type Fits = (component: number, value: Value) => boolean

/** What a state breaks: that its values fit their schemas, or else the invariant. */
export function brokenIn(
  model: Model,
  invariant: Invariant,
  state: State,
  fits: Fits = (component, value) => model.components[component]!.mismatch(value) === undefined,
): Invariant | undefined {
  if (!state.every((value, component) => fits(component, value))) return typesOf(model)
  const { name, judge } = invariant
  if (name === TYPES) return undefined
  return guarded(`property ${name}`, () => judge(plainReader(model, state)).holds) ? undefined : invariant
}

export function startingIn(model: Model, invariant: Invariant, state: State): Model {
  const body: Model['initial'][number]['body'] = (run) => {
    if (brokenIn(model, invariant, state) !== undefined) return disabled
    for (const [component, value] of state.entries()) run.replace(component, value)
    return undefined
  }
  return { ...model, initial: [{ process: null, body }] }
}

/** The model that a trace of an inductive step is about; the model itself for any other trace. */
export function startOf(model: Model, trace: Trace): Model {
  if (trace.inductive === undefined) return model
  const invariant = propertiesOf(model).find(({ name }) => name === trace.property.name)
  if (invariant === undefined || !isInvariant(invariant)) return model // replay says that it does not fit
  const state = model.components.map(({ name, kind, start }) => {
    const told = trace.initial.state[name]
    return told === undefined ? (kind === 'channel' || kind === 'history' ? [] : start) : told
  })
  return startingIn(model, invariant, state)
}
