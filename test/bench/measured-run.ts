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

export function requireGnuTime(): void {
  if (existsSync(GNU_TIME)) return
  throw new Error(`${GNU_TIME} not found: the benchmark measures with GNU time (Debian package "time")`)
}

export function runMeasured([program, ...args]: readonly [string, ...string[]], folder: string): [string, Cost] {
  const { error, status, stdout, stderr } = spawnSync(GNU_TIME, ['-f', '%e %U %M', program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  const [wallSeconds, cpuSeconds, peakKilobytes] = stderr.trimEnd().split('\n').at(-1)!.split(' ').map(Number)
  return [stdout, { wallSeconds: wallSeconds!, cpuSeconds: cpuSeconds!, peakBytes: peakKilobytes! * 1024 }]
}
