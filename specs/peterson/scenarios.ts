/** Documented runs of Peterson's lock. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim:
      'Two processes exclude each other, neither waits for ever, and while it waits the other is inside once at most.',
    source: 'Peterson 1981; 42 states, as TLC finds them',
    expect: { verdict: 'holds', distinct: 42, generated: 77, depth: 10 },
  },
  {
    name: 'turn-first',
    claim: 'The flag must be raised before the turn is given away.',
    source: 'Peterson 1981',
    bugs: ['turnFirst'],
    expect: { verdict: 'violated', property: 'exclusion', steps: 8 },
    trace: 'peterson-turn-first.json',
  },
  {
    name: 'no-turn',
    claim: 'With flags alone the two wait for each other for ever.',
    source: 'Peterson 1981',
    bugs: ['noTurn'],
    properties: ['getsIn'],
    expect: { verdict: 'violated', property: 'getsIn', steps: 6, loop: 0 },
    trace: 'peterson-no-turn.json',
  },
  {
    name: 'overtaken',
    claim: 'Whoever waits goes before the other.',
    refuted: true,
    finding: 'The other may have been waiting already, and is inside before it; but only once.',
    properties: ['neverOvertaken'],
    expect: { verdict: 'violated', property: 'neverOvertaken', steps: 12, loop: 0 },
    trace: 'peterson-overtaken.json',
  },
]
