/** Documented runs of the centralised algorithm, and exact outcomes: what it costs, and whose crash blocks whom. */
import type { Scenario } from 'splitbrain'

const faultless = { coordinatorCrashes: 0, clientCrashes: 0 }
const coordinatorOnly = { clientCrashes: 0 }
const clientOnly = { coordinatorCrashes: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim:
      'Whoever crashes, nobody gets in who should not; only the coordinator, or a client that waits or holds, makes the others wait.',
    source: 'document 001 §2.1, the centralised algorithm',
    expect: { verdict: 'holds', distinct: 42_944, generated: 106_835, depth: 39 },
  },
  {
    name: 'faultless',
    claim: 'At most one program uses the resource; requests are granted in the order in which they come.',
    source: 'document 001 §2.1, the centralised algorithm',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 1_823, generated: 4_045, depth: 36 },
  },
  {
    name: 'three-messages',
    claim: 'An entry takes three messages: request, grant, release.',
    source: 'document 001 §2.1, the centralised algorithm',
    parameters: faultless,
    properties: ['threeMessages'],
    expect: { verdict: 'holds', distinct: 1_823, generated: 4_045, depth: 36 },
  },
  {
    name: 'four-clients',
    parameters: { ...faultless, clients: 4, turns: 1 },
    expect: { verdict: 'holds', distinct: 1_329, generated: 3_097, depth: 24 },
  },
  {
    name: 'again-and-again',
    claim: 'Whoever asks gets in, however often the others come back.',
    parameters: { ...faultless, turns: 0 },
    expect: { verdict: 'holds', distinct: 1_696, generated: 4_129, depth: 29 },
  },
  // Crashes.
  {
    name: 'coordinator-dies',
    claim: 'A coordinator that fails keeps all programs from the resource.',
    source: 'document 001 §2.1, the centralised algorithm',
    parameters: coordinatorOnly,
    properties: ['everyTurnTaken'],
    expect: { verdict: 'violated', property: 'everyTurnTaken', steps: 4 },
    trace: 'central-mutex-coordinator-dies.json',
  },
  {
    name: 'holder-dies',
    claim: 'The coordinator waits for ever for a holder that has crashed, even one that comes back.',
    parameters: clientOnly,
    properties: ['everyTurnTaken'],
    expect: { verdict: 'violated', property: 'everyTurnTaken', steps: 12 },
    trace: 'central-mutex-holder-dies.json',
  },
  {
    name: 'backup',
    claim: 'With a backup that takes over at once and has the data, the failure of the coordinator does no harm.',
    source: 'document 001 §2.1, the centralised algorithm',
    parameters: { ...coordinatorOnly, backup: true },
    properties: ['mutualExclusion', 'arrivalOrder', 'everyTurnTaken', 'canEnter'],
    expect: { verdict: 'holds', distinct: 15_030, generated: 39_986, depth: 40 },
  },
  {
    name: 'backup-costs-a-message',
    claim: 'An entry takes three messages: request, grant, release.',
    source: 'document 001 §2.1, the centralised algorithm',
    refuted: true,
    finding: 'A backup does not know whether the grant was sent, and sends it again: a fourth message.',
    parameters: { ...coordinatorOnly, backup: true },
    properties: ['noFourthMessage'],
    expect: { verdict: 'violated', property: 'noFourthMessage', steps: 9 },
    trace: 'central-mutex-backup-costs-a-message.json',
  },
  // Seeded bugs.
  {
    name: 'newest-first',
    parameters: faultless,
    bugs: ['newestFirst'],
    expect: { verdict: 'violated', property: 'arrivalOrder', steps: 6 },
    trace: 'central-mutex-newest-first.json',
  },
  {
    name: 'newest-first-starves',
    claim: 'Whoever asks may wait for ever if the newest request goes first.',
    parameters: { ...faultless, turns: 0 },
    bugs: ['newestFirst'],
    properties: ['everyRequestGranted'],
    expect: { verdict: 'violated', property: 'everyRequestGranted', steps: 14, loop: 12 },
    trace: 'central-mutex-newest-first-starves.json',
  },
  {
    name: 'grant-at-once',
    parameters: faultless,
    bugs: ['grantAtOnce'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 6 },
    trace: 'central-mutex-grant-at-once.json',
  },
  {
    name: 'empty-backup',
    claim: 'A backup that does not have the data grants the resource a second time.',
    parameters: { ...coordinatorOnly, backup: true },
    bugs: ['emptyBackup'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 10 },
    trace: 'central-mutex-empty-backup.json',
  },
  {
    name: 'unnumbered',
    claim: 'A grant that is sent twice must not be taken for the answer to a later request.',
    parameters: { ...coordinatorOnly, backup: true },
    bugs: ['unnumbered'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 15 },
    trace: 'central-mutex-unnumbered.json',
  },
]
