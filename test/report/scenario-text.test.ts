import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/language/scenario.ts'
import { scenarioCommand, scenarioOutcome, violationCourse } from '../../src/report/scenario-text.ts'

describe('a scenario in words', () => {
  const scenario: Scenario = {
    name: 'two leaders',
    parameters: { maxTerm: 1, lock: 'setnx', eager: true, lazy: false },
    bugs: ['forgetVote', 'smallQuorum'],
    properties: ['electionSafety'],
    expect: { verdict: 'violated', property: 'electionSafety', steps: 9 },
  }

  it('is the command that repeats it', () => {
    expect(scenarioCommand(scenario, 'verify raft')).toBe(
      'verify raft --max-term 1 --lock setnx --eager --no-lazy --bug forget-vote,small-quorum --property election-safety',
    )
    expect(scenarioCommand({ name: 'default', expect: scenario.expect }, 'npx verify ./raft.ts')).toBe(
      'npx verify ./raft.ts',
    )
  })

  it('has its outcome', () => {
    expect(scenarioOutcome(scenario)).toBe('electionSafety is violated after 9 steps')
    const holds = { verdict: 'holds', distinct: 8_832, generated: 58_146, depth: 16 } as const
    expect(scenarioOutcome({ name: 'five', expect: holds })).toBe('holds; 8,832 distinct, 58,146 generated, depth 16')
  })

  it('tells how much of a lasso is its loop', () => {
    expect(violationCourse({ steps: 1 })).toBe('after 1 step')
    expect(violationCourse({ steps: 7, loop: 3 })).toBe(
      'by an execution that goes round for ever (4 steps, then 3 again and again)',
    )
    expect(violationCourse({ steps: 7, loop: 0 })).toBe('by an execution that stops for ever after 7 steps')
  })
})
