/** Documented runs of the lock in ZooKeeper, and exact outcomes: who is notified, and what an expired session does. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: 'The client whose node is the lowest holds the lock; those who wait get it one after another.',
    source: 'document 004 §1; ZooKeeper, Recipes: Locks',
    expect: { verdict: 'holds', distinct: 33_705, generated: 102_043, depth: 20 },
  },
  {
    name: 'session-expires',
    claim: 'When the session of a holder expires its node is deleted, and others can get the lock.',
    source: 'document 004 §1, session expiry',
    parameters: { turns: 1, crashes: 2 },
    properties: ['everyTurnTaken', 'everyWaiterServed', 'canHold'],
    expect: { verdict: 'holds', distinct: 3_671, generated: 12_028, depth: 12 },
  },
  {
    name: 'one-notified',
    claim: 'Only the client behind the node that is deleted is notified.',
    source: 'document 004 §1, the herd effect; ZooKeeper, Recipes: Locks',
    properties: ['oneNotified'],
    expect: { verdict: 'holds', distinct: 33_705, generated: 102_043, depth: 20 },
  },
  // The herd.
  {
    name: 'herd',
    claim: 'If all watch all nodes, each change of any node notifies everybody.',
    source: 'document 004 §1, the herd effect; document 002',
    parameters: { watch: 'all' },
    expect: { verdict: 'violated', property: 'oneNotified', steps: 7 },
    trace: 'zookeeper-lock-herd.json',
  },
  {
    name: 'herd-is-safe',
    claim: 'The herd costs messages, not correctness.',
    parameters: { watch: 'all', turns: 1 },
    properties: ['mutualExclusion', 'lowestHolds', 'creationOrder', 'everyTurnTaken', 'everyWaiterServed'],
    expect: { verdict: 'holds', distinct: 1_748, generated: 4_702, depth: 10 },
  },
  // Pauses.
  {
    name: 'paused-holder',
    claim: 'At any time the lock is held by one client only.',
    source: 'document 002, what a distributed lock must do',
    refuted: true,
    finding: 'The session of a holder that stands still expires, and two believe that they hold the lock.',
    parameters: { clients: 2, pauses: 1 },
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 7 },
    trace: 'zookeeper-lock-paused-holder.json',
  },
  {
    name: 'paused-writer',
    claim: 'A holder that was paused writes after its successor, unless the resource looks at numbers.',
    source: 'Kleppmann 2016',
    parameters: { clients: 2, turns: 1, crashes: 0, pauses: 1, fencing: false },
    properties: ['noStaleWrite'],
    expect: { verdict: 'violated', property: 'noStaleWrite', steps: 9 },
    trace: 'zookeeper-lock-paused-writer.json',
  },
  {
    name: 'fenced',
    claim: 'With the number of its node for a fencing token the resource is safe from a paused holder.',
    source: 'Kleppmann 2016',
    parameters: { pauses: 1, turns: 1 },
    properties: ['noStaleWrite', 'lowestHolds', 'creationOrder', 'oneNotified', 'everyTurnTaken', 'everyWaiterServed'],
    expect: { verdict: 'holds', distinct: 20_626, generated: 73_558, depth: 14 },
  },
  // Seeded bugs.
  {
    name: 'check-then-watch',
    claim: 'If looking and watching are two commands, a wake-up is lost, and a client waits for ever.',
    parameters: { crashes: 0 },
    bugs: ['checkThenWatch'],
    properties: ['everyTurnTaken'],
    expect: { verdict: 'violated', property: 'everyTurnTaken', steps: 14 },
    trace: 'zookeeper-lock-check-then-watch.json',
  },
  {
    name: 'lasting',
    claim: 'A node that outlives its session keeps the lock from all others for ever.',
    source: 'document 004 §1, session expiry',
    bugs: ['lasting'],
    properties: ['canHold'],
    expect: { verdict: 'violated', property: 'canHold', steps: 3 },
    trace: 'zookeeper-lock-lasting.json',
  },
  {
    name: 'not-lowest',
    claim: 'A client that is notified must list the nodes again: its predecessor may have failed in the queue.',
    source: 'document 004 §1; ZooKeeper, Recipes: Locks',
    bugs: ['notLowest'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 9 },
    trace: 'zookeeper-lock-not-lowest.json',
  },
]
