/** The portfolio's measurements: a row for each model, and the geometric means of what we cost relative to the peers. */

import type { Entrant } from './entrant.ts'
import { type Measured, median } from './measure.ts'
import type { Cost } from './measured-run.ts'
import type { Contest } from './portfolio.ts'
import { aligned } from './table.ts'

const LEGEND = `\
Models of many kinds: medians of whole processes, start-up included. s: CPU seconds (user) of all threads, and by the clock. x: our CPU
time relative to that of the program, below 1 where we are faster. B/state: peak memory beyond start-up for each distinct state.`

type All = ReadonlyMap<Entrant, Measured>

export function drawPortfolio(contests: readonly Contest[], measured: All): string {
  const tools = contests[0]!.peers.map(({ tool }) => tool)
  const head = [
    ['', '', 'splitbrain', '', '', '', ...tools.flatMap((tool) => [tool, '', '', ''])],
    ['', 'distinct', 's', 'clock', 'MB', 'B/state', ...tools.flatMap(() => ['s', 'clock', 'MB', 'x'])],
  ]
  const rows = contests.map((contest) => rowOf(contest, measured))
  const means = [meanRow('geometric mean', contests, measured, 0), meanRow('… net of start-up', contests, measured, 1)]
  return [LEGEND, '', ...aligned([...head, ...rows, ...means])].join('\n')
}

function rowOf({ ours, peers }: Contest, measured: All): string[] {
  const { answer } = measured.get(ours)!
  const own = costOf(ours, measured)
  const bytes = own.peakBytes - (ours.startUp ? costOf(ours.startUp, measured).peakBytes : 0)
  return [
    labelOf(ours),
    answer.distinct.toLocaleString('en-US'),
    ...figures(own),
    (bytes / answer.distinct).toFixed(0),
    ...peers.flatMap((peer) => [
      ...figures(costOf(peer, measured)),
      ratio({ ours, peers }, peer, measured, 0).toFixed(2),
    ]),
  ]
}

/** `./test/bench/models/sixty/model.ts --n 60` is called `sixty --n 60`. */
const labelOf = ({ model }: Entrant): string => model.replace(/^\.\/test\/bench\/models\/(.*)\/model\.ts/, '$1')

const figures = ({ cpuSeconds, wallSeconds, peakBytes }: Cost): string[] => [
  cpuSeconds.toFixed(2),
  wallSeconds.toFixed(2),
  (peakBytes / 1e6).toFixed(0),
]

function meanRow(label: string, contests: readonly Contest[], measured: All, startUps: 0 | 1): string[] {
  const means = contests[0]!.peers.map((_, i) =>
    geometricMean(contests.map((contest) => ratio(contest, contest.peers[i]!, measured, startUps))),
  )
  return [label, '', '', '', '', '', ...means.flatMap((mean) => ['', '', '', mean.toFixed(2)])]
}

/** Our CPU time to the peer's, less so many start-ups of ours. */
function ratio({ ours }: Contest, peer: Entrant, measured: All, startUps: 0 | 1): number {
  const startUp = ours.startUp ? costOf(ours.startUp, measured).cpuSeconds : 0
  const own = costOf(ours, measured).cpuSeconds - startUps * startUp
  return Math.max(CLOCK_SECONDS, own) / Math.max(CLOCK_SECONDS, costOf(peer, measured).cpuSeconds)
}

/** What GNU time can tell from nothing. */
const CLOCK_SECONDS = 0.01

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

function costOf(entrant: Entrant, measured: All): Cost {
  const { costs } = measured.get(entrant)!
  return {
    wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: median(costs.map(({ peakBytes }) => peakBytes)),
  }
}
