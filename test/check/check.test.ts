/** The library: one call, one answer; what the command says is the same. */
import { always, BrokenProtocol, check, disabled, protocol, SplitbrainError, simulate, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import lock from '../../src/cli/template/lock-service.ts'
import { runHere } from '../cli/run-here.ts'

const refusal = async (checking: Promise<unknown>) => {
  const thrown: unknown = await checking.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(thrown instanceof SplitbrainError)) throw new Error(`it was not refused, but gave ${String(thrown)}`)
  return { code: thrown.code, message: thrown.message }
}

/** Counts up to `top` and stops there. */
const counter = protocol(
  { name: 'counter', parameters: { top: z.int().min(1).max(1e9).default(3) }, shared: { n: z.int().default(0) } },
  ({ top }) => ({
    actions: {
      environment: {
        count({ shared }) {
          if (shared.n === top) return disabled
          shared.n += 1
        },
      },
    },
    properties: {
      bounded: always('it counts no further than the top', ({ shared }) => shared.n <= top),
      counts: sometimes('it counts', ({ shared }) => shared.n > 0),
    },
  }),
)

describe('check', () => {
  it('answers that all properties hold, with the counts', async () => {
    const { verdict, protocol, parameters, bugs, distinct, generated, depth, properties, warnings } = await check(
      lock,
      {
        parameters: { clients: 2 },
      },
    )
    expect({ verdict, protocol, parameters, bugs, distinct, generated, depth, warnings }).toEqual({
      verdict: 'holds',
      protocol: 'lock-service',
      parameters: { clients: 2, crashes: 1 },
      bugs: [],
      distinct: 40,
      generated: 93,
      depth: 7,
      warnings: [],
    })
    expect(properties).toEqual({
      types: { claim: 'every value fits its schema', kind: 'always', verdict: 'holds', exercised: true },
      mutualExclusion: {
        claim: 'at most one client holds the lock',
        kind: 'always',
        verdict: 'holds',
        exercised: true,
      },
      aHolder: { claim: 'a client gets the lock', kind: 'sometimes', verdict: 'holds', exercised: true, steps: 3 },
      freeable: { claim: 'the lock can always become free', kind: 'canAlways', verdict: 'holds', exercised: true },
    })
  })

  it('answers with the trace of a violation, as data and in words', async () => {
    const result = await check(lock, { bugs: ['forgetHolder'], properties: ['mutualExclusion'] })
    if (result.verdict !== 'violated') throw new Error(result.text)
    const [violation, ...others] = result.violations
    expect(others).toEqual([])
    expect({ ...violation, trace: undefined, text: undefined }).toEqual({
      property: 'mutualExclusion',
      claim: 'at most one client holds the lock',
      steps: 7,
      trace: undefined,
      text: undefined,
      because: 'client1 and client2 both hold the lock',
    })
    expect(violation.trace?.steps.map(({ process, action }) => `${process} ${action}`)).toEqual([
      'client1 acquire',
      'client2 acquire',
      'server1 receive',
      'client1 receive',
      'server1 crash',
      'server1 receive',
      'client2 receive',
    ])
    expect(violation.text).toContain('✗ mutualExclusion is violated after 7 steps: at most one client holds the lock')
  })

  it('says the same as the command', async () => {
    const { text } = await check('redis-lock', { parameters: { lock: 'setnx' }, properties: ['freeable'] })
    const { stdout } = await runHere(['redis-lock', '--lock', 'setnx', '--property', 'freeable', '--no-save'])
    const words = (printed: string) => printed.replace(/\d+(\.\d+)? m?s\b/, 'TIME').replace(/\n/g, '')
    expect(words(text)).toBe(words(stdout))
  })

  it('is unknown where a budget ends it, and not where it does not', async () => {
    const budgets = { maxStates: 50 }
    const cut = await check(counter, { parameters: { top: 100 }, budgets })
    expect([cut.verdict, cut.distinct, cut.stop.reason]).toEqual(['unknown', 50, 'max-states'])
    expect(cut.properties.counts?.verdict).toBe('holds')
    expect(cut.properties.bounded?.verdict).toBe('unknown')
    expect((await check(counter, { parameters: { top: 3 }, budgets })).verdict).toBe('holds')
  })

  it('ends at a signal, with what is known', async () => {
    const endless = { parameters: { top: 1e9 }, properties: ['bounded'] }
    expect((await check(counter, { ...endless, signal: AbortSignal.abort() })).stop.reason).toBe('interrupted')
    const progress: number[] = []
    const controller = new AbortController()
    const result = await check(counter, {
      ...endless,
      signal: controller.signal,
      onProgress: ({ distinct }) => {
        progress.push(distinct)
        if (progress.length === 2) controller.abort()
      },
    })
    expect([result.verdict, result.stop.reason]).toEqual(['unknown', 'interrupted'])
    expect(result.distinct).toBeGreaterThanOrEqual(progress[1]!)
  })

  it('runs beside another one, and neither sees the other', async () => {
    const [small, large, broken, again] = await Promise.all([
      check(counter, { parameters: { top: 5 } }),
      check(lock, { parameters: { clients: 3 } }),
      refusal(check(throwing)),
      check(counter, { parameters: { top: 5 } }),
    ])
    expect([small.distinct, again.distinct, large.verdict, broken.code]).toEqual([6, 6, 'holds', 'body-threw'])
    expect(Date.now()).toBeGreaterThan(0)
  })

  it('loads a file while others search', async () => {
    const file = 'src/cli/template/lock-service.ts'
    const both = [check(lock), check(`./${file}`)]
    expect((await Promise.all(both)).map(({ verdict }) => verdict)).toEqual(['holds', 'holds'])
  })

  it('takes the order and the other options of the command', async () => {
    const deep = await check(lock, { bugs: ['forgetHolder'], order: 'dfs', types: false, continue: true })
    expect(deep.verdict).toBe('violated')
    expect(Object.keys(deep.properties)).toEqual(['mutualExclusion', 'aHolder', 'freeable'])
  })

  it('searches on several threads what is given by name', async () => {
    const { distinct, verdict } = await check('two-phase-commit-plain', { parameters: { rms: 4 }, workers: 2 })
    expect([verdict, distinct]).toEqual(['holds', 1_568])
  })

  it.each(['auto', ['rm']] as const)('searches up to symmetry: %o', async (symmetry) => {
    const { verdict, distinct, orbits } = await check('two-phase-commit-plain', { parameters: { rms: 4 }, symmetry })
    expect({ verdict, distinct, orbits }).toEqual({
      verdict: 'holds',
      distinct: 166,
      orbits: { roles: ['rm'], isChecked: true, distinct: 1_568, generated: 8_258 },
    })
  })
})

