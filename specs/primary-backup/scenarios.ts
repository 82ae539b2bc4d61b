/** Documented runs of primary and backups, with their exact outcomes: what each mode keeps, and what it gives for that. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  // Synchronous.
  {
    name: 'sync',
    claim: 'When a write returns, every replica has it: reads at any of them agree, and no failover loses it.',
    source: 'document 000, replicas for fault tolerance',
    expect: { verdict: 'holds', distinct: 1_061_088, generated: 5_306_074, depth: 37 },
  },
  {
    name: 'sync-two-replicas',
    parameters: { replicas: 2, losses: 1, partitions: 1 },
    expect: { verdict: 'holds', distinct: 35_620, generated: 134_681, depth: 27 },
  },
  {
    name: 'sync-not-linearizable',
    claim: 'Under synchronous replication, reads at any replica are linearizable.',
    refuted: true,
    finding: 'Not while a write is under way: one read may see it, and the next one, at another replica, not.',
    parameters: { replicas: 2, writes: 1, reads: 2, crashes: 0 },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 4 },
    trace: 'primary-backup-sync-not-linearizable.json',
  },
  {
    name: 'failed-but-there',
    claim: 'A write that is given up, because a replica does not confirm it, has no effect.',
    refuted: true,
    finding: 'Its writer only does not know whether it has one.',
    parameters: { crashes: 0 },
    properties: ['failedHasNoEffect'],
    expect: { verdict: 'violated', property: 'failedHasNoEffect', steps: 3 },
    trace: 'primary-backup-failed-but-there.json',
  },
  // Asynchronous.
  {
    name: 'async-lost',
    claim: 'If the primary crashes after a write has returned and before it is shipped, the write is lost.',
    source: 'document 000, replicas for fault tolerance',
    parameters: { mode: 'async' },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 5 },
    trace: 'primary-backup-async-lost.json',
  },
  {
    name: 'async-stale-read',
    claim: 'Only the primary has the latest data; a read at another replica may be stale.',
    source: 'document 000, replicas for fault tolerance',
    parameters: { mode: 'async', crashes: 0 },
    properties: ['freshReads'],
    expect: { verdict: 'violated', property: 'freshReads', steps: 3 },
    trace: 'primary-backup-async-stale-read.json',
  },
  {
    name: 'async-without-a-crash',
    parameters: { mode: 'async', crashes: 0 },
    properties: ['nothingLost'],
    expect: { verdict: 'holds', distinct: 22_055, generated: 132_626, depth: 24 },
  },
  // In between.
  {
    name: 'max-before-a-fault',
    claim: 'Maximum availability is maximum protection as long as nothing goes wrong.',
    source: 'document 000, replicas for fault tolerance',
    parameters: { mode: 'max-availability', timeouts: false, givingUp: false },
    expect: { verdict: 'holds', distinct: 99_442, generated: 423_850, depth: 36 },
  },
  {
    name: 'max-after-a-fault',
    claim: 'Once synchronisation fails, it is maximum performance: an acknowledged write can be lost.',
    source: 'document 000, replicas for fault tolerance',
    parameters: { mode: 'max-availability' },
    properties: ['nothingLost'],
    expect: { verdict: 'violated', property: 'nothingLost', steps: 6 },
    trace: 'primary-backup-max-after-a-fault.json',
  },
  {
    name: 'max-stale-read',
    parameters: { mode: 'max-availability', crashes: 0 },
    properties: ['freshReads'],
    expect: { verdict: 'violated', property: 'freshReads', steps: 4 },
    trace: 'primary-backup-max-stale-read.json',
  },
  {
    name: 'max-recovers',
    parameters: { mode: 'max-availability', replicas: 2, crashes: 0 },
    properties: ['nothingLost'],
    expect: { verdict: 'holds', distinct: 993, generated: 3_607, depth: 17 },
  },
  // Each bug.
  {
    name: 'old-epoch',
    bugs: ['noEpoch'],
    expect: { verdict: 'violated', property: 'freshReads', steps: 13 },
    trace: 'primary-backup-old-epoch.json',
  },
  {
    name: 'late-copy',
    bugs: ['lateCopy'],
    expect: { verdict: 'violated', property: 'freshReads', steps: 8 },
    trace: 'primary-backup-late-copy.json',
  },
  {
    name: 'two-primaries',
    parameters: { crashes: 0 },
    bugs: ['hastyPromotion'],
    expect: { verdict: 'violated', property: 'freshReads', steps: 7 },
    trace: 'primary-backup-two-primaries.json',
  },
]
