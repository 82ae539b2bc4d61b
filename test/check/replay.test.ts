/** The library's replay: of a trace just found, of one in a file, on the protocol as it is and as it is mended. */
import { join } from 'node:path'
import { check, loadTrace, replay, SplitbrainError } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import lock from '../../src/cli/template/lock-service.ts'
import { packageRoot } from '../../src/own-code.ts'

const violated = async () => {
  const result = await check(lock, { bugs: ['forgetHolder'] })
  if (result.verdict !== 'violated') throw new Error(result.text)
  return result.violations[0].trace!
}

describe('replay', () => {
  it('reproduces what was found', async () => {
    const { outcome, text } = await replay(await violated(), { protocol: lock })
    expect(outcome).toBe('reproduced')
    expect(text).toContain('the trace of mutualExclusion: reproduced')
  })

  it('follows the schedule where the protocol is mended', async () => {
    const result = await replay({ ...(await violated()), bugs: [] }, { protocol: lock })
    expect(result).toMatchObject({
      outcome: 'no-longer-violated',
      step: 6,
      changed: { step: 5, expected: 'server1.holder client1 → null' },
      nearby: { others: 2, states: 63 },
    })
  })

  it('reads a file, and finds the protocol that it names', async () => {
    const file = join(packageRoot(), 'counterexamples', 'redis-lock-setnx-held-for-ever.json')
    const trace = await loadTrace(file)
    expect([trace.protocol, trace.steps.length]).toEqual(['redis-lock', 2])
    expect((await replay(file)).outcome).toBe('reproduced')
    expect((await replay(trace)).outcome).toBe('reproduced')
  })

  it.each([
    [{ protcol: lock }, 'replay has no option protcol; did you mean protocol?'],
    [{ maxStates: 0 }, 'found maxStates: 0; expected a whole number from 1'],
  ])('refuses %j', async (options, message) => {
    await expect(replay(await violated(), options as never)).rejects.toThrow(message)
  })

  it('refuses a trace of another protocol, and a file that is none', async () => {
    const trace = await violated()
    await expect(replay(trace, { protocol: 'raft' })).rejects.toThrow(SplitbrainError)
    await expect(loadTrace('package.json')).rejects.toMatchObject({ code: 'bad-trace' })
  })
})
