/** Documented runs of a register with a copy at each server, with their exact outcomes: Stateright's counts, and two servers. */
import type { Scenario } from 'splitbrain'

const STATERIGHT = 'Stateright 0.31, examples/single-copy-register.rs'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'One server that keeps the register is linearizable: 93 distinct states of 121 generated.',
    source: STATERIGHT,
    expect: { verdict: 'holds', distinct: 93, generated: 121, depth: 8 },
  },
  {
    name: 'three-clients',
    parameters: { clients: 3 },
    expect: { verdict: 'holds', distinct: 4_243, generated: 6_778, depth: 12 },
  },
  {
    name: 'two-servers',
    claim: 'Two servers, each with a copy of its own, are not.',
    source: STATERIGHT,
    parameters: { servers: 2 },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 4 },
    trace: 'single-copy-register-two-servers.json',
  },
  {
    name: 'own-write-forgotten',
    claim: 'Not even its own write is what a client reads.',
    parameters: { servers: 2, clients: 1 },
    properties: ['readYourWrites'],
    expect: { verdict: 'violated', property: 'readYourWrites', steps: 4 },
    trace: 'single-copy-register-own-write-forgotten.json',
  },
]
