/** `verify claims` that does not come to its end, and a scenario searched in another way. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runVerify } from '../../cli/run-verify.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const verify = (...args: string[]) => runVerify(root, args)

it('says which budget ran out, and exits with 3', async () => {
  const { code, stdout } = await verify('claims', 'raft', '--source', '§5.4.1 and Figure', '--max-states', '100')
  expect(code).toBe(3)
  expect(stdout.split('\n')).toEqual([
    'raft: leader election and log replication',
    '',
    '  ? Whatever two terms have left in the logs, the next leader has what was committed, and the others',
    '    follow it.',
    '    Ongaro & Ousterhout 2014, §5.3, §5.4.1 and Figure 7',
    '    Not known: the search stopped at 101 distinct states (--max-states).',
    '    Documented as confirmed: every property holds: 4,405 distinct, 9,876 generated, depth 25.',
    '    verify raft --scenario parted-logs',
    '',
    '  ? Fewer than half of the servers are not enough to commit an entry: the next leader may lack it.',
    '    Ongaro & Ousterhout 2014, §5.4.1 and Figure 3 (Leader Completeness)',
    '    Not known: the search stopped at 101 distinct states (--max-states).',
    '    Documented as confirmed: leaderCompleteness is violated after 7 steps.',
    '    verify raft --scenario one-of-three-commits',
    '    counterexamples/raft-one-of-three-commits.json',
    '',
    '2 claims of 1 protocol: 2 not known.',
  ])
})

it('ends at Ctrl-C; what is left is told as it is documented', async () => {
  const { code, stdout } = await runVerify(root, ['claims', 'two-phase-commit', 'raft'], {
    interruptAfter: '--scenario elections',
  })
  expect(code).toBe(3)
  expect(stdout.split('\n').at(-1)).toBe('What was not checked is told as it is documented.')
  expect(stdout).toMatch(/\d+ claims of 4 protocols: .*\d+ not checked\.$/m)
})

it('says nothing of the document where lengths are not the shortest', async () => {
  const { code, stdout } = await verify('raft', '--scenario', 'small-quorum', '--quiet', '--no-save', '--dfs')
  expect(code).toBe(1)
  expect(stdout).not.toContain('ocumented')
})
