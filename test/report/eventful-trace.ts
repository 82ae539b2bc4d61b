/** A trace in which everything happens that a drawing must show: sends, deliveries, losses, copies, every fault. */

import { record } from '../../src/judge/record.ts'
import type { Model, Property, Step } from '../../src/model.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { ballotProtocol } from '../judge/ballot.ts'
import { stepBy } from '../judge/shortest-path.ts'

const ASK = { type: 'Ask', reason: '因为我最好' }
const YES = { type: 'Yes' }

const STEPS: readonly Step[] = [
  stepBy('n1', 'stand', { reason: ASK.reason }),
  stepBy('n2', 'duplicate', { from: 'n1', message: ASK }),
  stepBy(null, 'lose', { from: 'n1', to: 'n3', message: ASK }),
  stepBy(null, 'partition', { side: ['n3'] }),
  stepBy('n3', 'crash'),
  stepBy('n2', 'receive', { from: 'n1', message: ASK }),
  stepBy('n3', 'restart'),
  stepBy(null, 'lose', { from: 'n2', to: 'n1', message: YES }),
  stepBy(null, 'heal'),
  stepBy('n2', 'pause'),
  stepBy('n1', 'receive', { from: 'n2', message: YES }),
  stepBy('n1', 'win'),
]

export const eventfulModel = (voters = 3): Model =>
  ballotProtocol.instantiate({ voters, losses: 2, duplicates: 1, crashes: 1, partitions: 1, pauses: 1 }, ['twoVotes'])

/** Violated by the end of every path, so that any path can be recorded. */
export const ENDED: Property = {
  name: 'ended',
  claim: 'it never comes to an end',
  optional: false,
  kind: 'always',
  judge: () => ({ holds: false, because: 'it has come to an end', exercised: true }),
}

export function eventfulTrace(model: Model): Trace {
  return record(model, model.properties.find(({ name }) => name === 'noWinner')!, { initial: {}, steps: STEPS })
}
