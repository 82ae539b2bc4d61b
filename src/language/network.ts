/** What a declaration says of its network, short or long, with its defaults filled in. */
import type { Order } from '../model.ts'
import type { AnyDeclaration, NetworkDeclaration } from './declaration.ts'

export interface Network {
  readonly order: Order
  /** How many messages a channel holds at most. */
  readonly capacity: number
}

export function networkOf({ network = {} }: AnyDeclaration): Network {
  const text: NetworkDeclaration = typeof network === 'string' ? { order: network } : network
  const { order = 'unordered', capacity = Number.POSITIVE_INFINITY } = text
  return { order, capacity }
}
