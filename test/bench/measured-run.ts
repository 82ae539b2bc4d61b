/**
 * Runs a command to its end and says what it cost. GNU time reads the costs from the kernel when the process is reaped,
 * for all of its threads: a tool that leaves its garbage collection to another thread pays for that too.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export interface Cost {
  readonly wallSeconds: number
  /** User CPU seconds of all threads. */
  readonly cpuSeconds: number
  /** The largest resident set. */
  readonly peakBytes: number
}

const GNU_TIME = '/usr/bin/time'

/** Of a run: SPIN's search on two cores may wait for ever for a process that has died. */
const LIMIT_SECONDS = 1800

export function requireGnuTime(): void {
  if (existsSync(GNU_TIME)) return
  throw new Error(`${GNU_TIME} not found: the benchmark measures with GNU time (Debian: apt-get install time)`)
}

export function runMeasured(
  [program, ...args]: readonly [string, ...string[]],
  folder: string,
  exitCode = 0,
): [string, Cost] {
  // `timeout` kills with a program those that it forked
  const limited = ['-s', 'KILL', String(LIMIT_SECONDS), GNU_TIME, '-f', '%e %U %M', program, ...args]
  const { error, status, signal, stdout, stderr } = spawnSync('timeout', limited, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (error) throw error
  if (status !== exitCode) {
    throw new Error(`${[program, ...args].join(' ')} ended with ${signal ?? status}:\n${stdout}${stderr}`)
  }
  return [stdout, costIn(stderr)]
}

/** Read from the last line, which is GNU time's; those before it are the program's own. */
export function costIn(stderr: string): Cost {
  const [wallSeconds, cpuSeconds, peakKilobytes] = stderr.trimEnd().split('\n').at(-1)!.split(' ').map(Number)
  return { wallSeconds: wallSeconds!, cpuSeconds: cpuSeconds!, peakBytes: peakKilobytes! * 1024 }
}
