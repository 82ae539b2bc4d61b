/** `verify claims` that does not come to its end, and a scenario searched in another way. */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { runVerify } from '../../cli/run-verify.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const verify = (...args: string[]) => runVerify(root, args)

it('says which budget ran out, and exits with 3', async () => {
  const { code, stdout } = await verify('claims', 'raft', '--source', '§5.4.1', '--max-states', '100')
  expect(code).toBe(3)
  expect(stdout.split('\n')).toEqual([
    'raft: leader election and log replication',
    '',
    '  ? A voter must compare logs, or a committed entry is lost.',
    '    Ongaro & Ousterhout 2014, §5.4.1',
    '    Not known: the search stopped at 103 distinct states (--max-states).',
    '    Documented as confirmed: leaderCompleteness is violated after 10 steps.',
    '    verify raft --scenario no-log-check',
    '    counterexamples/raft-no-log-check.json',
    '',
    '  ? Of two logs with the same last term the longer is more up to date, and a voter must know it.',
    '    Ongaro & Ousterhout 2014, §5.4.1',
    '    Not known: the search stopped at 101 distinct states (--max-states).',
    '    Documented as confirmed: leaderCompleteness is violated after 13 steps.',
    '    verify raft --scenario no-length-check',
    '    counterexamples/raft-no-length-check.json',
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
  expect(stdout).toMatch(/\d+ claims of 3 protocols: .*\d+ not checked\.$/m)
})

it('says nothing of the document where lengths are not the shortest', async () => {
  const { code, stdout } = await verify('raft', '--scenario', 'small-quorum', '--quiet', '--no-save', '--dfs')
  expect(code).toBe(1)
  expect(stdout).not.toContain('ocumented')
})
