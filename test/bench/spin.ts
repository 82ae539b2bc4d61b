/**
 * SPIN, compiled as usual, and with what runs it fastest while it still explores the whole space exactly. It does not look
 * for deadlocks (-E): where nothing more happens is no error here.
 *
 * Tried on Gray & Lamport's two-phase commit with 8 resource managers, SPIN 6.5.2 and gcc 12, all with equal counts, in turns on
 * a machine with other work; the least of three rounds. With -O3 -march=native, but for what says -O2. One core, user time relative to the usual DFS:
 *   DFS   usual (-O2) 1.00, -O2 -DNOREDUCE 1.08, -DNOREDUCE -DNOCOMP 0.88, with -DHASH32 -DNOBOUNDCHECK too 0.84,
 *         -DNOREDUCE -DSFH 1.12, -DCOLLAPSE 2.2
 *   BFS   usual (-O2 -DBFS) 1.58, with what is best for DFS 1.31, that as -DBFS_PAR -DNO_TDH on one core 1.10
 * Two cores, wall-clock time relative to the best DFS on one core:
 *   DFS   -DNCORE=2 -z6 0.92, -z8 0.92, -z10 0.96, -z20 (the default, which leaves nearly all to one core) 1.64,
 *         -DFULL_TRAIL -z8 1.15
 *   BFS   -DBFS_PAR -DNO_TDH 1.7 to 2.4; with -DNO_HC instead of -DNO_TDH twice that, in the one round of three that ended
 *         within 20 seconds
 * Not exact, so not used: -DBFS_PAR as it comes (it stores hashes), and -DNCORE=2 -DSEP_STATE, which counted 1,753,864
 * distinct states instead of 1,745,408.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Answer, type Entrant, numberIn } from './entrant.ts'
import { constantsOf, type PeerModel, textOf } from './peer-model.ts'
import { compile, newFolder } from './peer-tools.ts'

/** One way to compile SPIN's program, and to run it. */
interface Build {
  readonly tool: string
  readonly flags: readonly string[]
  readonly options?: readonly string[]
  readonly hidesCost?: true
}

const USUAL = ['-O2', '-DSAFETY', '-DMEMLIM=16000']
const BEST = ['-O3', '-march=native', '-DSAFETY', '-DNOREDUCE', '-DNOBOUNDCHECK', '-DNOCOMP', '-DHASH32']

/** A breadth-first search on as many cores as `-u` says. Without -DNO_TDH it stores hashes: not exact. */
const BREADTH_FIRST = [...BEST, '-DMEMLIM=16000', '-DBFS_PAR', '-DNO_TDH']

const DEPTH_FIRST: Build = { tool: 'SPIN, DFS at its best', flags: [...BEST, '-DMEMLIM=16000'] }

const ON_ONE_CORE: readonly Build[] = [
  { tool: 'SPIN, BFS', flags: [...USUAL, '-DBFS'] },
  { tool: 'SPIN, DFS', flags: USUAL },
  { tool: 'SPIN, BFS at its best', flags: BREADTH_FIRST, options: ['-u1'] },
  DEPTH_FIRST,
]

const ON_TWO_CORES: readonly Build[] = [
  { tool: 'SPIN, BFS on 2 cores', flags: BREADTH_FIRST, options: ['-u2'], hidesCost: true },
  // reserves the memory that it may use, so half; hands states to the other core every 8 steps down
  {
    tool: 'SPIN, DFS on 2 cores',
    flags: [...BEST, '-DMEMLIM=8000', '-DNCORE=2'],
    options: ['-z8'],
    hidesCost: true,
  },
  { ...DEPTH_FIRST, tool: `${DEPTH_FIRST.tool}, 1 core` },
]

/** For the portfolio: the usual breadth-first search, which is exact, and depth first at its best. */
const ON_THE_PORTFOLIO: readonly Build[] = [
  { tool: 'SPIN BFS', flags: [...BEST, '-DMEMLIM=16000', '-DBFS'] },
  { tool: 'SPIN DFS', flags: [...BEST, '-DMEMLIM=16000'] },
]

export const spinOnOneCore = (asked: string, model: PeerModel, parent: string): Entrant[] =>
  entrants(ON_ONE_CORE, asked, model, newFolder(parent, 'spin-1'))

export const spinOnTwoCores = (asked: string, model: PeerModel, parent: string): Entrant[] =>
  entrants(ON_TWO_CORES, asked, model, newFolder(parent, 'spin-2'))

export const spinOnPortfolio = (asked: string, model: PeerModel, parent: string): Entrant[] =>
  entrants(ON_THE_PORTFOLIO, asked, model, newFolder(parent, 'spin'))

function entrants(builds: readonly Build[], asked: string, model: PeerModel, folder: string): Entrant[] {
  const constants = constantsOf(model).map(([name, value]) => `-D${name}=${value}`)
  execFileSync('spin', [...constants, '-a', textOf(model, 'pml')], { cwd: folder })
  const depth = model.depth === undefined ? [] : [`-m${model.depth}`]
  return builds.map(({ tool, flags, options = [], ...rest }, i) => {
    const program = join(folder, `pan-${i}`)
    compile([...flags, '-o', program, join(folder, 'pan.c'), '-lpthread'])
    return {
      tool,
      model: asked,
      command: [program, '-E', `-w${hashBits(model)}`, ...depth, ...options],
      answerIn: spinAnswer,
      ...rest,
    }
  })
}

/** Of SPIN's hash table: with 8 RMs, 1.7 million states, the fastest size is 2^23. */
const hashBits = ({ distinct }: PeerModel): number => Math.max(18, Math.ceil(Math.log2(distinct) + 2.2))

export function spinAnswer(output: string): Answer {
  if (!/^Full statespace search for:$/m.test(output)) throw new Error(`SPIN did not search exactly:\n${output}`)
  if (!/errors: 0$/m.test(output) || /Search not completed/.test(output)) {
    throw new Error(`SPIN did not explore the whole space:\n${output}`)
  }
  return {
    distinct: numberIn(output, /^\s*(\S+) states, stored$/m),
    generated: numberIn(output, /^\s*(\S+) transitions \(= stored\+matched\)$/m),
  }
}
