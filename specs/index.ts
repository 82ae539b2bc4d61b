/** The corpus: every protocol that comes with splitbrain, by the name `verify` is called with. Loaded when asked for. */
import type { Protocol, Scenario } from 'splitbrain'

/** What the documents tell of, in the order of `verify list`. */
export const SUBJECTS = [
  'replication',
  'locks',
  'election',
  'agreement',
  'transactions',
  'ids',
  'classics',
  'famous bugs',
] as const

export interface CorpusEntry {
  readonly subject: (typeof SUBJECTS)[number]
  readonly protocol: () => Promise<Protocol>
  /** The documented runs of the protocol, with their exact outcomes. */
  readonly scenarios: () => Promise<readonly Scenario[]>
  /** The row of the catalogue that it belongs to. Left out: the row is called as the protocol is. */
  readonly row?: string
}

export const corpus: Readonly<Record<string, CorpusEntry>> = {
  raft: {
    subject: 'election',
    protocol: async () => (await import('./raft/raft.ts')).default,
    scenarios: async () => (await import('./raft/scenarios.ts')).scenarios,
  },
  'raft-split-votes': {
    subject: 'election',
    protocol: async () => (await import('./raft/split-votes.ts')).default,
    scenarios: async () => (await import('./raft/scenarios.ts')).splitVoteScenarios,
  },
  'raft-reads': {
    subject: 'election',
    protocol: async () => (await import('./raft-reads/raft-reads.ts')).default,
    scenarios: async () => (await import('./raft-reads/scenarios.ts')).scenarios,
  },
  'raft-membership': {
    subject: 'election',
    protocol: async () => (await import('./raft-membership/raft-membership.ts')).default,
    scenarios: async () => (await import('./raft-membership/scenarios.ts')).scenarios,
  },
  'raft-elections': {
    subject: 'election',
    protocol: async () => (await import('./raft/elections.ts')).default,
    scenarios: async () => (await import('./raft/scenarios.ts')).electionScenarios,
    row: 'raft',
  },
  'one-leader-per-term': {
    subject: 'election',
    protocol: async () => (await import('./abstract/one-leader-per-term.ts')).default,
    scenarios: async () => (await import('./abstract/scenarios.ts')).oneLeaderPerTermScenarios,
    row: 'raft',
  },
  'two-phase-commit': {
    subject: 'transactions',
    protocol: async () => (await import('./two-phase-commit/two-phase-commit.ts')).default,
    scenarios: async () => (await import('./two-phase-commit/scenarios.ts')).scenarios,
  },
  'two-phase-commit-plain': {
    subject: 'transactions',
    protocol: async () => (await import('./two-phase-commit/plain.ts')).default,
    scenarios: async () => (await import('./two-phase-commit/scenarios.ts')).plainScenarios,
    row: 'two-phase-commit',
  },
  'transaction-commit': {
    subject: 'transactions',
    protocol: async () => (await import('./abstract/transaction-commit.ts')).default,
    scenarios: async () => (await import('./abstract/scenarios.ts')).transactionCommitScenarios,
    row: 'two-phase-commit',
  },
  'two-phase-commit-locks': {
    subject: 'transactions',
    protocol: async () => (await import('./two-phase-commit/locks.ts')).default,
    scenarios: async () => (await import('./two-phase-commit/scenarios.ts')).locksScenarios,
    row: 'two-phase-commit',
  },
  'three-phase-commit': {
    subject: 'transactions',
    protocol: async () => (await import('./three-phase-commit/three-phase-commit.ts')).default,
    scenarios: async () => (await import('./three-phase-commit/scenarios.ts')).scenarios,
  },
  'three-phase-commit-skeen': {
    subject: 'transactions',
    protocol: async () => (await import('./three-phase-commit/skeen.ts')).default,
    scenarios: async () => (await import('./three-phase-commit/scenarios.ts')).skeenScenarios,
    row: 'three-phase-commit',
  },
  tcc: {
    subject: 'transactions',
    protocol: async () => (await import('./tcc/tcc.ts')).default,
    scenarios: async () => (await import('./tcc/scenarios.ts')).scenarios,
  },
  saga: {
    subject: 'transactions',
    protocol: async () => (await import('./saga/saga.ts')).default,
    scenarios: async () => (await import('./saga/scenarios.ts')).scenarios,
  },
  paxos: {
    subject: 'agreement',
    protocol: async () => (await import('./paxos/paxos.ts')).default,
    scenarios: async () => (await import('./paxos/scenarios.ts')).scenarios,
  },
  'paxos-register': {
    subject: 'agreement',
    protocol: async () => (await import('./paxos/register.ts')).default,
    scenarios: async () => (await import('./paxos/scenarios.ts')).registerScenarios,
  },
  voting: {
    subject: 'agreement',
    protocol: async () => (await import('./abstract/voting.ts')).default,
    scenarios: async () => (await import('./abstract/scenarios.ts')).votingScenarios,
    row: 'paxos',
  },
  consensus: {
    subject: 'agreement',
    protocol: async () => (await import('./abstract/consensus.ts')).default,
    scenarios: async () => (await import('./abstract/scenarios.ts')).consensusScenarios,
    row: 'paxos',
  },
  pow: {
    subject: 'agreement',
    protocol: async () => (await import('./pow/pow.ts')).default,
    scenarios: async () => (await import('./pow/scenarios.ts')).scenarios,
  },
  pos: {
    subject: 'agreement',
    protocol: async () => (await import('./pos/pos.ts')).default,
    scenarios: async () => (await import('./pos/scenarios.ts')).scenarios,
  },
  dpos: {
    subject: 'agreement',
    protocol: async () => (await import('./dpos/dpos.ts')).default,
    scenarios: async () => (await import('./dpos/scenarios.ts')).scenarios,
  },
  'redis-lock': {
    subject: 'locks',
    protocol: async () => (await import('./redis-lock/redis-lock.ts')).default,
    scenarios: async () => (await import('./redis-lock/scenarios.ts')).scenarios,
  },
  'redis-lock-wait': {
    subject: 'locks',
    protocol: async () => (await import('./redis-lock/wait.ts')).default,
    scenarios: async () => (await import('./redis-lock/scenarios.ts')).waitScenarios,
    row: 'redis-lock',
  },
  'ticket-mutex': {
    subject: 'locks',
    protocol: async () => (await import('./abstract/ticket-mutex.ts')).default,
    scenarios: async () => (await import('./abstract/scenarios.ts')).ticketMutexScenarios,
    row: 'redis-lock',
  },
  'two-generals': {
    subject: 'agreement',
    protocol: async () => (await import('./two-generals/two-generals.ts')).default,
    scenarios: async () => (await import('./two-generals/scenarios.ts')).scenarios,
  },
  'primary-backup': {
    subject: 'replication',
    protocol: async () => (await import('./primary-backup/primary-backup.ts')).default,
    scenarios: async () => (await import('./primary-backup/scenarios.ts')).scenarios,
  },
  'cap-register': {
    subject: 'replication',
    protocol: async () => (await import('./cap-register/cap-register.ts')).default,
    scenarios: async () => (await import('./cap-register/scenarios.ts')).scenarios,
  },
  'eventual-store': {
    subject: 'replication',
    protocol: async () => (await import('./eventual-store/eventual-store.ts')).default,
    scenarios: async () => (await import('./eventual-store/scenarios.ts')).scenarios,
  },
  'eventual-store-links': {
    subject: 'replication',
    protocol: async () => (await import('./eventual-store/eventual-store.ts')).eventualStoreLinks,
    scenarios: async () => (await import('./eventual-store/scenarios.ts')).linksScenarios,
    row: 'eventual-store',
  },
  zab: {
    subject: 'replication',
    protocol: async () => (await import('./zab/zab.ts')).default,
    scenarios: async () => (await import('./zab/scenarios.ts')).scenarios,
  },
  snowflake: {
    subject: 'ids',
    protocol: async () => (await import('./snowflake/snowflake.ts')).default,
    scenarios: async () => (await import('./snowflake/scenarios.ts')).scenarios,
  },
  'db-sequence': {
    subject: 'ids',
    protocol: async () => (await import('./db-sequence/db-sequence.ts')).default,
    scenarios: async () => (await import('./db-sequence/scenarios.ts')).scenarios,
  },
  'redis-incr': {
    subject: 'ids',
    protocol: async () => (await import('./redis-incr/redis-incr.ts')).default,
    scenarios: async () => (await import('./redis-incr/scenarios.ts')).scenarios,
  },
  uuid: {
    subject: 'ids',
    protocol: async () => (await import('./uuid/uuid.ts')).default,
    scenarios: async () => (await import('./uuid/scenarios.ts')).scenarios,
  },
  'mq-transaction': {
    subject: 'transactions',
    protocol: async () => (await import('./mq-transaction/mq-transaction.ts')).default,
    scenarios: async () => (await import('./mq-transaction/scenarios.ts')).scenarios,
  },
  'mq-transaction-warehouse': {
    subject: 'transactions',
    protocol: async () => (await import('./mq-transaction/warehouse.ts')).default,
    scenarios: async () => (await import('./mq-transaction/scenarios.ts')).warehouseScenarios,
    row: 'mq-transaction',
  },
  outbox: {
    subject: 'transactions',
    protocol: async () => (await import('./outbox/outbox.ts')).default,
    scenarios: async () => (await import('./outbox/scenarios.ts')).scenarios,
  },
  'xa-heuristic': {
    subject: 'transactions',
    protocol: async () => (await import('./xa-heuristic/xa-heuristic.ts')).default,
    scenarios: async () => (await import('./xa-heuristic/scenarios.ts')).scenarios,
  },
  'order-stock': {
    subject: 'transactions',
    protocol: async () => (await import('./order-stock/order-stock.ts')).default,
    scenarios: async () => (await import('./order-stock/scenarios.ts')).scenarios,
  },
  'bank-transfer': {
    subject: 'transactions',
    protocol: async () => (await import('./bank-transfer/bank-transfer.ts')).default,
    scenarios: async () => (await import('./bank-transfer/scenarios.ts')).scenarios,
  },
  'saga-choreographed': {
    subject: 'transactions',
    protocol: async () => (await import('./saga/choreographed.ts')).default,
    scenarios: async () => (await import('./saga/scenarios.ts')).choreographedScenarios,
    row: 'saga',
  },
  'saga-workflow': {
    subject: 'transactions',
    protocol: async () => (await import('./saga/workflow.ts')).default,
    scenarios: async () => (await import('./saga/scenarios.ts')).workflowScenarios,
    row: 'saga',
  },
  'mysql-binlog': {
    subject: 'transactions',
    protocol: async () => (await import('./mysql-binlog/mysql-binlog.ts')).default,
    scenarios: async () => (await import('./mysql-binlog/scenarios.ts')).scenarios,
  },
  percolator: {
    subject: 'transactions',
    protocol: async () => (await import('./percolator/percolator.ts')).default,
    scenarios: async () => (await import('./percolator/scenarios.ts')).scenarios,
  },
  'db-lock': {
    subject: 'locks',
    protocol: async () => (await import('./db-lock/db-lock.ts')).default,
    scenarios: async () => (await import('./db-lock/scenarios.ts')).scenarios,
  },
  redlock: {
    subject: 'locks',
    protocol: async () => (await import('./redlock/redlock.ts')).default,
    scenarios: async () => (await import('./redlock/scenarios.ts')).scenarios,
  },
  'central-mutex': {
    subject: 'locks',
    protocol: async () => (await import('./central-mutex/central-mutex.ts')).default,
    scenarios: async () => (await import('./central-mutex/scenarios.ts')).scenarios,
  },
  'ricart-agrawala': {
    subject: 'locks',
    protocol: async () => (await import('./ricart-agrawala/ricart-agrawala.ts')).default,
    scenarios: async () => (await import('./ricart-agrawala/scenarios.ts')).scenarios,
  },
  'token-ring': {
    subject: 'locks',
    protocol: async () => (await import('./token-ring/token-ring.ts')).default,
    scenarios: async () => (await import('./token-ring/scenarios.ts')).scenarios,
  },
  'hierarchical-token-ring': {
    subject: 'locks',
    protocol: async () => (await import('./hierarchical-token-ring/hierarchical-token-ring.ts')).default,
    scenarios: async () => (await import('./hierarchical-token-ring/scenarios.ts')).scenarios,
  },
  bully: {
    subject: 'election',
    protocol: async () => (await import('./bully/bully.ts')).default,
    scenarios: async () => (await import('./bully/scenarios.ts')).scenarios,
  },
  'watch-lock': {
    subject: 'locks',
    protocol: async () => (await import('./watch-lock/watch-lock.ts')).default,
    scenarios: async () => (await import('./watch-lock/scenarios.ts')).scenarios,
  },
  'zookeeper-lock': {
    subject: 'locks',
    protocol: async () => (await import('./zookeeper-lock/zookeeper-lock.ts')).default,
    scenarios: async () => (await import('./zookeeper-lock/scenarios.ts')).scenarios,
  },
  'lease-file': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/lease-file.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/lease-file.ts')).scenarios,
  },
  'dns-plans': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/dns-plans.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/dns-plans.ts')).scenarios,
  },
  'single-copy-register': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/single-copy-register.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/single-copy-register.ts')).scenarios,
  },
  'abd-register': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/abd-register.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/abd-register.ts')).scenarios,
  },
  'kafka-truncation': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/kafka-truncation.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/kafka-truncation.ts')).scenarios,
  },
  'cache-aside': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/cache-aside.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/cache-aside.ts')).scenarios,
  },
  'consumer-offsets': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/consumer-offsets.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/consumer-offsets.ts')).scenarios,
  },
  chord: {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/chord.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/chord.ts')).scenarios,
  },
  'etcd-conf-change': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/etcd-conf-change.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/etcd-conf-change.ts')).scenarios,
  },
  'redis-sentinel': {
    subject: 'famous bugs',
    protocol: async () => (await import('./famous/redis-sentinel.ts')).default,
    scenarios: async () => (await import('./famous/scenarios/redis-sentinel.ts')).scenarios,
  },
  'check-quorum': {
    subject: 'election',
    protocol: async () => (await import('./check-quorum/check-quorum.ts')).default,
    scenarios: async () => (await import('./check-quorum/scenarios.ts')).scenarios,
  },
  'check-quorum-links': {
    subject: 'election',
    protocol: async () => (await import('./check-quorum/check-quorum.ts')).checkQuorumLinks,
    scenarios: async () => (await import('./check-quorum/scenarios.ts')).linksScenarios,
    row: 'check-quorum',
  },
  'pre-vote': {
    subject: 'election',
    protocol: async () => (await import('./check-quorum/pre-vote.ts')).default,
    scenarios: async () => (await import('./check-quorum/scenarios.ts')).preVoteScenarios,
    row: 'check-quorum',
  },
  'sliding-window': {
    subject: 'classics',
    protocol: async () => (await import('./sliding-window/sliding-window.ts')).default,
    scenarios: async () => (await import('./sliding-window/scenarios.ts')).scenarios,
  },
  bakery: {
    subject: 'classics',
    protocol: async () => (await import('./bakery/bakery.ts')).default,
    scenarios: async () => (await import('./bakery/scenarios.ts')).scenarios,
  },
  peterson: {
    subject: 'classics',
    protocol: async () => (await import('./peterson/peterson.ts')).default,
    scenarios: async () => (await import('./peterson/scenarios.ts')).scenarios,
  },
}
