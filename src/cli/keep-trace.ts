/** `verify replay --keep`, and `verify test --update`: a trace of a protocol that has changed is written as it goes now. */
import { textAnew } from '../load/trace-anew.ts'
import type { Replay } from '../trace/trace.ts'
import type { Console } from './console.ts'
import { save } from './save.ts'

/** @returns what was done, in words. @throws SplitbrainError `cannot-write` */
export function keepTrace(file: string, outcome: Replay, spec: string | undefined, console: Console): string {
  if (outcome.outcome !== 'reproduced') return 'It stays as it is: it tells of the protocol as it was.'
  const text = textAnew(file, outcome, spec)
  if (text === undefined) return 'It stays as it is: every step is as it was saved.'
  writeAnew(file, text, console)
  return 'It is written anew, step by step as the protocol goes now.'
}

/** @throws SplitbrainError `cannot-write` */
export const writeAnew = (file: string, text: string, console: Console): void =>
  save(console, file, text, 'the trace', 'make the file one that can be written')
