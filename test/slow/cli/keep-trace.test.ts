/** A saved trace whose protocol goes on: found where it was moved to, followed, and written anew. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../../src/own-code.ts'
import { newFolder, runVerify } from '../../cli/run-verify.ts'

const SAVED = 'counterexamples/lock-service-forget-holder-mutual-exclusion.json'
const MOVED = 'of/ci/trace.json'

it('is kept', async () => {
  const folder = newFolder()
  const file = join(folder, 'lock.ts')
  copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), file)
  await runVerify(folder, ['./lock.ts', '--bug', 'forget-holder', '--quiet'])
  mkdirSync(join(folder, 'of', 'ci'), { recursive: true })
  renameSync(join(folder, SAVED), join(folder, MOVED))
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Acquire', 'Want'))

  const headline = [
    `✗ ${MOVED}: reproduced with lock.ts`,
    '  mutualExclusion (at most one client holds the lock) is violated after 7 steps: client1 and client2',
    '  both hold the lock',
  ]
  const changed = [
    '  The protocol has changed since the trace was saved: at step 1 of 7, expected client1→server1 =',
    '  Acquire (new), found client1→server1 = Want (new). Its steps still lead there.',
  ]
  expect(await runVerify(folder, ['replay', MOVED])).toEqual({
    code: 1,
    stdout: [...headline, ...changed, `  verify replay ${MOVED} --keep`].join('\n'),
    stderr: '',
  })
  expect((await runVerify(folder, ['replay', MOVED, '--keep'])).stdout.split('\n').at(-1)).toBe(
    '  It is written anew, step by step as the protocol goes now.',
  )
  expect(JSON.parse(readFileSync(join(folder, MOVED), 'utf8'))).toMatchObject({ spec: '../../lock.ts' })
  expect(await runVerify(folder, ['replay', MOVED, '--keep'])).toEqual({
    code: 1,
    stdout: [...headline, '  It stays as it is: every step is as it was saved.'].join('\n'),
    stderr: '',
  })

  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Want', 'Ask'))
  const updated = await runVerify(folder, ['test', MOVED, '--update'])
  expect(updated).toMatchObject({ code: 0, stderr: '' })
  expect(updated.stdout.split('\n').at(-1)).toBe(`${MOVED} is written anew, step by step as the protocol goes now`)
  expect(readFileSync(join(folder, MOVED), 'utf8')).toContain('"type":"Ask"')
  expect((await runVerify(folder, ['test', MOVED, '--update'])).stdout.split('\n').at(-1)).toMatch(/^Nothing to write/)

  const { stderr } = await runVerify(folder, ['./lock.ts', '--bug', 'forget-holder', '--quiet'])
  const again = await runVerify(folder, ['./lock.ts', '--bug', 'forget-holder', '--quiet', '--clients', '3'])
  expect([stderr, again.stderr]).toEqual(['', `! ${SAVED} was a trace at clients 2; this one takes its place`])
})
