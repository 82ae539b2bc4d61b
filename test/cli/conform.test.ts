/** `verify conform`: a stream that goes on, and what explains a log, which is a trace like any other, of a protocol in a file. */
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { newFolder } from '../new-folder.ts'
import { runVerify, VERIFY } from './run-verify.ts'

const MAP = `import { logMap } from 'splitbrain'
import lock from './lock.ts'
export default logMap(lock, {
  event: (line) => String(line.event),
  on: { request: (line, { process }) => ({ steps: { process: process('client', line.by), action: 'acquire' } }) },
})`

function project(): string {
  const folder = newFolder()
  copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), join(folder, 'lock.ts'))
  writeFileSync(join(folder, 'lock.map.ts'), MAP)
  return folder
}

it('a stream is answered with the line that breaks it, though its pipe stays open', async () => {
  const child = spawn(process.execPath, [VERIFY, 'conform', '-', '--map', 'lock.map.ts'], { cwd: project() })
  const printed: Buffer[] = []
  child.stdout.on('data', (chunk) => printed.push(chunk))
  child.stdin.write('{"event": "request", "by": "ann"}\n'.repeat(2))
  const code = await new Promise((resolve) => child.on('exit', resolve))
  child.stdin.destroy()
  expect([code, Buffer.concat(printed).toString()]).toEqual([1, expect.stringContaining('stdin:2')])
})

it('an explanation names its protocol, and is to stay possible', { tags: 'slow' }, async () => {
  const folder = project()
  const lock = join(folder, 'lock.ts')
  writeFileSync(join(folder, 'server.log'), '{"event": "request", "by": "ann"}\n')
  mkdirSync(join(folder, 'counterexamples'))
  const file = 'counterexamples/explains.json'
  const conforms = await runVerify(folder, ['conform', 'server.log', '--map', 'lock.map.ts', '--trace', file])
  expect(conforms).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toMatchObject({ spec: '../lock.ts' })
  expect(await runVerify(folder, ['replay', file])).toEqual({
    code: 0,
    stdout: `✓ ${file}: reproduced with lock.ts\n  every step can be taken that explains the log (1 step)`,
    stderr: '',
  })

  const text = readFileSync(lock, 'utf8')
  writeFileSync(lock, text.replace("if (me.lock !== 'none') return disabled", 'if (me) return disabled'))
  const { code, stdout } = await runVerify(folder, ['test', './lock.ts', '--no-cache'])
  expect(code).toBe(1)
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    `✗ ${file}`,
    '    expected  every step can be taken that explains the log (1 step)',
    expect.stringMatching(/^ {4}found {5}no longer witnessed by its steps: client1 acquire: it is disabled/),
  ])
})
