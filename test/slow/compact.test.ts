/** A compact store, as in test/engine/compact.test.ts, for all other documented runs that hold and are small. */
import { it } from 'vitest'
import { documentedRuns, representatives } from '../corpus/documented-run.ts'
import { assertExactCounts, compactRuns, isTiny, titled } from '../engine/compact-runs.ts'

const runs = compactRuns(await documentedRuns())
const asked = representatives(runs)

it.each(titled(runs.filter((run) => !asked.has(run) || !isTiny(run))))('%s', (_, run) => assertExactCounts(run))
