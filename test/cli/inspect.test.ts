/** `verify inspect` and what it can be asked: a step, a list, a file in another format. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'

const TRACE = 'counterexamples/raft-forget-vote.json'
const verify = (...args: string[]) => runHere(args)
const folder = newFolder()

describe('verify inspect', () => {
  it('shows one step, and the whole state after it', async () => {
    const { code, stdout } = await verify('inspect', TRACE, '--step', '3')
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'Step 3 of 7: n3 receives #4 RequestVote{lastIndex 0, lastTerm 0, term 1} from n2',
      '  n3.term 0 → 1',
      '  n3.votedFor null → n2',
      '  n3 ╌╌▷ n2  #5 Vote{term 1}',
      '',
      '  n1         commit 0, led {}, log [], matched {}, next {}, status candidate, term 1, told {},',
    ])
    expect(stdout).toContain('\n● n3         commit 0,')
  })

  it('has no step beyond the last', async () => {
    expect(await verify('inspect', TRACE, '--step', '8')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'verify: the trace has 7 steps, found --step 8; expected 0 to 7',
    })
  })

  it('lists what changed', async () => {
    const { stdout } = await verify('inspect', TRACE, '--diff')
    expect(stdout).toContain('\n  4  ✗ n3 crashes · crashes left: 0\n     n3.votedFor n2 → null\n')
    expect(stdout).not.toContain('│')
  })

  it('writes ITF that replays, and inspects like the trace it was', async () => {
    const file = join(folder, 'vote.itf.json')
    expect(await verify('inspect', TRACE, '--format', 'itf', '--out', file)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    const { code, stdout } = await verify('replay', file)
    expect([code, stdout.split('\n')[0]]).toEqual([1, `✗ ${file}: reproduced`])
    const [ours, theirs] = await Promise.all([verify('inspect', TRACE), verify('inspect', file)])
    expect(theirs.stdout).toBe(ours.stdout.replace(TRACE, file))
  })

  it('says where ITF is not what it needs', async () => {
    const file = join(folder, 'foreign.itf.json')
    writeFileSync(file, '{"#meta": {"format": "ITF"}, "vars": [], "states": [{}]}')
    const { code, stderr } = await verify('replay', file)
    expect([code, stderr.split(': ').slice(0, 3)]).toEqual([
      2,
      ['verify', `${file} is not a trace that can be replayed`, '#meta.splitbrain'],
    ])
  })

  it('writes a file whole or says why not', async () => {
    const file = join(folder, 'x.json', 'below-a-file.mmd')
    writeFileSync(join(folder, 'x.json'), '')
    const { code, stderr } = await verify('inspect', TRACE, '--format', 'mermaid', '--out', file)
    expect([code, stderr.startsWith(`verify: the trace cannot be saved as ${file}: `)]).toEqual([2, true])
    expect(stderr).toContain('; choose another file with --out')
    expect(readFileSync(join(folder, 'x.json'), 'utf8')).toBe('')
  })

  it.each([
    ['--walk', '--step', '2'],
    ['--format', 'dot', '--step', '2'],
    ['--format', 'svg'],
  ])('refuses %s %s', async (...args) => {
    expect((await verify('inspect', TRACE, ...args)).code).toBe(2)
  })
})

describe('verify diff', () => {
  it('is 0 for the same, 1 where two part', async () => {
    expect(await verify('diff', TRACE, TRACE)).toEqual({
      code: 0,
      stdout: [
        `A  ${TRACE}: electionSafety violated after 7 steps`,
        `B  ${TRACE}: electionSafety violated after 7 steps`,
        '',
        'They are the same: 7 steps, every state alike.',
      ].join('\n'),
      stderr: '',
    })
    const { code, stdout } = await verify('diff', TRACE, 'counterexamples/raft-no-log-check.json')
    expect([code, stdout.split('\n')[2]]).toEqual([1, '   bugs: A forgetVote, B noLogCheck'])
  })

  it('takes a trace to another version of its protocol', async () => {
    const spec = join(folder, 'raft', 'raft.ts')
    cpSync('specs/abstract', join(folder, 'abstract'), { recursive: true }) // which it refines
    mkdirSync(join(folder, 'raft'))
    writeFileSync(spec, readFileSync('specs/raft/raft.ts', 'utf8').replace('me.term += 1', 'me.term += 2'))
    const { code, stdout } = await runVerify('.', ['diff', TRACE, '--protocol', spec])
    expect([code, stdout.split('\n').slice(1, 5)]).toEqual([
      1,
      [
        `B  the same steps on ${spec}`,
        '',
        'They start in the same state and part at once.',
        'Then the same step does different things:',
      ],
    ])
  })

  it('needs something to compare with', async () => {
    expect((await verify('diff', TRACE)).stderr).toBe(
      `verify: there is nothing to compare ${TRACE} with; name a second trace, or another version of the protocol with --protocol FILE`,
    )
  })
})
