/** Documented runs of the centralised algorithm, with their exact outcomes: what it costs, and whose crash blocks whom. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: 'At most one program uses the resource; requests are granted in the order in which they come.',
    source: 'document 001 §2.1, the centralised algorithm',
    expect: { verdict: 'holds', distinct: 1_823, generated: 4_045, depth: 36 },
  },
  {
    name: 'three-messages',
    claim: 'An entry takes three messages: request, grant, release.',
    source: 'document 001 §2.1, the centralised algorithm',
    properties: ['threeMessages'],
    expect: { verdict: 'holds', distinct: 1_823, generated: 4_045, depth: 36 },
  },
  {
    name: 'four-clients',
    parameters: { clients: 4, turns: 1 },
    expect: { verdict: 'holds', distinct: 1_329, generated: 3_097, depth: 24 },
  },
  {
    name: 'again-and-again',
    parameters: { turns: 0 },
    expect: { verdict: 'holds', distinct: 1_696, generated: 4_129, depth: 29 },
  },
  // Crashes.
  {
    name: 'coordinator-dies',
    claim: 'A coordinator that fails keeps all programs from the resource.',
    source: 'document 001 §2.1, the centralised algorithm',
    parameters: { crashes: 1 },
    expect: { verdict: 'violated', property: 'everyTurnTaken', steps: 4 },
    trace: 'central-mutex-coordinator-dies.json',
  },
  {
    name: 'holder-dies',
    claim: 'The coordinator waits for ever for a holder that has crashed, even one that comes back.',
    parameters: { crashes: 1 },
    properties: ['stopsForCoordinator'],
    expect: { verdict: 'violated', property: 'stopsForCoordinator', steps: 12 },
    trace: 'central-mutex-holder-dies.json',
  },
  {
    name: 'nobody-else-matters',
    claim: 'Only the crash of the coordinator, or of a client that waits or holds, blocks the others.',
    parameters: { crashes: 2 },
    properties: ['stopsForNobodyElse', 'mutualExclusion', 'arrivalOrder'],
    expect: { verdict: 'holds', distinct: 139_570, generated: 404_477, depth: 40 },
  },
  {
    name: 'backup',
    claim: 'With a backup that takes over at once and has the data, the failure of the coordinator does no harm.',
    source: 'document 001 §2.1, the centralised algorithm',
    parameters: { crashes: 1, backup: true },
    properties: ['mutualExclusion', 'arrivalOrder', 'stopsForWaiting'],
    expect: { verdict: 'holds', distinct: 32_856, generated: 88_400, depth: 40 },
  },
  {
    name: 'backup-costs-a-message',
    claim: 'An entry takes three messages: request, grant, release.',
    source: 'document 001 §2.1, the centralised algorithm',
    refuted: true,
    finding: 'A backup does not know whether the grant was sent, and sends it again: a fourth message.',
    parameters: { crashes: 1, backup: true },
    properties: ['noFourthMessage'],
    expect: { verdict: 'violated', property: 'noFourthMessage', steps: 9 },
    trace: 'central-mutex-backup-costs-a-message.json',
  },
  // Seeded bugs.
  {
    name: 'newest-first',
    bugs: ['newestFirst'],
    expect: { verdict: 'violated', property: 'arrivalOrder', steps: 6 },
    trace: 'central-mutex-newest-first.json',
  },
  {
    name: 'grant-at-once',
    bugs: ['grantAtOnce'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 6 },
    trace: 'central-mutex-grant-at-once.json',
  },
  {
    name: 'empty-backup',
    claim: 'A backup that does not have the data grants the resource a second time.',
    parameters: { crashes: 1, backup: true },
    bugs: ['emptyBackup'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 10 },
    trace: 'central-mutex-empty-backup.json',
  },
  {
    name: 'unnumbered',
    claim: 'A grant that is sent twice must not be taken for the answer to a later request.',
    parameters: { crashes: 1, backup: true },
    bugs: ['unnumbered'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 15 },
    trace: 'central-mutex-unnumbered.json',
  },
]
