/** What a command does where its words cannot be written: the verdict's exit code survives a reader, not a full disk. */
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { beforeAll, describe, expect, it } from 'vitest'
import { Output } from '../../bin/supervisor/output.mjs'
import { runVerify, VERIFY } from '../cli/run-verify.ts'
import { newFolder } from '../new-folder.ts'

const folder = newFolder()
beforeAll(async () => {
  await runVerify(folder, ['init', 'my-lock'])
})
/** The exit code where stdout is closed before anything is printed. */
function codeWithoutReader(...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [VERIFY, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  child.stdout!.destroy()
  return new Promise((resolve) => child.on('close', resolve))
}

describe('output that nobody reads', () => {
  it('leaves the exit code', async () => {
    expect(await codeWithoutReader('my-lock.ts', '--bug', 'forget-holder', '--no-save')).toBe(1)
  })

  it('leaves the others, too', { tags: 'slow' }, async () => {
    expect(await codeWithoutReader('my-lock.ts')).toBe(0)
    expect(await codeWithoutReader('my-lock.ts', '--max-states', '5')).toBe(3)
  })
})

describe('output that cannot be written', () => {
  it('is told once, in one line, and is no answer', () => {
    const written: string[] = []
    const stdout = new EventEmitter()
    const stderr = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text) })
    const output = new Output({ stdout, stderr } as unknown as NodeJS.Process)
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    for (let i = 0; i < 2; i++) stdout.emit('error', full)
    stderr.emit('error', full)
    expect(output.hasFailed).toBe(true)
    expect(written).toEqual(['verify: what was found cannot be printed (ENOSPC: no space left on device, write)\n'])
  })
})
