/** Several runs at once that save their traces in one place, and places where nothing can be written. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readTrace } from '../../src/trace/trace-file.ts'
import { newFolder, runVerify, VERIFY } from '../cli/run-verify.ts'

let folder: string
beforeEach(() => {
  folder = newFolder()
})

const VIOLATED = ['snowflake', '--bug', 'shared-number', '--property', 'unique', '--quiet']
const TRACE = 'snowflake-shared-number-unique.json'

describe('ten runs at once', () => {
  it('without a folder for traces all succeed, and leave one whole file', async () => {
    const ran = await Promise.all(Array.from({ length: 10 }, () => runVerify(folder, VIOLATED)))
    expect(ran.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(10).fill({ code: 1, stderr: '' }))
    expect(readdirSync(folder)).toEqual(['counterexamples'])
    expect(readdirSync(join(folder, 'counterexamples'))).toEqual([TRACE])
    expect(readTrace(join(folder, 'counterexamples', TRACE)).property.name).toBe('unique')
  })
})

describe.skipIf(!existsSync('/dev/full'))('a disk that is full', () => {
  it('makes the exit code 2 where the answer cannot be printed', async () => {
    const command = `'${process.execPath}' '${VERIFY}' ${VIOLATED.join(' ')} --no-save > /dev/full`
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'verify: what was found cannot be printed (ENOSPC: no space left on device, write)\n',
    })
  })
})

describe('a reader who goes', () => {
  it('does not keep a search from its end', async () => {
    const child = spawn(process.execPath, [VERIFY, 'raft-split-votes', '--no-save'], { cwd: folder, stdio: 'pipe' })
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(
      (await runVerify(folder, ['raft-split-votes', '--no-save'])).code,
    )
  })
})
