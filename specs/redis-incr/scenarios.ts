/** Documented runs of ids by INCR, with their exact outcomes: what each way to keep the counter is worth, and when. */
import type { Scenario } from 'splitbrain'

const failover = { restarts: 0, failovers: 1 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'atomic',
    claim: 'INCR is atomic, so that no two clients get the same id.',
    source: 'document 002, INCR',
    parameters: { persistence: 'none', restarts: 0 },
    expect: { verdict: 'holds', distinct: 19, generated: 19, depth: 4 },
  },
  {
    name: 'get-then-set',
    claim: 'A GET and a SET in its place give one id to two clients.',
    parameters: { persistence: 'none', restarts: 0 },
    bugs: ['getThenSet'],
    expect: { verdict: 'violated', property: 'unique', steps: 4 },
    trace: 'redis-incr-get-then-set.json',
  },
  // Restarts.
  {
    name: 'rdb',
    claim: 'A snapshot is taken now and then: if Redis fails before the next, ids are repeated after the restart.',
    source: 'document 002, INCR, RDB',
    parameters: { persistence: 'rdb' },
    expect: { verdict: 'violated', property: 'unique', steps: 3 },
    trace: 'redis-incr-rdb.json',
  },
  {
    name: 'default',
    claim: 'AOF writes every command to disk: though Redis fails, no id is repeated.',
    source: 'document 002, INCR, AOF',
    finding: 'With appendfsync always. It is not the default: see aof-everysec.',
    expect: { verdict: 'holds', distinct: 57, generated: 93, depth: 6 },
  },
  {
    name: 'aof-everysec',
    claim: 'AOF writes every command to disk: though Redis fails, no id is repeated, as it is set up by default.',
    source: 'document 002, INCR, AOF; Redis, Persistence, appendfsync',
    refuted: true,
    finding: 'By default it does so once a second. The ids of that second are repeated.',
    parameters: { persistence: 'aof-everysec' },
    expect: { verdict: 'violated', property: 'unique', steps: 3 },
    trace: 'redis-incr-aof-everysec.json',
  },
  {
    name: 'more-clients',
    parameters: { clients: 3, restarts: 3 },
    expect: { verdict: 'holds', distinct: 1_084, generated: 1_894, depth: 9 },
  },
  // Failovers.
  {
    name: 'failover',
    claim: 'With a log on disk no id is repeated.',
    source: 'document 002, INCR, AOF',
    refuted: true,
    finding:
      'Not if a replica takes over that has not been sent the last ids: what is on the disk of the master is lost.',
    parameters: failover,
    expect: { verdict: 'violated', property: 'unique', steps: 3 },
    trace: 'redis-incr-failover.json',
  },
  {
    name: 'wait',
    claim: 'A client that uses an id only once the replica has it gets one that is not repeated after a failover.',
    source: 'Redis, Replication, WAIT',
    parameters: { ...failover, wait: true, failovers: 2 },
    expect: { verdict: 'holds', distinct: 4_353, generated: 6_989, depth: 19 },
  },
  {
    name: 'wait-in-vain',
    claim: 'WAIT makes ids safe.',
    refuted: true,
    finding: 'It only tells how many replicas have them. A client that does not look at the answer has gained nothing.',
    parameters: { ...failover, wait: true },
    bugs: ['waitInVain'],
    expect: { verdict: 'violated', property: 'unique', steps: 5 },
    trace: 'redis-incr-wait-in-vain.json',
  },
  {
    name: 'wiped',
    claim: 'With a replica that has every id, nothing need be on disk.',
    refuted: true,
    finding: 'A master that restarts empty sends its replica that; no failover is needed to repeat an id.',
    parameters: { persistence: 'none', wait: true, restarts: 1 },
    expect: { verdict: 'violated', property: 'unique', steps: 7 },
    trace: 'redis-incr-wiped.json',
  },
  {
    name: 'log-and-wait',
    claim: 'A log that is written before the answer, and a replica that is waited for, stand restarts and failovers.',
    parameters: { wait: true, restarts: 1, failovers: 1 },
    expect: { verdict: 'holds', distinct: 5_991, generated: 10_595, depth: 18 },
  },
]
