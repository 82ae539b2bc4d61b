/** Results of tests, for reporters to tell: one of each status. */
import type { TestResult } from '../../src/testing/test.ts'

const ofLock = { protocol: './lock.ts', file: './lock.scenarios.ts', kind: 'scenario', slow: false, cost: 40 } as const

export const passed: TestResult = {
  test: { ...ofLock, name: 'default' },
  status: 'passed',
  expected: 'every property holds: 40 distinct',
  found: 'every property holds: 40 distinct, 93 generated, depth 7',
  ms: 120,
  repeat: 'verify ./lock.ts --scenario default',
  expectation: { verdict: 'holds', distinct: 40 },
  outcome: { verdict: 'holds', distinct: 40, generated: 93, depth: 7 },
}

export const failed: TestResult = {
  test: { ...ofLock, name: 'forgetful' },
  status: 'failed',
  expected: 'every property holds',
  found: 'mutualExclusion is violated after 2 steps',
  ms: 80,
  repeat: 'verify ./lock.ts --scenario forgetful',
  expectation: { verdict: 'holds' },
  outcome: { verdict: 'violated', property: 'mutualExclusion', steps: 2 },
  violation: {
    page: { title: 'lock: mutualExclusion', description: '', data: { steps: 2 }, withoutScript: '' },
    property: 'mutualExclusion',
    claim: 'at most one client holds the lock',
    because: 'client1 and client2 <b>both</b> | hold the lock',
    text: '✗ mutualExclusion is violated after 2 steps',
    mermaid: 'sequenceDiagram\n  client1->>server1: Acquire\n',
    steps: [
      { group: 'client.acquire', told: 'client1 acquire' },
      { group: 'server.Acquire', told: 'server1 receives Acquire from client1' },
    ],
  },
}

export const unknown: TestResult = {
  test: { ...ofLock, name: 'large' },
  status: 'unknown',
  expected: 'every property holds',
  found: 'the search stopped after 1 s (--timeout)',
  ms: 1000,
  repeat: 'verify ./lock.ts --scenario large',
  expectation: { verdict: 'holds' },
}

export const broken: TestResult = {
  test: { ...ofLock, protocol: './ring.ts', file: './ring.scenarios.ts', name: './ring.scenarios.ts' },
  status: 'broken',
  expected: '',
  found: 'ring.scenarios.ts: it exports no scenarios\nexpected some',
  ms: 3,
  repeat: 'verify ./ring.ts --scenario ./ring.scenarios.ts',
}

export const leftOut: TestResult = {
  test: { ...ofLock, name: 'five', slow: true },
  status: 'left out',
  expected: '',
  found: 'it is slow (--slow runs it)',
  ms: 0,
  repeat: 'verify ./lock.ts --scenario five',
}

export const cached: TestResult = { ...passed, test: { ...ofLock, name: 'again' }, ms: 0, cached: true }

export const all: readonly TestResult[] = [leftOut, cached, passed, failed, unknown, broken]
