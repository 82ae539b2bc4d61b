/** What a declaration says of its network, short or long, with its defaults filled in. */
import type { Keeping } from '../model.ts'
import type { AnyDeclaration, NetworkDeclaration } from './declaration.ts'

export interface Network extends Keeping {
  /** How many messages a channel holds at most. */
  readonly capacity: number
  /** Whether a process may send to itself. */
  readonly toSelf: boolean
}

export function networkOf({ network = {} }: AnyDeclaration): Network {
  const text: NetworkDeclaration<string> = typeof network === 'string' ? { order: network } : network
  const { order = 'unordered', except, capacity = Number.POSITIVE_INFINITY, toSelf = false } = text
  const named = Object.entries(except ?? {}).flatMap(([type, other]) => (other === undefined ? [] : [[type, other]]))
  return { order, except: Object.fromEntries(named), capacity, toSelf }
}
