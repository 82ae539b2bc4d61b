/** Documented runs of a consumer and its offset, with their exact outcomes: what each order of the two loses or repeats. */
import type { Scenario } from 'splitbrain'

const KAFKA = 'Apache Kafka documentation, Message Delivery Semantics'
const crashOnly = { pauses: 0 }
const pauseOnly = { crashes: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'If the effect and the offset are stored in one transaction, every record is done exactly once.',
    source: KAFKA,
    finding: 'If the transaction refuses an offset of an older generation as well: see together-zombie.',
    expect: { verdict: 'holds', distinct: 570, generated: 1_283, depth: 12 },
  },
  {
    name: 'more-of-each',
    parameters: { consumers: 3, crashes: 2 },
    expect: { verdict: 'holds', distinct: 7_644, generated: 24_934, depth: 15 },
  },
  // At most once.
  {
    name: 'before-lost',
    claim: 'If the offset is committed before the record is processed, a crash in between loses the record.',
    source: KAFKA,
    parameters: { ...crashOnly, commit: 'before' },
    properties: ['canBeProcessed'],
    expect: { verdict: 'violated', property: 'canBeProcessed', steps: 4 },
    trace: 'consumer-offsets-before-lost.json',
  },
  {
    name: 'before-at-most-once',
    claim: 'But no record is processed twice.',
    source: KAFKA,
    parameters: { commit: 'before' },
    properties: ['atMostOnce', 'offsetNeverBack'],
    expect: { verdict: 'holds', distinct: 1_040, generated: 2_265, depth: 14 },
  },
  {
    name: 'before-unfenced',
    claim: 'Not even that, if the offset of a consumer that has lost its partition is taken.',
    parameters: { commit: 'before', fencing: false },
    properties: ['atMostOnce'],
    expect: { verdict: 'violated', property: 'atMostOnce', steps: 10 },
    trace: 'consumer-offsets-before-unfenced.json',
  },
  // At least once.
  {
    name: 'after-repeated',
    claim: 'If the offset is committed after the record is processed, a crash in between has it processed again.',
    source: KAFKA,
    parameters: { ...crashOnly, commit: 'after' },
    properties: ['atMostOnce'],
    expect: { verdict: 'violated', property: 'atMostOnce', steps: 7 },
    trace: 'consumer-offsets-after-repeated.json',
  },
  {
    name: 'after-repeated-without-a-crash',
    claim:
      'Commits of a consumer that has lost its partition are refused, so that without a crash nothing is done twice.',
    refuted: true,
    finding:
      'The commit is refused, the effect before it is not: whoever stands still too long repeats what the next one did.',
    parameters: { ...pauseOnly, commit: 'after' },
    properties: ['atMostOnce'],
    expect: { verdict: 'violated', property: 'atMostOnce', steps: 7 },
    trace: 'consumer-offsets-after-repeated-without-a-crash.json',
  },
  {
    name: 'after-at-least-once',
    claim: 'But every record is processed.',
    source: KAFKA,
    parameters: { commit: 'after' },
    properties: ['canBeProcessed', 'processedInTheEnd', 'endsProcessed'],
    expect: { verdict: 'holds', distinct: 1_416, generated: 3_035, depth: 17 },
  },
  {
    name: 'after-idempotent',
    claim: 'With an idempotent receiver, at least once is exactly once in effect.',
    source: 'Richardson, microservices.io, Idempotent consumer',
    parameters: { commit: 'after', idempotent: true },
    expect: { verdict: 'holds', distinct: 1_094, generated: 2_485, depth: 15 },
  },
  {
    name: 'after-idempotent-unfenced',
    parameters: { commit: 'after', idempotent: true, fencing: false },
    expect: { verdict: 'holds', distinct: 1_242, generated: 2_753, depth: 18 },
  },
  // By a timer.
  {
    name: 'auto-lost',
    claim: 'Commits by a timer lose what was handed out and not processed yet.',
    parameters: { ...crashOnly, commit: 'auto' },
    properties: ['processedInTheEnd'],
    expect: { verdict: 'violated', property: 'processedInTheEnd', steps: 8, loop: 0 },
    trace: 'consumer-offsets-auto-lost.json',
  },
  {
    name: 'auto-repeated',
    claim: 'And they repeat what was processed since the last one.',
    parameters: { ...crashOnly, commit: 'auto' },
    properties: ['atMostOnce'],
    expect: { verdict: 'violated', property: 'atMostOnce', steps: 7 },
    trace: 'consumer-offsets-auto-repeated.json',
  },
  {
    name: 'auto-idempotent',
    claim: 'An idempotent receiver makes any commit exactly once.',
    refuted: true,
    finding: 'It does not repeat, but what the timer has passed over is never done.',
    parameters: { ...crashOnly, commit: 'auto', idempotent: true },
    properties: ['endsProcessed'],
    expect: { verdict: 'violated', property: 'endsProcessed', steps: 8 },
    trace: 'consumer-offsets-auto-idempotent.json',
  },
  // Together.
  {
    name: 'together-crash',
    claim: 'As long as nobody is taken for dead who is not, effect and offset in one transaction need no fencing.',
    parameters: { ...crashOnly, fencing: false },
    expect: { verdict: 'holds', distinct: 66, generated: 109, depth: 8 },
  },
  {
    name: 'together-zombie',
    claim: 'It is enough that the effect and the offset are one transaction.',
    refuted: true,
    finding:
      'A consumer that stood still and has lost its partition goes on: it repeats an effect, and sets the offset back. The transaction must look at the generation of the group.',
    parameters: { ...pauseOnly, fencing: false },
    properties: ['atMostOnce'],
    expect: { verdict: 'violated', property: 'atMostOnce', steps: 8 },
    trace: 'consumer-offsets-together-zombie.json',
  },
]
