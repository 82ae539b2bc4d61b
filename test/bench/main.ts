/**
 * The benchmark: `npm run bench`, or `npm run bench -- --rms 9 --rounds 5`. Builds, then measures and prints one table.
 *
 *   - peers: two-phase commit with 8 resource managers (`--rms 9`: with 9) against SPIN and Rumur, on one thread, and on
 *     two. They must be installed (Debian: apt-get install spin rumur gcc time; GNU time is always needed)
 *   - portfolio: models of many kinds against SPIN and Rumur, and the mean (`--model paxos`: one of them); with `--long`,
 *     some of them at millions of states
 *   - corpus: raft, two-phase-commit and redis-lock, at bounds of more than a million distinct states
 *   - explorer: against the tests' plain explorer, on models of a size that it can do
 *   - logs: etcd's log and P's against protocols, and a long one; long, too
 *   - raft, workers, growth: spaces of 10 to 100 million distinct states. They are long, and only run with `--long`, or one
 *     of them with `--only growth`
 *
 * Every run is a process of its own, in turns; a wrong answer ends the benchmark before any speed is printed. One thread is
 * compared by user CPU seconds, which other work on the machine disturbs least; more threads by the wall clock, which it
 * disturbs most: have the machine to yourself. Only the ratios of one table mean anything.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Entrant } from './entrant.ts'
import { measure } from './measure.ts'
import { requireGnuTime, runMeasured } from './measured-run.ts'
import { HELP, type Options, readOptions } from './options.ts'
import { contests } from './portfolio.ts'
import { drawPortfolio } from './portfolio-table.ts'
import { questions } from './questions.ts'
import { isPortfolio } from './section-name.ts'
import { hasWorkers } from './splitbrain.ts'
import { drawTable } from './table.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  const options = readOptions(process.argv.slice(2))
  console.log(options === undefined ? HELP : benchmark(options))
} catch (error) {
  process.exitCode = 2
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
}

function benchmark({ sections, rms, rounds, models }: Options): string {
  requireGnuTime()
  const folder = mkdtempSync(join(tmpdir(), 'splitbrain-bench-'))
  try {
    const asked = questions(sections, { rms, folder, hasWorkers: hasWorkers(root) })
    const portfolio = sections.filter(isPortfolio).flatMap((section) => contests(section, models, folder))
    const entrants = [
      ...asked.flatMap((question) => question.entrants),
      ...portfolio.flatMap(({ ours, peers }) => [ours, ...peers]),
    ]
    console.log(`${rounds} rounds on ${cpus().length} processors with load ${loadavg()[0]!.toFixed(1)} at the start`)
    const measured = measure(withStartUps(entrants), rounds, ({ tool, model, command, exitCode }, round) => {
      process.stderr.write(`round ${round} of ${rounds}: ${tool}, ${model}\n`)
      return runMeasured(command, root, exitCode)
    })
    return [
      ...(asked.length > 0 ? [drawTable(asked, measured)] : []),
      ...(portfolio.length > 0 ? [drawPortfolio(portfolio, measured)] : []),
    ].join('\n\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Each once, whatever the number of questions that it is in. */
function withStartUps(entrants: readonly Entrant[]): Entrant[] {
  const startUps = entrants.flatMap(({ startUp }) => (startUp ? [startUp] : []))
  return [...new Set([...startUps, ...entrants])]
}
