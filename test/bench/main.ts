/**
 * The benchmark: `npm run bench`, or `npm run bench -- --rms 9 --rounds 5`. Builds, then measures and prints one table.
 *
 *   - two-phase commit with 8 resource managers (`--rms 9`: with 9) against SPIN and Rumur, where they are installed
 *     (Debian: apt-get install spin rumur gcc time; GNU time is always needed)
 *   - the corpus at its default bounds
 *   - against the tests' plain explorer, on models of a size that it can do
 *   - how the cost of a transition grows with the space
 *
 * Every run is a process of its own, in turns; a wrong answer ends the benchmark before any speed is printed. Times are
 * user CPU seconds, which other work on the machine disturbs least; only the ratios of one table mean anything.
 * Its 3 rounds take about three minutes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measure } from './measure.ts'
import { requireGnuTime } from './measured-run.ts'
import { questions } from './questions.ts'
import { drawTable } from './table.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { rms, rounds } = readOptions()
requireGnuTime()
const folder = mkdtempSync(join(tmpdir(), 'splitbrain-bench-'))
try {
  const asked = questions(rms, folder)
  console.log(`${rounds} rounds on ${cpus().length} processors with load ${loadavg()[0]!.toFixed(1)} at the start`)
  const entrants = asked.flatMap((question) => question.entrants)
  const startUps = entrants.flatMap(({ startUp }) => (startUp ? [startUp] : []))
  const measured = measure([...new Set([...startUps, ...entrants])], rounds, root)
  console.log(drawTable(asked, measured))
} finally {
  rmSync(folder, { recursive: true })
}

function readOptions(): { rms: number; rounds: number } {
  const { values } = parseArgs({
    options: { rms: { type: 'string', default: '8' }, rounds: { type: 'string', default: '3' } },
  })
  return { rms: wholeNumber('--rms', values.rms, 10), rounds: wholeNumber('--rounds', values.rounds, 100) }
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new Error(`${option} ${text}: expected a whole number from 1 to ${max}`)
}
