/** `--timeout` before the command line is understood: its other options are known only once the protocol's file is loaded. */
import { parseDuration } from './quantity-arguments.ts'

/** In milliseconds; Infinity where none is given, or none that can be read: whoever parses it all refuses it. */
export function timeoutGiven(args: readonly string[]): number {
  const [, text] = /(?:^|\0)--timeout[=\0]([^\0]*)/.exec(args.join('\0')) ?? []
  try {
    return text === undefined ? Number.POSITIVE_INFINITY : parseDuration(text)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
