/** What is said when a command cannot do its work: one clear message, and a stack only where the defect is ours. */
import { CommanderError } from 'commander'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

export function complainAbout(thrown: unknown, console: Console): ExitCode {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return EXIT.holds // help or a version was asked for, and shown
    console.complain(`verify: ${thrown.message.replace(/^error: /, '')}`)
  } else if (thrown instanceof SplitbrainError && thrown.code !== 'internal') {
    console.complain(`verify: ${thrown.message}`)
  } else {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    console.complain(`verify: this is a defect of splitbrain itself; please report it with these lines\n${stack}`)
  }
  return EXIT.wrong
}
