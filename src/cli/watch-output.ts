/**
 * What happens where our words cannot be written. A reader who has seen enough (`verify raft | head -1`) takes nothing
 * from the verdict: the command goes on, and its exit code is what it would have been. A full disk does: whoever reads
 * the answer later must not take half of it for the whole, so the exit code is 2.
 */
import { EXIT } from './exit-code.ts'

export function watchOutput(process: Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exitCode'>): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || process.exitCode === EXIT.wrong) return // a stream that failed may fail again
    process.exitCode = EXIT.wrong
    process.stderr.write(`verify: what was found cannot be printed (${error.message})\n`)
  })
  process.stderr.on('error', () => {}) // nobody is left to be told
}
