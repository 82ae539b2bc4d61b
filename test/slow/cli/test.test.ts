/** `verify test` with a protocol that never ends: see ../../cli/test.test.ts for the rest. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../../src/own-code.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

it('ends a protocol that never does where it has a time, and goes on with the others', async () => {
  const folder = newFolder()
  const template = join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts')
  copyFileSync(template, join(folder, 'lock.ts'))
  writeFileSync(
    join(folder, 'endless.ts'),
    readFileSync(template, 'utf8').replace("if (me.lock !== 'none') return disabled", 'for (;;) ;'),
  )
  for (const [protocol, scenario] of [
    ['lock', 'default'],
    ['endless', 'never'],
  ]) {
    const scenarios = `export const scenarios = [{ name: '${scenario}', expect: { verdict: 'holds' } }]`
    writeFileSync(join(folder, `${protocol}.scenarios.ts`), scenarios)
  }
  const { code, stdout } = await runVerify(folder, ['test', '--timeout', '1s'])
  expect(code).toBe(3)
  expect(stdout).toMatch(/^[✓?] \.\/lock\.ts default/m) // on a busy machine its second is up as well
  expect(stdout).toContain('? ./endless.ts never')
  expect(stdout).toContain('the time was up (--timeout)')
})
