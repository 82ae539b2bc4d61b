/** The workloads by name, for the command line. */
import { bank } from './bank.ts'
import type { Workload } from './finding.ts'
import { longFork } from './long-fork.ts'
import { setFull } from './set-full.ts'

export const WORKLOADS: Readonly<Record<string, Workload>> = { bank, 'long-fork': longFork, 'set-full': setFull }
