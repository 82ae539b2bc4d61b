/** The matchers: in vitest, in jest's `expect`, and what they say where a verdict is another. */
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect as jestExpect } from 'expect'
import { matchers } from 'splitbrain/matchers'
import { fromScenarios } from 'splitbrain/vitest'
import { describe, expect, it } from 'vitest'
import lock from '../src/cli/template/lock-service.ts'
import { loadProtocol } from '../src/load/load-protocol.ts'
import { packageRoot } from '../src/own-code.ts'
import { meet } from '../src/testing/meet.ts'
import { newFolder } from './new-folder.ts'

const HELD = join(packageRoot(), 'counterexamples', 'redis-lock-setnx-held-for-ever.json')

const said = async (
  asserting: Promise<unknown>,
): Promise<{ message: string; actual?: unknown; expected?: unknown }> => {
  const thrown: unknown = await asserting.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (thrown instanceof Error) return thrown
  throw new Error('it passed')
}

describe('in vitest', () => {
  it('pass where the verdict is the one asked for', async () => {
    await expect(lock).toHold({ clients: 2 })
    await expect(lock).toViolate('mutualExclusion', { bugs: ['forgetHolder'], steps: 7 })
    await expect(lock).toViolate('mutualExclusion', { bugs: ['forgetHolder'] })
    await expect(lock).toBeUnknown({ budgets: { maxStates: 10 } })
    await expect(HELD).toReplay('reproduced')
    await expect(lock).not.toHold({}, { bugs: ['forgetHolder'] })
    await expect(lock).not.toViolate('mutualExclusion')
  })

  it('show the trace as the difference, and the command to paste', async () => {
    const { message, actual, expected } = await said(expect(lock).toHold({ clients: 2 }, { bugs: ['forgetHolder'] }))
    expect(message.split('\n')).toEqual([
      'expected of lock-service: all properties hold; found: Violated: mutualExclusion after 7 steps. No shorter way exists.',
      '',
      'verify ./FILE.ts --clients 2 --crashes 1 --bug forget-holder',
    ])
    expect(actual).toContain('✗ mutualExclusion is violated after 7 steps: at most one client holds the lock')
    expect(expected).toBe('all properties hold')
  })

  it('say how many steps there are', async () => {
    const { expected, actual } = await said(
      expect(lock).toViolate('mutualExclusion', { bugs: ['forgetHolder'], steps: 6 }),
    )
    expect([expected, actual]).toEqual([
      'mutualExclusion is violated after 6 steps',
      expect.stringContaining('after 7 steps'),
    ])
  })

  it('say what a replay comes to', async () => {
    const { message, actual } = await said(expect(HELD).toReplay('no longer violated'))
    expect(actual).toBe(`${HELD}: reproduced`)
    expect(message).toContain(`verify replay ${HELD}`)
  })

  it('fail, and do not pass, where nothing can be said', async () => {
    await expect(said(expect(lock).toHold({ clinets: 2 }))).resolves.toMatchObject({ code: 'bad-parameter' })
    await expect(said(expect(lock).toViolate('mutual'))).resolves.toMatchObject({ code: 'bad-option' })
    await expect(said(expect({}).toHold())).resolves.toMatchObject({ code: 'bad-protocol' })
  })
})

it('work in jest, whose expect.extend is the same', async () => {
  jestExpect.extend(matchers)
  const assertion = (value: unknown) => jestExpect(value) as unknown as import('splitbrain/matchers').ProtocolMatchers
  await assertion(lock).toHold({ clients: 2 })
  const { message } = await said(assertion(lock).toViolate('mutualExclusion'))
  expect(message).toContain('verify ./FILE.ts --clients 2 --crashes 1')
})

const folder = newFolder()
copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), join(folder, 'lock.ts'))
writeFileSync(
  join(folder, 'lock.scenarios.ts'),
  `export const scenarios = [
    { name: 'default', expect: { verdict: 'holds', distinct: 40 } },
    { name: 'forgetful', bugs: ['forgetHolder'], expect: { verdict: 'violated', property: 'mutualExclusion', steps: 7 } },
    { name: 'five', parameters: { clients: 5 }, slow: true, expect: { verdict: 'holds' } },
  ]`,
)
describe('documented runs become tests', { tags: 'slow' }, async () => {
  await fromScenarios(join(folder, 'lock.ts'))

  it('which draw the violation that was not expected', async () => {
    const name = join(folder, 'lock.ts')
    const run = { name, loaded: await loadProtocol(name) }
    const scenario = { name: 'proof', bugs: ['forgetHolder'], expect: { verdict: 'holds' } } as const
    const { message, actual } = await said(meet({ ...run, scenario }))
    expect(actual).toBe('mutualExclusion is violated after 7 steps')
    expect(message).toContain('├╌ #4 Granted ╌')
    expect(message).toContain(`verify ${name} --scenario proof`)
  })
})
