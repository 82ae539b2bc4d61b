/** Documented runs of a register kept by majorities, with their exact outcomes: Stateright's counts, and what each round is for. */
import type { Scenario } from 'splitbrain'

const STATERIGHT = 'Stateright 0.31, examples/linearizable-register.rs'
const ABD = 'Attiya, Bar-Noy & Dolev 1995'

export const scenarios: readonly Scenario[] = [
  {
    name: 'stateright',
    claim: 'One client, three servers: 1,449 distinct states of 3,728 generated, all linearizable.',
    source: STATERIGHT,
    parameters: { readers: 0, crashes: 0 },
    expect: { verdict: 'holds', distinct: 1_449, generated: 3_728, depth: 16 },
  },
  {
    name: 'stateright-two-servers',
    claim: 'Two clients, two servers: 544 distinct states, all linearizable.',
    source: STATERIGHT,
    parameters: { servers: 2, clients: 2, readers: 0, crashes: 0 },
    expect: { verdict: 'holds', distinct: 544, generated: 875, depth: 24 },
  },
  {
    name: 'default',
    claim: 'A majority is enough: what is written is read, and answered, though one server of three is dead.',
    source: ABD,
    expect: { verdict: 'holds', distinct: 6_274, generated: 16_883, depth: 17 },
  },
  {
    name: 'readers',
    claim: 'Every read stores what it returns, and no later one returns an older value.',
    source: ABD,
    parameters: { servers: 2, readers: 1, crashes: 0 },
    expect: { verdict: 'holds', distinct: 378, generated: 612, depth: 24 },
  },
  // Without the second round of a read.
  {
    name: 'no-write-back',
    claim: 'A read must store what it returns, or the next one may return an older value.',
    source: ABD,
    parameters: { readers: 1, crashes: 0 },
    bugs: ['noWriteBack'],
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 11 },
    trace: 'abd-register-no-write-back.json',
  },
  {
    name: 'one-writer-who-reads',
    claim: 'Where the only client that reads is the one that writes, the second round is not needed.',
    bugs: ['noWriteBack'],
    expect: { verdict: 'holds', distinct: 1_616, generated: 3_782, depth: 14 },
  },
]
