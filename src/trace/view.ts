/**
 * Looking at a trace without its protocol: the components, and who acts, are worked out from what the file tells, so that
 * it can be drawn. Nothing is run, and nothing that the file claims is checked.
 */
import { type Component, disabled, type Message, type Model, type Rule, type Value } from '../model.ts'
import type { Trace } from './trace.ts'

/** A model that says what the components of a trace are, and can take no step. */
export function modelOfTrace({ protocol, parameters, bugs, initial, steps }: Trace): Model {
  const values = valuesByComponent({ initial, steps })
  const channels = new Map([...values].flatMap(([name, held]) => channelNamed(name, held)))
  const acting = steps.flatMap(({ process }) => (process === null ? [] : [process]))
  const processes = new Set([...acting, ...[...channels.values()].flatMap(({ from, to }) => [from, to])])
  const names = [...values.keys()]
  const told = names.filter((name) => processes.has(name))
  const silent = [...processes].filter((name) => !values.has(name)).sort()
  const others = names.filter((name) => !processes.has(name) && !channels.has(name))
  return {
    protocol,
    parameters,
    bugs,
    components: [
      ...[...told, ...silent].map((name) => componentOf(name, { kind: 'process', role: name })),
      ...[...channels].map(([name, ends]) => componentOf(name, { kind: 'channel', order: 'unordered', ...ends })),
      ...others.map((name) => componentOf(name, { kind: 'shared' })),
    ],
    initial: [],
    rules: rulesIn(steps),
    properties: [],
    groups: [],
  }
}

type Kind = Component extends infer C ? (C extends C ? Omit<C, 'name' | 'sort' | 'start' | 'mismatch'> : never) : never

const componentOf = (name: string, kind: Kind): Component =>
  ({ name, sort: name, start: null, mismatch: () => undefined, ...kind }) as Component

/** Everything that a component is told to hold, as items of a list where it is one. */
function valuesByComponent({ initial, steps }: Pick<Trace, 'initial' | 'steps'>): Map<string, Value[]> {
  const values = new Map<string, Value[]>(
    Object.entries(initial.state).map(([name, value]) => [name, Array.isArray(value) ? [...value] : [value]]),
  )
  for (const { component, path, before, after } of steps.flatMap(({ changes }) => changes)) {
    const held = values.get(component) ?? []
    values.set(component, held)
    const isItem = path === '' && (before === undefined) !== (after === undefined)
    held.push(isItem ? (before ?? after ?? null) : null)
  }
  return values
}

/** A channel is called by its two ends, and holds nothing but messages. */
function channelNamed(name: string, held: readonly Value[]): [string, { from: string; to: string }][] {
  const [from, to, ...rest] = name.split('→')
  if (!from || !to || rest.length > 0 || !held.every(isMessage)) return []
  return [[name, { from, to }]]
}

const isMessage = (value: Value): value is Message =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const KINDS = new Map<string, Rule['kind']>([
  ...['crash', 'pause', 'lose', 'duplicate', 'partition'].map((action) => [action, 'fault'] as const),
  ...['restart', 'resume', 'heal'].map((action) => [action, 'recovery'] as const),
  ['receive', 'receive'],
])

/** For what kind of step each is, by the names that splitbrain gives to faults. */
function rulesIn(steps: Trace['steps']): Rule[] {
  const seen = new Map(steps.map(({ action, process }) => [JSON.stringify([action, process]), { action, process }]))
  return [...seen.values()].map(({ action, process }) => ({
    action,
    process,
    fixed: {},
    kind: KINDS.get(action) ?? 'action',
    group: action,
    body: () => disabled,
  }))
}
