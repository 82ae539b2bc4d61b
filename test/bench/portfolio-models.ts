/**
 * Models of many kinds, each in three languages (models/), to see how the engine does on what it was not made for. Sizes are
 * such that the slowest takes seconds.
 *
 * Every action is one step in all three languages, and a state of one is a state of the others: distinct and generated
 * states must be equal, or the benchmark ends before it prints a time. Properties are left out of the peers' texts, in their
 * favour.
 */
import type { PeerModel } from './peer-model.ts'
import type { PortfolioName } from './section-name.ts'

export const PORTFOLIO: Readonly<Record<PortfolioName, readonly PeerModel[]>> = {
  portfolio: [
    { name: 'two-phase-commit', parameters: { rms: 8 }, distinct: 1_745_408 },
    { name: 'raft-election', parameters: { terms: 4 }, distinct: 331_967 },
    { name: 'peterson', parameters: { n: 4 }, distinct: 89_585, depth: 20_000 },
    { name: 'philosophers', parameters: { n: 8 }, distinct: 103_682, depth: 100_000 },
    { name: 'ring-election', parameters: { n: 9 }, distinct: 259_928 },
    { name: 'sliding-window', parameters: { window: 5, messages: 12 }, distinct: 881_846 },
    { name: 'german', parameters: { clients: 4 }, distinct: 107_989, depth: 100_000 },
    { name: 'lamport-mutex', parameters: { entries: 2 }, distinct: 1_696_277 },
    { name: 'paxos', parameters: { ballots: 3, values: 2 }, distinct: 185_369 },
    { name: 'token-ring', parameters: { n: 14 }, distinct: 573_440, depth: 400_000 },
    { name: 'readers-writers', parameters: { n: 5 }, distinct: 13_597 },
    { name: 'work-queue', parameters: { jobs: 4, staff: 3 }, distinct: 135_265 },
    { name: 'replicated-log', parameters: { length: 7 }, distinct: 751_385 },
    { name: 'eight-puzzle', parameters: {}, distinct: 181_440, depth: 200_000 },
    { name: 'sixty', parameters: { n: 60, permits: 3 }, distinct: 280_961, depth: 200_000 },
  ],
  'portfolio-long': [
    { name: 'two-phase-commit', parameters: { rms: 9 }, distinct: 10_340_352 },
    { name: 'raft-election', parameters: { terms: 5 }, distinct: 4_847_184 },
  ],
}