describe('simulate', () => {
  it('takes the same walks for the same seed, and proves nothing', async () => {
    const walk = () => simulate(lock, { bugs: ['forgetHolder'], walks: 200, seed: 7 })
    const [once, again] = [await walk(), await walk()]
    expect(once.verdict).toBe('violated')
    expect(again.distinct).toBe(once.distinct)
    expect(once.simulation?.seed).toBe(7)
    expect((await simulate(counter, { walks: 3 })).verdict).toBe('unknown')
  })
})

const throwing = protocol({ name: 'throwing', shared: { n: z.int().default(0) } }, () => ({
  actions: {
    environment: {
      fall({ shared }) {
        shared.n += 1
        if (shared.n === 3) throw new Error('no further')
      },
    },
  },
  properties: { any: always('anything', () => true) },
}))

describe('what cannot be checked', () => {
  it('is told with the way to it', async () => {
    const thrown: unknown = await check(throwing).catch((reason: unknown) => reason)
    if (!(thrown instanceof BrokenProtocol)) throw new Error(String(thrown))
    expect(thrown.code).toBe('body-threw')
    expect(thrown.message).toMatch(
      /^Broken, after 2 steps: fall threw Error: no further \(at .*check.test.ts:\d+:\d+\)\n\n✗ broken after 2 steps/,
    )
    expect(thrown.trace?.steps.map(({ action }) => action)).toEqual(['fall', 'fall'])
  })

  it.each([
    [{ parameter: { clients: 3 } }, 'bad-option', 'check has no option parameter; did you mean parameters?'],
    [
      { parameters: { client: 3 } },
      'bad-parameter',
      'there is no parameter client; the parameters are: clients, crashes',
    ],
    [{ parameters: { clients: 9 } }, 'bad-parameter', 'clients'],
    [{ bugs: ['forget'] }, 'bad-parameter', 'lock-service has no bug forget; its bugs are: forgetHolder'],
    [{ bugs: 'forgetHolder' }, 'bad-option', 'found bugs: "forgetHolder"; expected a list of names'],
    [{ properties: [] }, 'bad-option', 'found properties: an array; expected a list of names, one at least'],
    [{ properties: ['mutual'] }, 'bad-option', 'lock-service has no property mutual; its properties are:'],
    [{ budgets: { timeout: 3 } }, 'bad-option', 'check has no budget timeout; did you mean timeoutMs?'],
    [{ budgets: { timeoutMs: '3s' } }, 'bad-option', 'found budgets.timeoutMs: "3s"; expected a number from 1'],
    [{ budgets: { maxStates: Number.NaN } }, 'bad-option', 'found budgets.maxStates: NaN; expected a number from 1'],
    [{ order: 'random' }, 'bad-option', 'found order: "random"; expected'],
    [
      { symmetry: 'rm' },
      'bad-option',
      "found symmetry: \"rm\"; expected 'auto', or a list of roles, one at least: ['client']",
    ],
    [{ workers: 0 }, 'bad-option', "found workers: 0; expected a whole number from 1, or 'auto'"],
    [{ workers: 2 }, 'bad-option', '2 workers were asked for, but a thread cannot be sent a function'],
    [{ types: 'no' }, 'bad-option', 'found types: "no"; expected true or false'],
  ])('refuses %j', async (options, code, message) => {
    const refused = await refusal(check(lock, options as never))
    expect(refused.code).toBe(code)
    expect(refused.message).toContain(message)
  })

  it.each([
    [undefined, 'bad-protocol', 'found undefined in place of a protocol'],
    [{}, 'bad-protocol', 'found an object in place of a protocol'],
    ['rafft', 'unknown-protocol', 'did you mean raft?'],
    ['./no-such.ts', 'unknown-protocol', 'there is no file ./no-such.ts'],
  ])('refuses %j as a protocol', async (given, code, message) => {
    const refused = await refusal(check(given as never))
    expect(refused.code).toBe(code)
    expect(refused.message).toContain(message)
  })
})
