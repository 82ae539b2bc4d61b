/** `verify test --watch`, as somebody has it run who saves files. */
import { spawn } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../../src/own-code.ts'
import { newFolder, VERIFY } from '../../cli/run-verify.ts'

const untimed = (text: string) => text.replace(/\d+(\.\d+)? m?s$/gm, 'TIME')

/** Runs `verify test --watch`, and does one thing after the other as each text appears; the last is Ctrl-C. */
function watching(folder: string, turns: readonly (readonly [text: string, act: () => void])[]) {
  const child = spawn(process.execPath, [VERIFY, 'test', '--watch', '--jobs', '1'], { cwd: folder })
  const rest = [...turns]
  let printed = ''
  let seen = 0
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
    for (let turn = rest[0]; turn !== undefined && printed.indexOf(turn[0], seen) >= 0; turn = rest[0]) {
      seen = printed.indexOf(turn[0], seen) + turn[0].length
      rest.shift()
      turn[1]()
      if (rest.length === 0) child.kill('SIGINT')
    }
  })
  return new Promise<{ code: number | null; lines: string[] }>((done) => {
    child.on('close', (code) => done({ code, lines: untimed(printed).trimEnd().split('\n') }))
  })
}

const WAITING = 'Waiting for changes; Ctrl-C ends.'

it('runs again what a saved file can affect, and nothing else', async () => {
  const folder = newFolder()
  copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), join(folder, 'lock.ts'))
  writeFileSync(
    join(folder, 'lock.scenarios.ts'),
    "export const scenarios = [{ name: 'default', expect: { verdict: 'holds' } }]",
  )
  const lock = readFileSync(join(folder, 'lock.ts'), 'utf8')
  writeFileSync(join(folder, 'words.ts'), "export const NAME = 'other'\n")
  writeFileSync(
    join(folder, 'other.ts'),
    `import { NAME } from './words.ts'\n${lock.replace("'lock-service'", 'NAME')}`,
  )
  copyFileSync(join(folder, 'lock.scenarios.ts'), join(folder, 'other.scenarios.ts'))
  const passed = (name: string) =>
    `✓ ./${name}.ts default  every property holds: 40 distinct, 93 generated, depth 7 · TIME`
  const broken = lock.replace('if (me.holder !== null) return disabled', '')
  const { code, lines } = await watching(folder, [
    [WAITING, () => writeFileSync(join(folder, 'words.ts'), "export const NAME = 'another'\n")],
    [WAITING, () => writeFileSync(join(folder, 'notes.md'), '')],
    ['', () => writeFileSync(join(folder, 'lock.ts'), broken)],
    [WAITING, () => {}],
  ])
  expect(code).toBe(1)
  expect(lines.filter((line) => !/^ {4,}|│|^$/.test(line))).toEqual([
    passed('lock'),
    passed('other'),
    '2 passed · TIME',
    WAITING,
    'words.ts changed',
    passed('other'),
    '1 passed · TIME',
    WAITING,
    'lock.ts changed',
    '✗ ./lock.ts default',
    '1 failed · TIME',
    WAITING,
  ])
})
