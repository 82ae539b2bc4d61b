/** What `drive` is asked: how the real system is set up, how each step is done to it, and what it shows. */
import type { ShownState } from '../conform/log-map.ts'
import type { AnyDeclaration, MessageOf, RoleOf } from '../language/declaration.ts'
import type { View } from '../language/definition.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Which runs are made. `walks` are at random, of graphs too large to be covered. */
export type Coverage =
  /** Every step that can be done, in every state. */
  | 'steps'
  /** Every state that the steps lead to. */
  | 'states'
  /** Every sequence of so many steps. */
  | { readonly paths: number }
  | { readonly walks: number; readonly seed: number; readonly length?: number }

/** A state as the model has it: processes by role, in order, and the shared variables. Read-only. */
export type ModelState<D extends AnyDeclaration> = Pick<View<D>, Extract<RoleOf<D> | 'shared', keyof View<D>>>

/** What is to be done to the system. */
export interface Doing<D extends AnyDeclaration = AnyDeclaration> {
  readonly action: string
  /** Who acts or receives; of what the environment or the network does, undefined. */
  readonly process: string | undefined
  /** Of a message that is delivered, repeated or lost: the sender, who it is for, and the message. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly message: MessageOf<D> | undefined
  /** What the step chooses, by name. */
  readonly chose: Readonly<Record<string, unknown>>
  /** The model's state before the step. */
  readonly before: ModelState<D>
  /** True where the model does not do it here, and the system must show that it does not either (`refuses`). */
  readonly refused: boolean
}

/** Does a step to the system. `'not driven'`: nobody can, so that steps of the kind are left out of all runs. */
export type Do<S, D extends AnyDeclaration> = ((system: S, doing: Doing<D>) => unknown) | 'not driven'

export interface DriveOptions<S, D extends AnyDeclaration = AnyDeclaration> {
  /** Parameters of the model; the others are at their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Seeded bugs of the model, by name: for a system that is known to have them. */
  readonly bugs?: readonly string[]
  /** Sets up the system for a run, as the model has it in the beginning. */
  readonly start: (run: { readonly number: number; readonly initial: ModelState<D> }) => S | Promise<S>
  /** Takes down what `start` has set up, however the run ended. */
  readonly stop?: (system: S) => unknown
  /** How each kind of step is done: `client.acquire`, `server.Acquire` (a delivery), `environment.expire`, `network.lose`. */
  readonly actions: Readonly<Record<string, Do<S, D>>>
  /** What the system shows of its state, after each step and before the first. What is left out is not compared. */
  readonly observe: (system: S) => ShownState<D> | Promise<ShownState<D>>
  readonly coverage: Coverage
  /** Kinds of steps whose choices are the system's own: whichever it took, `observe` must show it. */
  readonly decides?: readonly string[]
  /**
   * Actions that are also tried where the model has them disabled and this is true: the system must refuse, that is
   * show no change.
   */
  readonly refuses?: Readonly<
    Record<string, (at: { readonly before: ModelState<D>; readonly process: string }) => boolean>
  >
  /** For each set-up, step, observation and take-down. Default 5,000. */
  readonly timeoutMs?: number
  /** More states than these are not covered, but refused. Default 20,000. */
  readonly maxStates?: number
  /** The folder in which the trace of a failing run is saved. Default `driven`. `false`: nowhere. */
  readonly save?: string | false
}

const KNOWN = [
  'parameters',
  'bugs',
  'start',
  'stop',
  'actions',
  'observe',
  'coverage',
  'decides',
  'refuses',
  'timeoutMs',
  'maxStates',
  'save',
]

/** @throws SplitbrainError `bad-option` */
export function admitDrive(options: DriveOptions<unknown>): void {
  if (typeof options !== 'object' || options === null)
    throw refused(found(options), '{ start, actions, observe, coverage }')
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) throw refused(`no option ${unknown}${didYouMean(unknown, KNOWN)}`, KNOWN.join(', '))
  for (const name of ['start', 'observe'] as const) {
    if (typeof options[name] !== 'function')
      throw refused(`${name}: ${found(options[name])}`, `a function: ${name}: (…) => …`)
  }
  if (options.stop !== undefined && typeof options.stop !== 'function')
    throw refused(`stop: ${found(options.stop)}`, 'a function: stop: (system) => system.close()')
  if (typeof options.actions !== 'object' || options.actions === null)
    throw refused(`actions: ${found(options.actions)}`, "an object: { 'client.acquire': (system, { process }) => … }")
  admitCoverage(options.coverage)
  for (const name of ['timeoutMs', 'maxStates'] as const) {
    const value = options[name]
    if (value !== undefined && !isWhole(value, 1)) throw refused(`${name}: ${found(value)}`, 'a whole number from 1')
  }
}

function admitCoverage(coverage: Coverage): void {
  if (coverage === 'steps' || coverage === 'states') return
  const expected = "'steps', 'states', { paths: 2 } or { walks: 100, seed: 1 }"
  if (typeof coverage !== 'object' || coverage === null) throw refused(`coverage: ${found(coverage)}`, expected)
  const counts = Object.entries(coverage)
  const isPaths = counts.length === 1 && 'paths' in coverage
  const isWalks = 'walks' in coverage && 'seed' in coverage && counts.every(([name]) => WALKS.includes(name))
  if (!isPaths && !isWalks) throw refused(`coverage: { ${counts.map(([name]) => name).join(', ')} }`, expected)
  const odd = counts.find(([name, value]) => !isWhole(value, name === 'seed' ? 0 : 1))
  if (odd !== undefined) throw refused(`coverage.${odd[0]}: ${found(odd[1])}`, 'a whole number')
}

const WALKS = ['walks', 'seed', 'length']

const isWhole = (value: unknown, least: number) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least

const refused = (what: string, expected: string) =>
  new SplitbrainError('bad-option', `drive: found ${what}; expected ${expected}`)

/** @throws SplitbrainError `bad-option` where a kind of step is not named, or a name is no kind of step */
export function admitKinds(
  groups: readonly string[],
  { actions, decides = [], refuses = {} }: DriveOptions<unknown>,
): void {
  const named = [...Object.keys(actions), ...decides, ...Object.keys(refuses)]
  const unknown = named.find((name) => !groups.includes(name))
  if (unknown !== undefined)
    throw refused(`no kind of step ${unknown}${didYouMean(unknown, groups)}`, groups.join(', '))
  for (const [name, act] of Object.entries<unknown>(actions)) {
    if (typeof act === 'function' || act === 'not driven') continue
    throw refused(`actions['${name}']: ${found(act)}`, "a function (system, doing) => …, or 'not driven'")
  }
  const missing = groups.filter((group) => !Object.hasOwn(actions, group))
  if (missing.length > 0)
    throw refused(
      `actions without ${missing.join(', ')}`,
      "a function for each, or 'not driven' for what nobody can do",
    )
}
