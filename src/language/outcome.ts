/** What a body returned: nothing, or `disabled`. Anything else is a misunderstanding, and refused. */
import { disabled } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** @throws SplitbrainError `bad-step` */
export function outcomeOf(returned: unknown): typeof disabled | undefined {
  if (returned === undefined || returned === disabled) return returned
  if (returned instanceof Promise) {
    returned.catch(() => {}) // whatever it fails with comes too late
    throw new SplitbrainError('bad-step', 'it is async; a step happens at once: take the await out')
  }
  throw new SplitbrainError(
    'bad-step',
    `it returned ${describe(returned)}; a body changes what it is given and returns nothing, or \`disabled\``,
  )
}

function describe(returned: unknown): string {
  return typeof returned === 'object' && returned !== null ? 'an object' : `${typeof returned} ${String(returned)}`
}
