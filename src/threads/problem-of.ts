/** What was thrown in a thread, as it is told to who asked: errors do not cross whole. */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Problem } from './pool.ts'

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof SplitbrainError && thrown.code !== 'internal') {
    return { problem: { code: thrown.code, message: thrown.message } }
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return { problem: { code: 'internal', message } }
}
