/**
 * SPIN and Rumur on Gray & Lamport's two-phase commit, each with what runs it fastest on one thread while it still
 * explores the whole space exactly. Both compile the model to C and that to a program; only the program is measured.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Entrant, numberIn } from './entrant.ts'

const models = fileURLToPath(new URL('models/', import.meta.url))

/** The peers that this machine has, compiled into `folder`; says which ones it has not. */
export function peers(model: string, rms: number, folder: string): Entrant[] {
  return [
    ...(isInstalled('spin', ['-V']) ? spin(model, rms, folder) : []),
    ...(isInstalled('rumur', ['--version']) ? [rumur(model, rms, folder)] : []),
  ]
}

function isInstalled(tool: string, arguments_: readonly string[]): boolean {
  const missing = [
    { program: tool, works: spawnSync(tool, arguments_).status === 0 },
    { program: 'gcc', works: spawnSync('gcc', ['--version']).status === 0 },
  ].filter(({ works }) => !works)
  for (const { program } of missing) {
    console.log(`Without ${tool}: ${program} is not installed (Debian: apt-get install ${program})`)
  }
  return missing.length === 0
}

function spin(model: string, rms: number, parent: string): Entrant[] {
  const folder = newFolder(parent, `spin-${rms}`)
  execFileSync('spin', [`-DN=${rms}`, '-a', join(models, 'two-phase-commit.pml')], { cwd: folder })
  return [
    { tool: 'SPIN, BFS', flags: ['-DBFS'] },
    { tool: 'SPIN, DFS', flags: [] },
  ].map(({ tool, flags }) => {
    const program = join(folder, tool.slice(-3).toLowerCase())
    compile(['-O2', '-DSAFETY', '-DMEMLIM=16000', ...flags, '-o', program, join(folder, 'pan.c')])
    return {
      tool,
      model,
      command: [program, `-w${hashBits(rms)}`],
      answerIn(output) {
        if (!/errors: 0$/m.test(output) || /Search not completed/.test(output)) {
          throw new Error(`${tool} did not explore the whole space:\n${output}`)
        }
        return {
          distinct: numberIn(output, /^\s*(\S+) states, stored$/m),
          generated: numberIn(output, /^\s*(\S+) transitions \(= stored\+matched\)$/m),
        }
      },
    }
  })
}

/** Of SPIN's hash table: the fastest size with 8 RMs is 2^23, and a further RM makes the space six times as large. */
const hashBits = (rms: number): number => Math.max(18, 23 + Math.ceil((rms - 8) * Math.log2(6)))

function rumur(model: string, rms: number, parent: string): Entrant {
  const folder = newFolder(parent, `rumur-${rms}`)
  const source = readFileSync(join(models, 'two-phase-commit.m'), 'utf8')
  writeFileSync(join(folder, 'model.m'), source.replace(/^( *N: )\d+;/m, `$1${rms};`))
  // bit by bit packing saves Rumur a quarter of the memory and costs it half of its speed
  const flags = ['--threads', '1', '--deadlock-detection', 'off', '--pack-state', 'off']
  execFileSync('rumur', [...flags, '--output', join(folder, 'model.c'), join(folder, 'model.m')])
  const program = join(folder, 'model')
  compile(['-std=c11', '-O3', '-march=native', '-mcx16', '-o', program, join(folder, 'model.c'), '-lpthread'])
  return {
    tool: 'Rumur',
    model,
    command: [program],
    answerIn(output) {
      if (!/No error found\./.test(output)) throw new Error(`Rumur did not explore the whole space:\n${output}`)
      const fired = numberIn(output, /states, (\d+) rules fired in \d+s\.$/m)
      return { distinct: numberIn(output, /^\s*(\d+) states, \d+ rules fired/m), generated: fired + 1 }
    },
  }
}

function newFolder(parent: string, name: string): string {
  const folder = join(parent, name)
  mkdirSync(folder)
  return folder
}

function compile(arguments_: readonly string[]): void {
  execFileSync('gcc', arguments_, { stdio: ['ignore', 'ignore', 'pipe'] }) // what is printed shows where it fails
}
