/**
 * Rumur on Gray & Lamport's two-phase commit: compiled to C as its manual says, on as many threads as asked for. Deadlock
 * detection is off: a state in which all that happens is a message received again is no error here.
 *
 * Tried with 8 resource managers, 1 thread, user time relative to Rumur as it comes: --pack-state off (states are not packed
 * bit by bit) 0.64, with --set-expand-threshold 50 too 0.58, with --set-capacity 268435456 instead 0.62. With
 * --reorder-fields off, --symmetry-reduction off or --value-type int8_t besides, within 2 % of it, or slower.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Answer, type Entrant, numberIn } from './entrant.ts'
import { compile, newFolder } from './peer-tools.ts'

const model = fileURLToPath(new URL('models/two-phase-commit.m', import.meta.url))

const BEST = ['--pack-state', 'off', '--set-expand-threshold', '50']

export const rumurOnOneThread = (asked: string, rms: number, folder: string): Entrant[] => [
  entrant('Rumur, as it comes', asked, rms, newFolder(folder, 'rumur-default'), ['--threads', '1']),
  entrant('Rumur, at its best', asked, rms, newFolder(folder, 'rumur'), ['--threads', '1', ...BEST]),
]

export const rumurOnTwoThreads = (asked: string, rms: number, folder: string): Entrant =>
  entrant('Rumur, 2 threads', asked, rms, newFolder(folder, 'rumur-2'), ['--threads', '2', ...BEST])

function entrant(tool: string, asked: string, rms: number, folder: string, flags: readonly string[]): Entrant {
  const source = readFileSync(model, 'utf8').replace(/^( *N: )\d+;/m, `$1${rms};`)
  writeFileSync(join(folder, 'model.m'), source)
  const generated = join(folder, 'model.c')
  execFileSync('rumur', ['--deadlock-detection', 'off', ...flags, '--output', generated, join(folder, 'model.m')])
  const program = join(folder, 'model')
  compile(['-std=c11', '-O3', '-march=native', '-mcx16', '-o', program, generated, '-lpthread'])
  return { tool, model: asked, command: [program], answerIn: rumurAnswer }
}

export function rumurAnswer(output: string): Answer {
  if (!/No error found\./.test(output)) throw new Error(`Rumur did not explore the whole space:\n${output}`)
  const fired = numberIn(output, /states, (\d+) rules fired in \d+s\.$/m)
  return { distinct: numberIn(output, /^\s*(\d+) states, \d+ rules fired/m), generated: fired + 1 }
}
