/** The hash of a state, by which a replay notices that a spec has changed: 64 bits of SHA-256 over names and values. */
import { createHash } from 'node:crypto'
import type { Model, State } from '../model.ts'
import { toJson } from '../value/canonical.ts'

export function hashOf(model: Model, state: State): string {
  const named = model.components.map(({ name }, i) => [name, toJson(state[i]!)])
  return createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 16)
}
