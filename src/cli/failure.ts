/** What is said when a command cannot do its work: one clear message, and a stack only where the defect is ours. */
import { CommanderError } from 'commander'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** Says what went wrong. */
export function complainAbout(thrown: unknown, console: Console): ExitCode {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return EXIT.holds // help or a version was asked for, and shown
    console.complain(`verify: ${thrown.message.replace(/^error: /, '')}`)
  } else if (thrown instanceof SplitbrainError && thrown.code !== 'internal') {
    console.complain(`verify: ${thrown.message}`)
    if (thrown.code === 'out-of-memory') return EXIT.unknown
  } else if (isOfTheSystem(thrown)) {
    console.complain(`verify: ${thrown.message}${remedyFor(thrown.code)}`)
  } else {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    console.complain(`verify: this is a defect of splitbrain itself; please report it with these lines\n${stack}`)
  }
  return EXIT.wrong
}

/** What the system refused: a file, a descriptor, a folder that is gone. */
const isOfTheSystem = (thrown: unknown): thrown is Error & { readonly code: string } =>
  thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string'

function remedyFor(code: string): string {
  if (code === 'EMFILE' || code === 'ENFILE') return '; more files can be open after ulimit -n 1024'
  if (code === 'EACCES' || code === 'EPERM') return '; whoever runs this may not do that'
  return ''
}
