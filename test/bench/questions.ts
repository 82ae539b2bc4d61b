/** The questions of each section; building them compiles the peers' programs. */
import type { Entrant } from './entrant.ts'
import { heldLogs } from './logs.ts'
import { peerCommit } from './peer-model.ts'
import { requirePeers } from './peer-tools.ts'
import type { Question } from './question.ts'
import { rumurOnOneThread, rumurOnTwoThreads } from './rumur.ts'
import { isPortfolio, type PortfolioName, type SectionName } from './section-name.ts'
import { spinOnOneCore, spinOnTwoCores } from './spin.ts'
import { firstStates, plainCommit, plainExplorer, splitbrain, twoSearches } from './splitbrain.ts'

export interface Setting {
  readonly rms: number
  /** Where the peers' programs are built. */
  readonly folder: string
  /** Whether `verify` has `--workers`. */
  readonly hasWorkers: boolean
}

export function questions(sections: readonly SectionName[], setting: Setting): Question[] {
  if (sections.includes('peers')) requirePeers()
  return sections.flatMap((name) => (isPortfolio(name) ? [] : ASKED[name](setting)))
}

const ASKED: Readonly<Record<Exclude<SectionName, PortfolioName>, (setting: Setting) => Question[]>> = {
  peers: (setting) => [oneThread(setting), twoThreads(setting)],
  corpus: ({ hasWorkers }) =>
    ['raft', 'two-phase-commit --participants 4 --crashes 0', LARGE_REDIS_LOCK].map((model) =>
      byItself(model, hasWorkers),
    ),
  explorer: ({ hasWorkers }) =>
    [plainCommit(5), 'raft --entries 0'].map((model) => ({
      title: `${model}, against the plain explorer, net of start-up`,
      time: 'user',
      netOfStartUp: true,
      entrants: [alone(model, hasWorkers), plainExplorer(model)],
      label: 'tool',
    })),
  raft: ({ hasWorkers }) => [byItself(LARGE_RAFT, hasWorkers)],
  workers: ({ hasWorkers }) => [
    {
      title: `${RAFT_FOR_WORKERS}, start-up included`,
      time: 'wall',
      netOfStartUp: false,
      entrants: [
        alone(RAFT_FOR_WORKERS, hasWorkers),
        ...(hasWorkers ? [splitbrain(RAFT_FOR_WORKERS, 2), twoSearches(RAFT_FOR_WORKERS)] : []),
      ],
      label: 'tool',
      ...remarkOn(hasWorkers),
    },
  ],
  logs: heldLogs,
  growth: () => [
    {
      title: 'as the space grows, net of start-up',
      time: 'user',
      netOfStartUp: true,
      entrants: ['1M', '10M', '100M'].map((states) => firstStates('raft --elections 3', states)),
      label: 'model',
    },
  ],
}

/** 2,362,112 distinct states, 9,897,345 generated. That two believe to hold the lock is not asked: with pauses, they may. */
const LARGE_REDIS_LOCK =
  'redis-lock --lock fencing --clients 4 --turns 3 --crashes 1 --pauses 1 --property types,noStaleWrite'
const LARGE_RAFT = 'raft --crashes 3 --losses 3'
const RAFT_FOR_WORKERS = 'raft --crashes 3'

const alone = (model: string, hasWorkers: boolean) => splitbrain(model, hasWorkers ? 1 : undefined)

const remarkOn = (hasWorkers: boolean) => (hasWorkers ? {} : { remark: 'verify has no --workers: no row with two' })

const byItself = (model: string, hasWorkers: boolean): Question => ({
  title: `${model}, start-up included`,
  time: 'user',
  netOfStartUp: false,
  entrants: [alone(model, hasWorkers)],
  label: 'tool',
})

function oneThread({ rms, folder, hasWorkers }: Setting): Question {
  const model = plainCommit(rms)
  const peers = [...spinOnOneCore(model, peerCommit(rms), folder), ...rumurOnOneThread(model, peerCommit(rms), folder)]
  return againstPeers('one thread', 'user', [alone(model, hasWorkers), ...peers])
}

function twoThreads({ rms, folder, hasWorkers }: Setting): Question {
  const model = plainCommit(rms)
  const two = hasWorkers ? [splitbrain(model, 2)] : []
  const peers = [...spinOnTwoCores(model, peerCommit(rms), folder), rumurOnTwoThreads(model, peerCommit(rms), folder)]
  return {
    ...againstPeers('two threads', 'wall', [...two, alone(model, hasWorkers), ...peers]),
    ...remarkOn(hasWorkers),
  }
}

const againstPeers = (threads: string, time: Question['time'], entrants: readonly Entrant[]): Question => ({
  title: `${entrants[0]!.model}, against the peers, ${threads}, start-up included`,
  time,
  netOfStartUp: false,
  entrants,
  label: 'tool',
})
