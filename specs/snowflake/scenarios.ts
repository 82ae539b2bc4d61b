/** Documented runs of Snowflake, with their exact outcomes: what each kind of memory is worth, and each bug caught. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, setBacks: 0 }

export const scenarios: readonly Scenario[] = [
  // What is remembered.
  {
    name: 'steady-clocks',
    claim: 'Time, machine number and sequence make ids unique.',
    source: 'document 002, Snowflake',
    parameters: { ...faultless, memory: 'sequence' },
    expect: { verdict: 'holds', distinct: 1_024, generated: 2_561, depth: 24 },
  },
  {
    name: 'clock-set-back',
    claim: 'When a clock is set back, ids may be repeated.',
    source: 'document 002, Snowflake',
    parameters: { crashes: 0, memory: 'sequence' },
    properties: ['unique'],
    expect: { verdict: 'violated', property: 'unique', steps: 11 },
    trace: 'snowflake-clock-set-back.json',
  },
  {
    name: 'last-time-remembered',
    claim:
      'A worker that remembers the last time, and compares before each id, repeats none though its clock is set back.',
    source: 'document 002, Snowflake',
    parameters: { crashes: 0, memory: 'volatile' },
    expect: { verdict: 'holds', distinct: 2_940, generated: 9_881, depth: 26 },
  },
  {
    name: 'restart-that-forgets',
    claim: 'Remembering the time of the last id, and comparing before each, avoids repeated ids.',
    source: 'document 002, Snowflake',
    refuted: true,
    finding: 'A restart forgets that time. It has to be on disk before the id is handed out.',
    parameters: { setBacks: 0, memory: 'volatile' },
    properties: ['unique'],
    expect: { verdict: 'violated', property: 'unique', steps: 7 },
    trace: 'snowflake-restart-that-forgets.json',
  },
  {
    name: 'time-on-disk',
    expect: { verdict: 'holds', distinct: 18_396, generated: 65_909, depth: 27 },
  },
  {
    name: 'time-on-disk-wait',
    parameters: { behind: 'wait' },
    expect: { verdict: 'holds', distinct: 17_040, generated: 62_537, depth: 27 },
  },
  {
    name: 'refused',
    claim: 'A worker whose clock is behind refuses the call.',
    source: 'IdWorker, InvalidSystemClock',
    parameters: { crashes: 0 },
    properties: ['nobodyRefused'],
    expect: { verdict: 'violated', property: 'nobodyRefused', steps: 10 },
    trace: 'snowflake-refused.json',
  },
  {
    name: 'time-on-disk-borrow',
    parameters: { behind: 'borrow' },
    expect: { verdict: 'holds', distinct: 19_251, generated: 73_385, depth: 27 },
  },
  {
    name: 'more-of-everything',
    parameters: { calls: 4, crashes: 2, setBacks: 2 },
    expect: { verdict: 'holds', distinct: 668_412, generated: 3_100_795, depth: 38 },
  },
  // Each bug.
  {
    name: 'sequence-overflow',
    claim: '4096 ids fit into a millisecond; the next has to wait for the next one.',
    source: 'document 002, Snowflake; IdWorker, tilNextMillis',
    parameters: { crashes: 0 },
    bugs: ['noOverflowWait'],
    expect: { verdict: 'violated', property: 'unique', steps: 9 },
    trace: 'snowflake-sequence-overflow.json',
  },
  {
    name: 'sequence-spills',
    parameters: { crashes: 0 },
    bugs: ['noMask'],
    expect: { verdict: 'violated', property: 'unique', steps: 12 },
    trace: 'snowflake-sequence-spills.json',
  },
  {
    name: 'shared-number',
    claim: 'Each machine has a number of its own, or two make the same ids.',
    source: 'document 002, Snowflake',
    parameters: faultless,
    bugs: ['sharedNumber'],
    expect: { verdict: 'violated', property: 'unique', steps: 6 },
    trace: 'snowflake-shared-number.json',
  },
  {
    name: 'saved-too-late',
    parameters: { setBacks: 0 },
    bugs: ['lateSave'],
    expect: { verdict: 'violated', property: 'unique', steps: 7 },
    trace: 'snowflake-saved-too-late.json',
  },
  {
    name: 'resumed-tick',
    parameters: { setBacks: 0 },
    bugs: ['resumeTick'],
    expect: { verdict: 'violated', property: 'unique', steps: 7 },
    trace: 'snowflake-resumed-tick.json',
  },
]
