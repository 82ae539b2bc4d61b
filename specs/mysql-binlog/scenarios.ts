/** Documented runs of MySQL's own commit, with their exact outcomes: the two-phase commit inside of it, and each way around it. */
import type { Scenario } from 'splitbrain'

const QUESTION = "document 003, a reader's question"
const MANUAL = 'MySQL 8.0 Reference Manual, The Binary Log'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: "MySQL's commit between binlog and redo log is a two-phase commit.",
    source: QUESTION,
    finding:
      'The server coordinates: the flush of the binlog is its decision, the engine is its participant, and recovery asks the binlog. Nobody waits for an absent coordinator, since both come back together.',
    expect: { verdict: 'holds', distinct: 683, generated: 1_886, depth: 14 },
  },
  {
    name: 'three-clients',
    parameters: { clients: 3 },
    expect: { verdict: 'holds', distinct: 10_967, generated: 37_916, depth: 20 },
  },
  {
    name: 'commit-unflushed',
    claim: "The engine's own commit need not be flushed: recovery repeats it, by the binlog.",
    properties: ['noLoss', 'noPhantom', 'sameInBoth', 'sameOrder'],
    expect: { verdict: 'holds', distinct: 683, generated: 1_886, depth: 14 },
  },
  {
    name: 'all-flushed',
    parameters: { redo: 'always' },
    expect: { verdict: 'holds', distinct: 391, generated: 900, depth: 14 },
  },
  // One log after the other.
  {
    name: 'redo-first',
    claim: 'If the engine commits before the binlog is written, a crash leaves a transaction that no replica gets.',
    source: QUESTION,
    parameters: { clients: 1, order: 'redo-first', redo: 'always' },
    properties: ['sameInBoth'],
    expect: { verdict: 'violated', property: 'sameInBoth', steps: 3 },
    trace: 'mysql-binlog-redo-first.json',
  },
  {
    name: 'binlog-first',
    claim:
      'If the binlog is written before the engine knows of it, a crash leaves a transaction that only the replica has.',
    source: QUESTION,
    parameters: { clients: 1, order: 'binlog-first', redo: 'always' },
    properties: ['noPhantom'],
    expect: { verdict: 'violated', property: 'noPhantom', steps: 4 },
    trace: 'mysql-binlog-binlog-first.json',
  },
  // Recovery.
  {
    name: 'prepared-is-committed',
    claim: 'Recovery must not commit what is prepared and not in the binlog: no replica has it.',
    source: `${QUESTION}; MariaDB MDEV-181`,
    parameters: { clients: 1 },
    bugs: ['commitPrepared'],
    properties: ['sameInBoth'],
    expect: { verdict: 'violated', property: 'sameInBoth', steps: 3 },
    trace: 'mysql-binlog-prepared-is-committed.json',
  },
  {
    name: 'prepared-is-rolled-back',
    claim: 'Recovery must not roll back what is prepared and in the binlog: a replica may have it.',
    source: `${QUESTION}; MariaDB MDEV-181`,
    parameters: { clients: 1 },
    bugs: ['rollBackPrepared'],
    properties: ['noPhantom'],
    expect: { verdict: 'violated', property: 'noPhantom', steps: 5 },
    trace: 'mysql-binlog-prepared-is-rolled-back.json',
  },
  {
    name: 'told-and-rolled-back',
    parameters: { clients: 1 },
    bugs: ['rollBackPrepared'],
    properties: ['noLoss'],
    expect: { verdict: 'violated', property: 'noLoss', steps: 6 },
    trace: 'mysql-binlog-told-and-rolled-back.json',
  },
  // Flushing.
  {
    name: 'binlog-unsynced',
    claim: 'If the binlog is not synced at each commit, a crash loses a transaction that its client was told of.',
    source: `${MANUAL}, sync_binlog`,
    parameters: { clients: 1, syncBinlog: false },
    properties: ['noLoss'],
    expect: { verdict: 'violated', property: 'noLoss', steps: 6 },
    trace: 'mysql-binlog-binlog-unsynced.json',
  },
  {
    name: 'replica-ahead',
    claim: 'A replica may then have what its server has lost.',
    source: `${MANUAL}, sync_binlog`,
    parameters: { clients: 1, syncBinlog: false },
    properties: ['noPhantom'],
    expect: { verdict: 'violated', property: 'noPhantom', steps: 5 },
    trace: 'mysql-binlog-replica-ahead.json',
  },
  {
    name: 'redo-unflushed',
    claim:
      'A transaction must be prepared on disk before it is in the binlog, or a crash leaves it to the replica alone.',
    source: 'MySQL 8.0 Reference Manual, innodb_flush_log_at_trx_commit',
    parameters: { clients: 1, redo: 'never' },
    properties: ['noPhantom'],
    expect: { verdict: 'violated', property: 'noPhantom', steps: 5 },
    trace: 'mysql-binlog-redo-unflushed.json',
  },
  {
    name: 'told-early',
    claim: 'A client is told once the decision is in the binlog, not when its transaction is prepared.',
    parameters: { clients: 1 },
    bugs: ['tellEarly'],
    properties: ['noLoss'],
    expect: { verdict: 'violated', property: 'noLoss', steps: 3 },
    trace: 'mysql-binlog-told-early.json',
  },
  {
    name: 'any-order',
    claim: 'Transactions commit in the order of the binlog, or engine and replica disagree about it.',
    source: 'MySQL 8.0 Reference Manual, binlog_order_commits',
    bugs: ['anyOrder'],
    properties: ['sameOrder'],
    expect: { verdict: 'violated', property: 'sameOrder', steps: 8 },
    trace: 'mysql-binlog-any-order.json',
  },
]
