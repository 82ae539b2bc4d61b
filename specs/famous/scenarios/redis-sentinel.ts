/** Documented runs of Redis under Sentinel, with their exact outcomes: what each way to acknowledge loses. */
import type { Scenario } from 'splitbrain'

const JEPSEN = 'Kingsbury 2013, Jepsen: Redis'
const DOCS = 'Redis documentation, Sentinel'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim:
      'If a majority has a write before it is acknowledged, and a vote binds the server beside it, one failover loses nothing.',
    expect: { verdict: 'holds', distinct: 218, generated: 572, depth: 8 },
  },
  {
    name: 'crash',
    parameters: { crashes: 1 },
    expect: { verdict: 'holds', distinct: 1_582, generated: 4_925, depth: 10 },
  },
  // As it was.
  {
    name: 'split-brain',
    claim: 'At any time one server at most takes writes.',
    refuted: true,
    finding: 'A primary that is cut off goes on, beside the one that the other side has elected.',
    source: JEPSEN,
    parameters: { ack: 'at-once', binding: false },
    properties: ['onePrimary'],
    expect: { verdict: 'violated', property: 'onePrimary', steps: 2 },
    trace: 'redis-sentinel-split-brain.json',
  },
  {
    name: 'lost',
    claim: 'What the old primary acknowledges is gone after a failover.',
    source: JEPSEN,
    parameters: { ack: 'at-once', binding: false },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 3 },
    trace: 'redis-sentinel-lost.json',
  },
  {
    name: 'agree-again',
    claim: 'When the network is whole again the old primary becomes a replica, and all servers are equal.',
    source: DOCS,
    parameters: { ack: 'at-once', binding: false },
    properties: ['canAgree', 'agreeInTheEnd'],
    expect: { verdict: 'holds', distinct: 402, generated: 1_052, depth: 10 },
  },
  // A primary that refuses.
  {
    name: 'window-lost',
    claim: 'If the primary refuses writes once its replicas lag behind, no acknowledged write is lost.',
    source: DOCS,
    refuted: true,
    finding: 'What it took before it noticed is.',
    parameters: { ack: 'min-replicas' },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 3 },
    trace: 'redis-sentinel-window-lost.json',
  },
  {
    name: 'bounded',
    claim: 'But no more than that: min-replicas-max-lag bounds what a failover loses.',
    source: DOCS,
    parameters: { ack: 'min-replicas', writes: 3 },
    properties: ['lostBounded'],
    expect: { verdict: 'holds', distinct: 425, generated: 1_082, depth: 11 },
  },
  {
    name: 'not-bounded',
    claim: 'The bound holds as well while the other replicas have not been told of the new primary.',
    refuted: true,
    finding: 'A replica that is told late confirms what the old primary writes, once it reaches it again.',
    parameters: { ack: 'min-replicas', binding: false },
    properties: ['lostBounded'],
    expect: { verdict: 'violated', property: 'lostBounded', steps: 6 },
    trace: 'redis-sentinel-not-bounded.json',
  },
  // WAIT.
  {
    name: 'wait-late-replica',
    claim: 'A write that WAIT has seen at a majority is there after one failover.',
    source: 'Redis documentation, WAIT',
    refuted: true,
    finding: 'Not if one of those is told late of the new primary, and follows the old one until then.',
    parameters: { binding: false },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 5 },
    trace: 'redis-sentinel-wait-late-replica.json',
  },
  {
    name: 'wait-lost',
    claim: 'WAIT does not make it strongly consistent: a second failover loses what a majority had.',
    source: 'Redis documentation, WAIT',
    parameters: { failovers: 2, crashes: 1, writes: 3 },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 8 },
    trace: 'redis-sentinel-wait-lost.json',
  },
]
