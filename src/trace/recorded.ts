/** States and steps as a trace keeps them: what changed, and a hash. */
import type { Component, Model, State } from '../model.ts'
import { changesBetween } from './changes.ts'
import { hashOf } from './state-hash.ts'
import type { InitialState, RecordedStep } from './trace.ts'

const GROWING: ReadonlySet<Component['kind']> = new Set(['channel', 'history'])

/** The initial state by component; empty channels are left out. */
export function recordInitial(model: Model, state: State): Omit<InitialState, 'choices'> {
  const named = model.components.map(({ name, kind }, i) => ({ name, kind, value: state[i]! }))
  const told = named.filter(({ kind, value }) => !GROWING.has(kind) || (value as readonly unknown[]).length > 0)
  return { state: Object.fromEntries(told.map(({ name, value }) => [name, value])), hash: hashOf(model, state) }
}

/** What a step did. */
export function recordChange(model: Model, before: State, after: State): Pick<RecordedStep, 'changes' | 'hash'> {
  return { changes: changesBetween(model, before, after), hash: hashOf(model, after) }
}
