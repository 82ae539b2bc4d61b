/** `verify claims` as a person calls it, and the scenario that a person repeats. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkClaim, uncheckedClaim } from '../../src/check/check-claim.ts'
import { chooseClaims } from '../../src/cli/choose-claims.ts'
import { claims } from '../../src/cli/commands/claims.ts'
import type { Console } from '../../src/cli/console.ts'
import { answerOf, type Claim } from '../../src/report/claims.ts'
import { ClaimsJson } from '../../src/report/claims-json.ts'
import { paintIf } from '../../src/report/paint.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const verify = (...args: string[]) => runVerify(root, args)

describe('verify claims', () => {
  it('checks every claim of a source and prints it as it is found out', { tags: 'slow' }, async () => {
    const { code, stdout, stderr } = await runVerify(root, ['claims', 'raft', '--source', 'document 001'], {
      env: { COLUMNS: '80' },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    await expect(`${stdout}\n`).toMatchFileSnapshot('../golden/claims.txt')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('shows where it is on a terminal', { tags: 'slow' }, async () => {
    const shown: string[] = []
    const printed: string[] = []
    const statusLine = { width: 60, show: (text: string) => void shown.push(text), clear: () => void shown.push('') }
    const console: Console = {
      print: (text) => void printed.push(text),
      complain: () => {},
      width: 80,
      colour: false,
      paint: paintIf(false),
      statusLine,
    }
    expect(await claims(['raft', '--source', '§5.2'], console)).toBe(0)
    expect(shown[0]).toMatch(/^1\/8 raft \S+ · [\d,]+ distinct/)
    expect(shown.at(-1)).toBe('')
    expect(Math.max(...shown.map((text) => text.length))).toBeLessThanOrEqual(60)
    expect(printed.at(-1)).toBe('8 claims of 1 protocol: 8 confirmed. Each came out as documented.')
  })

  it('lists every claim of the corpus without a check', async () => {
    const all = await chooseClaims([], undefined)
    const { code, stdout } = await runHere(['claims', '--list', '--json'])
    expect(code).toBe(0)
    const listed = ClaimsJson.parse(JSON.parse(stdout)).claims
    expect(listed.map(({ scenario }) => scenario)).toEqual(all.map(({ scenario }) => scenario.name))
    expect(new Set(listed.map(({ answer }) => answer))).toEqual(new Set(['unchecked']))
  })

  it('prints Markdown', async () => {
    const { code, stdout } = await runHere(['claims', 'raft', '--source', '§5.4.2', '--markdown'])
    expect(code).toBe(0)
    expect(stdout.split('\n')).toEqual([
      '## Claims',
      '',
      '1 claim of 1 protocol: 1 confirmed. Each came out as documented.',
      '',
      '✓ confirmed · ✗ refuted · ! otherwise than documented · ? not known · · not checked',
      '',
      '### raft',
      '',
      'Leader election and log replication.',
      '',
      '|   | claim | source | answer | scenario |',
      '| - | ----- | ------ | ------ | -------- |',
      '| ✓ | An entry of an earlier term is not committed by counting its replicas. | Ongaro & Ousterhout 2014, §5.4.2 and Figure 8 | Confirmed: leaderCompleteness is violated after 22 steps (replayed; --slow searches for a shorter way). | [`figure-8`](counterexamples/raft-figure-8.json) |',
    ])
  })

  it.each([
    [
      ['claims', 'redis-lok'],
      /^verify: there is no protocol redis-lok among those that come with splitbrain; did you mean redis-lock\?\n/,
    ],
    [
      ['claims', 'raft', '--source', 'nobody'],
      /^verify: there is no claim of raft with "nobody" in its source; verify claims --list prints all of them$/,
    ],
    [['claims', '--list', '--slow'], /cannot be used with option/],
    [['claims', '--json', '--markdown'], /cannot be used with option/],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await runHere(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

describe('the source of a claim', () => {
  const sourcesWith = async (text: string) => {
    const claims = await chooseClaims(['paxos', 'raft'], text)
    return new Set(claims.map(({ scenario }) => scenario.source))
  }

  it('is found by whole words: 001 is a document, and no part of 2001', async () => {
    const found = [...(await sourcesWith('001'))]
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter((source) => !source!.includes('document 001'))).toEqual([])
    await expect(chooseClaims(['paxos'], '001')).rejects.toThrow('there is no claim of paxos with "001"')
  })

  it('may end amid a section, and in any case of letters', async () => {
    expect(await sourcesWith('lamport 2001, §2')).toContain('Lamport 2001, §2.4')
    expect(await sourcesWith('§5.4')).toContain('Ongaro & Ousterhout 2014, §5.4.1')
  })
})

describe('the check of a claim', () => {
  const options = { slow: false, budget: {}, signal: new AbortController().signal }

  async function claimNamed(protocol: string, name: string): Promise<Claim> {
    return (await chooseClaims([protocol], undefined)).find(({ scenario }) => scenario.name === name)!
  }

  async function checked(protocol: string, name: string, change: Partial<Claim['scenario']> = {}) {
    const claim = await claimNamed(protocol, name)
    return checkClaim({ ...claim, scenario: { ...claim.scenario, ...change } }, options)
  }

  it('names the row of the catalogue', async () => {
    expect(new Set((await chooseClaims(['two-phase-commit'], undefined)).map(({ row }) => row))).toEqual(
      new Set(['two-phase-commit']),
    )
  })

  it('searches, and replays the counterexample on file', async () => {
    const { found, evidence } = await checked('raft', 'small-quorum')
    expect(found).toEqual({ verdict: 'violated', property: 'electionSafety', steps: 6 })
    expect(evidence).toEqual({ file: expect.stringMatching(/raft-small-quorum\.json$/), outcome: 'reproduced' })
  })

  it('notices a count that is not as documented', async () => {
    const claim = await checked('raft', 'elections', {
      expect: { verdict: 'holds', distinct: 5_588, generated: 16_162, depth: 11 },
    })
    expect(claim.found).toEqual({ verdict: 'holds', distinct: 5_588, generated: 16_162, depth: 10 })
    expect(answerOf(claim)).toBe('otherwise')
  })

  it.each([
    ['raft-nowhere.json', 'there is no such file'],
    ['raft-no-log-check.json', 'it is a trace of something else than this scenario'],
    ['redis-lock-slow-work.json', 'it is a trace of something else than this scenario'],
  ])('notices that %s is no evidence', async (trace, problem) => {
    const claim = await checked('raft', 'small-quorum', { trace })
    expect(claim.evidence!.outcome).toEqual({ problem })
    expect(answerOf(claim)).toBe('otherwise')
  })

  it('leaves what takes long to --slow, unless the judge can answer', async () => {
    expect(answerOf(await checked('raft', 'default-bounds'))).toBe('unchecked')
    const figure8 = await checked('raft', 'figure-8')
    expect([figure8.found, answerOf(figure8)]).toEqual([undefined, 'confirmed'])
    expect(answerOf(await uncheckedClaim(await claimNamed('raft', 'figure-8')))).toBe('unchecked')
  })
})

describe('--scenario', () => {
  it('repeats a documented run, and says so', { tags: 'slow' }, async () => {
    const { code, stdout } = await verify('raft', '--scenario', 'forget-vote', '--quiet', '--no-save')
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: [
        'Violated: electionSafety after 7 steps. No shorter way exists.',
        'As documented, this confirms: A vote must survive a crash, or a term gets two leaders. (Ongaro &',
        'Ousterhout 2014, Figure 2 (persistent state))',
      ].join('\n'),
    })
  })

  it.each([
    [['forget-vot'], 'verify: raft has no scenario forget-vot; did you mean forget-vote?'],
    [['forget-vote', '--nodes', '5'], "verify: option '--scenario <name>' cannot be used with option '--nodes <n>'"],
    [['forget-vote', '--bug', 'x'], "verify: option '--scenario <name>' cannot be used with option '--bug <names>'"],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await runHere(['raft', '--scenario', ...args])
    expect({ code, message: stderr.split('\n')[0] }).toEqual({ code: 2, message })
  })
})
