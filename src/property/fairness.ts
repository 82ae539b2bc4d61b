/**
 * Fairness: what a question may assume of executions (Lamport, "Specifying Systems" 2002, section 8.4; Manna & Pnueli).
 * An author names steps; the name also says which of them stand together as a unit:
 *
 *   `server.timeout`   that action, or restart or resume, of each server: a unit per process
 *   `server.Vote`      delivery of Vote to servers: a unit per receiver, sender and message
 *   `server`           whatever each server does, deliveries included: a unit per process
 *   `environment.age`  that action of the environment, and so `network.heal`: one unit
 *   `environment`      whatever the environment does: one unit
 *   `messages`         delivery of every message: a unit per receiver, sender and message
 *   `processes`        a unit per process of any role
 *   `actions`          a unit per process and action, and per action of the environment
 *   `recoveries`       a unit per process and restart or resume, and the heal of a partition
 *   `clerk.serve(who)` that action of each clerk, with each value that its choice `who` takes: a unit per value
 *
 * Several names in brackets, `['client.acquire', 'client.retry']`, are one: what each process does by any of them is a
 * unit, and so is what the environment and the network do.
 *
 * Faults are in no unit: nobody may assume that one happens. Optional actions are in none but the one that names them.
 * Units have names that no two share, whatever the values of their messages.
 */
import type { Fairness, Message, Rule, Step, Value } from '../model.ts'
import { groupOf, isProgress } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'

/** What a question assumes: the steps under weak and under strong fairness, by name; names in a list are one. */
export interface Assumption {
  readonly weak?: readonly (string | readonly string[])[]
  readonly strong?: readonly (string | readonly string[])[]
}

type UnitOf = Fairness['unitOf']

const COLLECTIVE: Readonly<Record<string, UnitOf>> = {
  messages: (rule, given) => (rule.kind === 'receive' ? deliveryOf(rule, given) : undefined),
  processes: (rule) => (isProgress(rule) ? (rule.process ?? undefined) : undefined),
  actions: (rule) => (rule.kind === 'action' && isProgress(rule) ? actionOf(rule) : undefined),
  recoveries: (rule) => (rule.kind === 'recovery' ? actionOf(rule) : undefined),
}

/** Every name that fairness can be declared of in a protocol with these rules and groups, choices left aside. */
export function fairNames(rules: readonly Rule[], groups: readonly string[]): readonly string[] {
  const faults = new Set(rules.filter(({ kind }) => kind === 'fault').map(({ group }) => group))
  const roles = rules.filter(({ process, kind }) => process !== null || kind === 'action').map(roleOf)
  return [...new Set([...groups.filter((group) => !faults.has(group)), ...roles, ...Object.keys(COLLECTIVE)])]
}

/** The fairness that a name stands for, or several as one. Each is one of `fairNames`. */
export function fairnessOf(strength: Fairness['strength'], of: string | readonly string[]): Fairness {
  if (typeof of === 'string') {
    const { name, choice } = choiceIn(of)
    if (choice !== undefined) return { strength, of, choices: [choice], unitOf: byChoice(name, choice) }
    return { strength, of, unitOf: unitsNamed(of) }
  }
  const together = `(${of.join(' or ')})`
  const each = of.map(unitsNamed)
  const unitOf: UnitOf = (rule, given) =>
    each.some((one) => one(rule, given) !== undefined) ? `${rule.process ?? ENVIRONMENT} ${together}` : undefined
  return { strength, of: together, unitOf }
}

/** `clerk.serve(who)` is an action and one of its choices. */
export function choiceIn(of: string): { readonly name: string; readonly choice?: string } {
  const [, name, choice] = /^([^()]+)\((.+)\)$/.exec(of) ?? []
  return name === undefined ? { name: of } : { name, choice: choice! }
}

const ENVIRONMENT = 'environment'

const unitsNamed = (name: string): UnitOf => COLLECTIVE[name] ?? (name.includes('.') ? byGroup(name) : byRole(name))

function byGroup(group: string): UnitOf {
  return (rule, given) => {
    if (rule.kind === 'fault' || groupOf(rule, messageIn(given)) !== group) return undefined
    return rule.kind === 'receive' ? deliveryOf(rule, given) : actionOf(rule)
  }
}

/** A step that makes no such choice is in no unit. */
function byChoice(name: string, choice: string): UnitOf {
  const unitOf = byGroup(name)
  return (rule, given) => {
    const isMade = Object.hasOwn(given, choice) && !Object.hasOwn(rule.fixed, choice)
    const unit = isMade ? unitOf(rule, given) : undefined
    return unit === undefined ? undefined : `${unit} (${choice} ${named(given[choice]!)})`
  }
}

/** What `show` makes of a list, an object or a set may be what it makes of another value: `{}`, and a type alone. */
const named = (value: Value): string => (typeof value === 'object' ? textOf(value) : show(value))

function byRole(role: string): UnitOf {
  return (rule) => (isProgress(rule) && roleOf(rule) === role ? (rule.process ?? ENVIRONMENT) : undefined)
}

const roleOf = ({ group }: Rule): string => group.split('.')[0]!

const actionOf = ({ process, action, group }: Rule): string => (process === null ? group : `${process}.${action}`)

const messageIn = ({ message }: Step['arguments']) => message as Message | undefined

const deliveryOf = ({ process, fixed }: Rule, { message }: Step['arguments']): string =>
  `delivery of ${message === undefined ? 'messages' : textOf(message)} from ${String(fixed.from)} to ${process}`
