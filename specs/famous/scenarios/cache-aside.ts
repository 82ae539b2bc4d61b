/** Documented runs of a cache beside a database, with their exact outcomes: which old values stay, and what clients see. */
import type { Scenario } from 'splitbrain'

const FACEBOOK = 'Nishtala et al. 2013, Scaling Memcache at Facebook, §3.2.1'
const MICROSOFT = 'Microsoft, Cache-Aside pattern'
const KLEPPMANN = 'Kleppmann 2015, Using logs to build a solid data infrastructure'

const whole = { crashes: 0, expires: false }
const one = { ...whole, writers: 1, readers: 1 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'With leases and an expiry no old value stays in the cache, though a writer crashes.',
    source: FACEBOOK,
    expect: { verdict: 'holds', distinct: 18_285, generated: 38_986, depth: 13 },
  },
  // Deleting.
  {
    name: 'delete-first',
    claim: 'If the key is deleted before the write, a reader in between puts the old value back, and it stays.',
    source: MICROSOFT,
    parameters: { ...one, write: 'delete-write' },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 5, loop: 0 },
    trace: 'cache-aside-delete-first.json',
  },
  {
    name: 'delete-last',
    claim: 'If the key is deleted after the write, no old value stays in the cache.',
    source: MICROSOFT,
    refuted: true,
    finding:
      'It does where a reader missed before the write, and fills the cache after the deletion. That is rarer, and no less for good.',
    parameters: { ...one, write: 'write-delete' },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 5, loop: 0 },
    trace: 'cache-aside-delete-last.json',
  },
  {
    name: 'delete-twice',
    claim: 'If the key is deleted again some time after the write, no old value stays in the cache.',
    refuted: true,
    finding: 'The second deletion helps only if every reader is faster than the delay before it.',
    parameters: { ...one, write: 'delete-write-delete' },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 6, loop: 0 },
    trace: 'cache-aside-delete-twice.json',
  },
  // Dual writes.
  {
    name: 'dual-write',
    claim: 'Two clients that write to the database and then to the cache leave the two different for good.',
    source: KLEPPMANN,
    parameters: { ...whole, write: 'write-set', readers: 0 },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 4, loop: 0 },
    trace: 'cache-aside-dual-write.json',
  },
  {
    name: 'dual-write-cache-first',
    parameters: { ...whole, write: 'set-write', readers: 0 },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 4, loop: 0 },
    trace: 'cache-aside-dual-write-cache-first.json',
  },
  {
    name: 'dual-write-one-writer',
    claim: 'With a single writer, and readers that fill the cache as well, dual writes leave no old value.',
    refuted: true,
    finding: 'A slow reader is a second writer of the cache.',
    parameters: { ...one, write: 'write-set' },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 5, loop: 0 },
    trace: 'cache-aside-dual-write-one-writer.json',
  },
  {
    name: 'never-committed',
    claim: 'A cache that is written first tells of a value that is never committed, if the writer crashes.',
    source: KLEPPMANN,
    parameters: { write: 'set-write', writers: 1, readers: 1, expires: false },
    properties: ['readsCommitted'],
    expect: { verdict: 'violated', property: 'readsCommitted', steps: 3 },
    trace: 'cache-aside-never-committed.json',
  },
  // Leases and versions.
  {
    name: 'lease',
    claim: 'A token that the next deletion takes away keeps slow readers from putting old values back.',
    source: FACEBOOK,
    parameters: { ...whole, write: 'lease' },
    properties: ['freshInTheEnd', 'everyoneIsDone', 'aFill'],
    expect: { verdict: 'holds', distinct: 4_248, generated: 6_599, depth: 10 },
  },
  {
    name: 'lease-inversion',
    claim: 'With leases, no client reads an older value after another has read a newer one.',
    refuted: true,
    finding: 'Until the deletion both hold good tokens, and the slower one may put the older value over the newer.',
    parameters: { ...whole, write: 'lease', writers: 1, readers: 3 },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 8 },
    trace: 'cache-aside-lease-inversion.json',
  },
  {
    name: 'version-is-a-register',
    claim:
      'A cache that keeps the newest version it was ever given, and the database behind it, look like one register.',
    parameters: { ...whole, write: 'version', writers: 1, readers: 3 },
    properties: ['linearizable', 'freshInTheEnd'],
    expect: { verdict: 'holds', distinct: 1_542, generated: 2_421, depth: 11 },
  },
  {
    name: 'version',
    parameters: { write: 'version' },
    expect: { verdict: 'holds', distinct: 27_333, generated: 63_542, depth: 13 },
  },
  // Failures.
  {
    name: 'crash',
    claim: 'A writer that crashes between the database and the cache leaves the old value for good, even with leases.',
    source: KLEPPMANN,
    parameters: { write: 'lease', writers: 1, readers: 1, expires: false },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'violated', property: 'freshInTheEnd', steps: 5, loop: 0 },
    trace: 'cache-aside-crash.json',
  },
  {
    name: 'expiry',
    claim: 'An expiry ends every old value, whatever the order of the steps.',
    parameters: { write: 'write-delete' },
    properties: ['freshInTheEnd'],
    expect: { verdict: 'holds', distinct: 23_439, generated: 51_444, depth: 12 },
  },
  {
    name: 'reads-after-writes',
    claim: 'An expiry bounds how long an old value stays, and not what clients see until then.',
    parameters: { write: 'write-delete', crashes: 0 },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 6 },
    trace: 'cache-aside-reads-after-writes.json',
  },
]
