/**
 * What can be wrong with transactions (Adya 1999; Elle), from the worst on, and which isolation level forbids what
 * (Adya, Liskov & O'Neil 2000; for snapshots Fekete et al. 2005 and Cerone & Gotsman 2018).
 */
import type { Dependency } from './dependency.ts'
import type { Transaction } from './transaction.ts'

/**
 * `G0`: a cycle of `ww` alone (dirty write). `G1c`: of `ww` and `wr` (circular information flow). `G-single`: with one
 * `rw` (read skew). `G-nonadjacent`: with several, no two of them next to each other. `G2`: with any (write skew).
 */
export const CYCLES = ['G0', 'G1c', 'G-single', 'G-nonadjacent', 'G2'] as const
export type CycleName = (typeof CYCLES)[number]

/**
 * `duplicate-elements`, `garbage-read`, `incompatible-order`, `cyclic-versions`: what was read cannot be of one object.
 * `G1a`: a read of what was aborted. `G1b`: of what its writer wrote over. `internal`: a transaction does not see what
 * it read or wrote itself. `lost-update`: two read one version, and both wrote the next.
 */
export const READS = [
  'duplicate-elements',
  'garbage-read',
  'incompatible-order',
  'cyclic-versions',
  'G1a',
  'G1b',
  'internal',
  'lost-update',
] as const
export type ReadName = (typeof READS)[number]

export interface Anomaly {
  /** With `-process` or `-realtime` behind it where the cycle needs that order. */
  readonly name: string
  /** Those that it is about; of a cycle in its order. */
  readonly transactions: readonly Transaction[]
  /** The dependencies of a cycle, shortest first found; none where one transaction's reads tell. */
  readonly cycle: readonly Dependency[]
  readonly because: string
}

interface Level {
  readonly cycles: readonly CycleName[]
  readonly reads: readonly ReadName[]
  /** Which order between transactions must be kept besides. */
  readonly order?: 'process' | 'realtime'
}

const OBJECT = ['duplicate-elements', 'garbage-read', 'incompatible-order', 'cyclic-versions'] as const
const COMMITTED = [...OBJECT, 'G1a', 'G1b'] as const
const ALL = [...COMMITTED, 'internal', 'lost-update'] as const
const SNAPSHOT = { cycles: ['G0', 'G1c', 'G-single', 'G-nonadjacent'], reads: ALL } as const
const SERIAL = { cycles: CYCLES, reads: ALL } as const

export const LEVELS = {
  'read-uncommitted': { cycles: ['G0'], reads: OBJECT },
  'read-committed': { cycles: ['G0', 'G1c'], reads: COMMITTED },
  'snapshot-isolation': SNAPSHOT,
  'strong-session-snapshot-isolation': { ...SNAPSHOT, order: 'process' },
  'strong-snapshot-isolation': { ...SNAPSHOT, order: 'realtime' },
  serializable: SERIAL,
  'strong-session-serializable': { ...SERIAL, order: 'process' },
  'strict-serializable': { ...SERIAL, order: 'realtime' },
} as const satisfies Readonly<Record<string, Level>>

export type LevelName = keyof typeof LEVELS

export const LEVEL_NAMES = Object.keys(LEVELS) as readonly LevelName[]

export const levelOf = (name: LevelName): Level => LEVELS[name]
