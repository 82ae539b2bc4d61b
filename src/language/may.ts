/** Actions that may happen and need not: a user's wish, a crash that is modelled as an action. */
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** The same for all copies of this library in a process, as `disabled` is. */
const OPTIONAL: unique symbol = Symbol.for('splitbrain.optional')

/**
 * An action that need not happen: `request: may((me, { send }) => { ... })`. An execution may stop though it could, and
 * no fairness includes it but the one that names it. To `deadlockFree` and `canAlways` it is an action like any other.
 * @throws SplitbrainError `bad-protocol`
 */
export function may<Body extends (...args: never[]) => unknown>(body: Body): Body {
  if (typeof body !== 'function') {
    throw new SplitbrainError('bad-protocol', `found may(${found(body)}); expected an action: may((me) => { ... })`)
  }
  const action = (...args: Parameters<Body>) => body(...args)
  return Object.assign(action, { [OPTIONAL]: true }) as unknown as Body
}

export const isOptional = (body: unknown): boolean => typeof body === 'function' && OPTIONAL in body
