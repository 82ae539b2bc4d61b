import type { Layout } from './layout.ts'
import type { Network } from './network.ts'
import type { Member } from './population.ts'

/** The parts of an instantiated protocol that bodies are built from. */
export interface Scene {
  readonly layout: Layout
  readonly members: readonly Member[]
  readonly ids: Readonly<Record<string, readonly string[]>>
  readonly shared: readonly string[]
  /** The fields of each role that other processes may read. */
  readonly readable: ReadonlyMap<string, readonly string[]>
  readonly network: Network
  /** The fields of each message, its type among them. */
  readonly messages: ReadonlyMap<string, readonly string[]>
  /** The operations that can be recorded. */
  readonly operations: readonly string[]
  /** Message types that each role has a handler for. */
  readonly handled: ReadonlyMap<string, ReadonlySet<string>>
}
