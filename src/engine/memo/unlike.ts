/** How two runs of a body in one state differ, for the person who wrote it. */
import { disabled, type Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import type { Effect, Transcript } from './observed-run.ts'

/** Longer values are not shown whole. */
const MOST = 60

interface Place {
  readonly nameOf: (component: number) => string
  /** What an effect makes of its component in that state. */
  readonly valueAfter: (effect: Effect) => Value
}

/** `: client1.lock became "held", and then "wanted"`; empty where what they did is the same. */
export function unlikeText(first: Transcript, second: Transcript, { nameOf, valueAfter }: Place): string {
  if (first.effects === disabled || second.effects === disabled) {
    const [was, came] = [first, second].map(({ effects }) => (effects === disabled ? 'disabled' : 'not'))
    return was === came ? '' : `: it was ${was}, and then ${came}`
  }
  const [before, after] = [first.effects, second.effects].map(
    (effects) => new Map(effects.map((effect) => [effect.component, valueAfter(effect)])),
  )
  for (const component of new Set([...before!.keys(), ...after!.keys()])) {
    const [was, came] = [before!.get(component), after!.get(component)]
    const name = nameOf(component)
    if (was === undefined || came === undefined)
      return `: once it changed ${name}, to ${shown((was ?? came)!)}, and once it did not`
    if (textOf(was) !== textOf(came)) return differing(name, was, came)
  }
  return ''
}

/** The innermost place in which two values of the same fields differ. */
function differing(place: string, was: Value, came: Value): string {
  if (isObject(was) && isObject(came) && Object.keys(was).join() === Object.keys(came).join()) {
    const key = Object.keys(was).find((at) => textOf(was[at]!) !== textOf(came[at]!))!
    return differing(`${place}.${key}`, was[key]!, came[key]!)
  }
  return `: ${place} became ${shown(was)}, and then ${shown(came)}`
}

const isObject = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)

function shown(value: Value): string {
  const text = textOf(value)
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1)}…`
}
