/** Documented runs of a file under a lease, with their exact outcomes: what each guard lets through. */
import type { Scenario } from 'splitbrain'

const KLEPPMANN = 'Kleppmann 2016, How to do distributed locking'
const pausesOnly = { crashes: 0, delays: 0 }
const delaysOnly = { crashes: 0, pauses: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'If the storage sees a token with each read and each write, nothing is lost, however late a client is.',
    expect: { verdict: 'holds', distinct: 2_812, generated: 7_235, depth: 16 },
  },
  {
    name: 'three-clients',
    parameters: { clients: 3, crashes: 0, delays: 0 },
    expect: { verdict: 'holds', distinct: 1_652, generated: 2_989, depth: 21 },
  },
  {
    name: 'more-faults',
    parameters: { crashes: 2, pauses: 2, delays: 2 },
    expect: { verdict: 'holds', distinct: 9_392, generated: 30_939, depth: 18 },
  },
  // A lease alone.
  {
    name: 'in-time',
    claim: 'As long as nobody outlasts its lease, the lease protects the file.',
    source: KLEPPMANN,
    parameters: { guard: 'none', pauses: 0, delays: 0 },
    expect: { verdict: 'holds', distinct: 123, generated: 155, depth: 13 },
  },
  {
    name: 'paused',
    claim: 'A client that stands still beyond its lease writes after the next holder, and corrupts the file.',
    source: KLEPPMANN,
    parameters: { ...pausesOnly, guard: 'none' },
    properties: ['noStaleWrite'],
    expect: { verdict: 'violated', property: 'noStaleWrite', steps: 13 },
    trace: 'lease-file-paused.json',
  },
  {
    name: 'slow-network',
    claim: 'No pause is needed: a write that is slow on its way comes after the lease has run out.',
    source: KLEPPMANN,
    parameters: { ...delaysOnly, guard: 'none' },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 12 },
    trace: 'lease-file-slow-network.json',
  },
  {
    name: 'looked',
    claim: 'To look whether the lease is still valid, right before the write, is no cure: a pause may come in between.',
    source: KLEPPMANN,
    parameters: { ...pausesOnly, guard: 'look' },
    properties: ['noStaleWrite'],
    expect: { verdict: 'violated', property: 'noStaleWrite', steps: 15 },
    trace: 'lease-file-looked.json',
  },
  {
    name: 'looked-slow-network',
    claim: 'Nor does a language help that never stands still: the network does.',
    source: KLEPPMANN,
    parameters: { ...delaysOnly, guard: 'look' },
    properties: ['noStaleWrite'],
    expect: { verdict: 'violated', property: 'noStaleWrite', steps: 13 },
    trace: 'lease-file-looked-slow-network.json',
  },
  // Fencing.
  {
    name: 'fenced-writes',
    claim: 'With a fencing token in every write, no write is taken after one of a later holder.',
    source: KLEPPMANN,
    parameters: { guard: 'fence-writes' },
    properties: ['noStaleWrite', 'everyoneIsDone', 'doneInTheEnd', 'leaseCanBeHad'],
    expect: { verdict: 'holds', distinct: 2_916, generated: 7_473, depth: 16 },
  },
  {
    name: 'lost-though-fenced',
    claim: 'A fencing token in every write makes it safe to read the file, change it and write it back under a lease.',
    source: KLEPPMANN,
    refuted: true,
    finding:
      'A late write that comes after the read of the next holder and before its write is taken, and lost: the storage has not seen the later token yet. It must be shown with the read as well.',
    parameters: { guard: 'fence-writes', crashes: 0, delays: 0 },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 14 },
    trace: 'lease-file-lost-though-fenced.json',
  },
  {
    name: 'lost-though-fenced-history',
    parameters: { guard: 'fence-writes', crashes: 0, delays: 0 },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 15 },
    trace: 'lease-file-lost-though-fenced-history.json',
  },
  // Without a lease.
  {
    name: 'no-lease',
    claim: 'Without a lease two clients change the same version, and one change is lost.',
    source: KLEPPMANN,
    parameters: { guard: 'none', crashes: 0, pauses: 0, delays: 0 },
    bugs: ['noLease'],
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 11 },
    trace: 'lease-file-no-lease.json',
  },
  {
    name: 'compare',
    claim: 'A storage that takes a change only of the version it was made from loses nothing.',
    parameters: { guard: 'compare' },
    expect: { verdict: 'holds', distinct: 2_948, generated: 7_509, depth: 16 },
  },
  {
    name: 'compare-without-lease',
    claim: 'Nor does it need the lease: that only saves work that would be refused.',
    parameters: { guard: 'compare' },
    bugs: ['noLease'],
    expect: { verdict: 'holds', distinct: 4_386, generated: 12_451, depth: 15 },
  },
]
