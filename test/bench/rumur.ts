/**
 * Rumur, compiled to C as its manual says, on as many threads as asked for. Deadlock
 * detection is off: where nothing more happens is no error here.
 *
 * Tried on Gray & Lamport's two-phase commit with 8 resource managers, 1 thread, user time relative to Rumur as it comes: --pack-state off (states are not packed
 * bit by bit) 0.64, with --set-expand-threshold 50 too 0.58, with --set-capacity 268435456 instead 0.62. With
 * --reorder-fields off, --symmetry-reduction off or --value-type int8_t besides, within 2 % of it, or slower.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, type Entrant, numberIn } from './entrant.ts'
import { constantsOf, type PeerModel, textOf } from './peer-model.ts'
import { compile, newFolder } from './peer-tools.ts'

const BEST = ['--pack-state', 'off', '--set-expand-threshold', '50']

export const rumurOnOneThread = (asked: string, model: PeerModel, folder: string): Entrant[] => [
  entrant('Rumur, as it comes', asked, model, newFolder(folder, 'rumur-default'), ['--threads', '1']),
  entrant('Rumur, at its best', asked, model, newFolder(folder, 'rumur'), ['--threads', '1', ...BEST]),
]

export const rumurOnTwoThreads = (asked: string, model: PeerModel, folder: string): Entrant =>
  entrant('Rumur, 2 threads', asked, model, newFolder(folder, 'rumur-2'), ['--threads', '2', ...BEST])

export const rumurOnPortfolio = (asked: string, model: PeerModel, folder: string): Entrant =>
  entrant('Rumur', asked, model, newFolder(folder, 'rumur'), ['--threads', '1', ...BEST])

function entrant(tool: string, asked: string, model: PeerModel, folder: string, flags: readonly string[]): Entrant {
  const text = join(folder, 'model.m')
  writeFileSync(text, constantsOf(model).reduce(withConstant, readFileSync(textOf(model, 'm'), 'utf8')))
  const generated = join(folder, 'model.c')
  execFileSync('rumur', ['--deadlock-detection', 'off', ...flags, '--output', generated, text])
  const program = join(folder, 'model')
  compile(['-std=c11', '-O3', '-march=native', '-mcx16', '-o', program, generated, '-lpthread'])
  return { tool, model: asked, command: [program], answerIn: rumurAnswer }
}

function withConstant(text: string, [name, value]: readonly [string, number]): string {
  const declared = new RegExp(`^( *${name}: )\\d+;`, 'm')
  if (!declared.test(text)) throw new Error(`the Murphi model has no constant ${name}`)
  return text.replace(declared, `$1${value};`)
}

export function rumurAnswer(output: string): Answer {
  if (!/No error found\./.test(output)) throw new Error(`Rumur did not explore the whole space:\n${output}`)
  const fired = numberIn(output, /states, (\d+) rules fired in \d+s\.$/m)
  return { distinct: numberIn(output, /^\s*(\d+) states, \d+ rules fired/m), generated: fired + 1 }
}
