/** Documented runs of Kafka's truncation, with their exact outcomes: what each of its three rules loses or leaves different. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'If a follower asks backwards for an epoch that both have, nothing is lost, and the logs become the same.',
    source: 'Apache Kafka, KIP-279',
    expect: { verdict: 'holds', distinct: 11_960, generated: 26_504, depth: 21 },
  },
  {
    name: 'three-replicas',
    parameters: { replicas: 3, elections: 1, records: 2, crashes: 0 },
    expect: { verdict: 'holds', distinct: 1_551, generated: 3_965, depth: 16 },
  },
  {
    name: 'more-elections',
    parameters: { elections: 3, crashes: 0 },
    expect: { verdict: 'holds', distinct: 8_611, generated: 18_421, depth: 22 },
  },
  // To the high watermark.
  {
    name: 'kip-101-lost',
    claim:
      'A follower restarts, cuts off a committed record, and is elected before it has fetched it again: it is lost.',
    source: 'Apache Kafka, KIP-101, scenario 1',
    parameters: { truncate: 'high-watermark', elections: 1, records: 1 },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 8 },
    trace: 'kafka-truncation-kip-101-lost.json',
  },
  {
    name: 'kip-101-diverged',
    claim: 'Replicas end up with different records at the same place, each of them committed.',
    source: 'Apache Kafka, KIP-101, scenario 2',
    parameters: { truncate: 'high-watermark' },
    properties: ['committedAgree'],
    expect: { verdict: 'violated', property: 'committedAgree', steps: 11 },
    trace: 'kafka-truncation-kip-101-diverged.json',
  },
  {
    name: 'kip-101-for-ever',
    claim: 'And nothing mends that: no follower looks at what it has below its high watermark.',
    parameters: { truncate: 'high-watermark' },
    properties: ['canAgree'],
    expect: { verdict: 'violated', property: 'canAgree', steps: 11 },
    trace: 'kafka-truncation-kip-101-for-ever.json',
  },
  {
    name: 'high-watermark-without-faults',
    claim: 'As long as there is no crash and no other leader, the high watermark is good enough.',
    parameters: { truncate: 'high-watermark', elections: 0, crashes: 0 },
    properties: ['nothingLost', 'committedAgree', 'canAgree', 'agreeInTheEnd'],
    expect: { verdict: 'holds', distinct: 35, generated: 66, depth: 10 },
  },
  // By epoch.
  {
    name: 'epoch-keeps',
    claim: 'Within two elections, truncation by leader epoch loses no acknowledged record.',
    source: 'Apache Kafka, KIP-101',
    parameters: { truncate: 'epoch' },
    properties: ['nothingLost'],
    expect: { verdict: 'holds', distinct: 12_168, generated: 26_805, depth: 21 },
  },
  {
    name: 'kip-279-diverged',
    claim: 'Truncation by leader epoch leaves no log different from that of its leader.',
    source: 'Apache Kafka, KIP-101',
    refuted: true,
    finding:
      'After two fast elections the leader has no record of the epoch that it is asked for, and answers with the start of a later one (KIP-279).',
    parameters: { truncate: 'epoch', crashes: 0 },
    properties: ['committedAgree'],
    expect: { verdict: 'violated', property: 'committedAgree', steps: 11 },
    trace: 'kafka-truncation-kip-279-diverged.json',
  },
  {
    name: 'kip-279-for-ever',
    parameters: { truncate: 'epoch', crashes: 0 },
    properties: ['agreeInTheEnd'],
    expect: { verdict: 'violated', property: 'agreeInTheEnd', steps: 13, loop: 0 },
    trace: 'kafka-truncation-kip-279-for-ever.json',
  },
  {
    name: 'kip-279-lost',
    claim:
      'The third election makes the one of the two logs the truth that the record was not committed in: it is lost.',
    parameters: { truncate: 'epoch', elections: 3, crashes: 0 },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 12 },
    trace: 'kafka-truncation-kip-279-lost.json',
  },
  {
    name: 'epoch-one-election',
    claim: 'With one election only, the answer is right.',
    parameters: { truncate: 'epoch', elections: 1 },
    expect: { verdict: 'holds', distinct: 2_664, generated: 5_214, depth: 17 },
  },
]
