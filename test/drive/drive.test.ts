/** The model's steps, done to systems: those that agree, those with mistakes, and what is told of either. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadTrace, replay } from 'splitbrain'
import { Disagreement, drive } from 'splitbrain/testing'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { driveLock, LockSystem, lock, type Mistake } from './lock.ts'
import { drivePicker, Picker } from './picker.ts'

const disagreement = async (driving: Promise<unknown>): Promise<Disagreement> => {
  const thrown = await driving.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof Disagreement)) throw thrown ?? new Error('it agrees')
  return thrown
}

describe('coverage', () => {
  it('takes every step from every state', async () => {
    expect(await driveLock()).toEqual({
      runs: 20,
      steps: 170,
      covered: { count: 92, of: 92, noun: 'step' },
      neverTaken: [],
      notDriven: {},
      neverDone: [],
      text: 'lock-service: 20 runs of 170 steps together\ncovered: 92 of 92 steps',
    })
  })

  it('comes to every state, takes every path, or walks at random', async () => {
    expect((await driveLock(undefined, { coverage: 'states' })).text).toBe(
      'lock-service: 2 runs of 61 steps together\ncovered: 40 of 40 states',
    )
    expect((await driveLock(undefined, { coverage: { paths: 2 } })).text).toBe(
      'lock-service: 47 runs of 419 steps together\ncovered: 199 of 199 paths',
    )
    const walks = { walks: 3, seed: 7, length: 20 }
    expect((await driveLock(undefined, { coverage: walks, parameters: { clients: 4 } })).text).toBe(
      'lock-service: 3 runs of 60 steps together',
    )
  })

  it('tells what could not be driven, and what that keeps from being reached', async () => {
    const cut = await driveLock(undefined, {}, { 'client.Granted': 'not driven' })
    expect(cut.neverDone).toEqual(['client.release', 'server.Release'])
    expect(cut.text).toContain('\nno run comes to client.release, server.Release\n')
    const actions = { 'server.crash': 'not driven' } as const
    const driven = await driveLock(undefined, { coverage: 'steps' }, actions)
    expect(driven.notDriven).toEqual({ 'server.crash': 20 })
    expect(driven.text).toBe(
      'lock-service: 4 runs of 76 steps together\ncovered: 36 of 36 steps\nnot driven: server.crash (20 steps)',
    )
  })
})

describe('a system with a mistake', () => {
  const FOUND: readonly (readonly [Mistake, number, string])[] = [
    ['starts held', 0, 'server1.holder is null, the system shows client1'],
    [
      'forgets to grant',
      3,
      'client2 receives Granted from server1: it threw Error: no Granted from server1 to client2 is on its way',
    ],
    ['throws at release', 4, 'client2 release: it threw Error: not connected'],
    ['hangs at release', 4, 'client2 release: it has not ended within 200 ms'],
    ['forgets at restart', 3, 'server1.holder is client2, the system shows null'],
  ]

  it.each(FOUND)('that %s is found, in %i steps', async (mistake, steps, against) => {
    const found = await disagreement(driveLock(mistake))
    expect([found.steps, found.against]).toEqual([steps, [against]])
  })

  it('is shrunk: a walk of hundreds of steps becomes a few', async () => {
    const walks = { walks: 5, seed: 1, length: 300 }
    const found = await disagreement(driveLock('frees for anybody', { coverage: walks, parameters: { clients: 3 } }))
    expect([found.steps, found.against]).toEqual([5, ['server1.holder is null, the system shows client1']])
    expect(found.message).toContain('shrunk from ')
  })

  it('is drawn beside the model', async () => {
    const { message } = await disagreement(driveLock('forgets at restart'))
    expect(message).toBe(
      `lock-service: the system does otherwise than the model at step 3, server1 crashes
  server1.holder is client2, the system shows null

  0  initial state
     server1: holder null
     client1, client2: lock none
     crashes 1

      server1                                     client2
      │                                           │
  1  client2 acquire                              │
      │                                           ● lock none → wanted
      │◁╌ #1 Acquire ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
  2  server1 receives #1 Acquire from client2     │
      │◀─ #1 Acquire ─────────────────────────────┤
      ● holder null → client2                     │
      ├╌ #2 Granted ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▷│
  3  ✗ server1 crashes · crashes left: 0          │
      ● nothing changes                           │

         the model has     the system shows
server1  {holder client2}  {holder null}     ✗
client1  {lock none}       {lock none}
client2  {lock wanted}     {lock wanted}

Run 3.`,
    )
  })

  it('is saved as a trace that the judge can replay', async () => {
    const folder = newFolder()
    const found = await disagreement(driveLock('forgets at restart', { save: folder }))
    expect(found.file).toBe(join(folder, 'lock-service.json'))
    const trace = await loadTrace(found.file!)
    expect(trace).toEqual(found.trace)
    expect(trace.because).toBe('server1.holder is client2, the system shows null')
    expect((await replay(trace, { protocol: lock })).outcome).toBe('reproduced')
  })
})

describe('a run', () => {
  it('is set up and taken down, however it ends', async () => {
    const log: string[] = []
    const counted = (mistake?: Mistake) => ({
      start: ({ number }: { number: number }) => {
        log.push(`start ${number}`)
        return new LockSystem(['client1', 'client2'], mistake)
      },
      stop: () => log.push('stop'),
    })
    await driveLock(undefined, { ...counted(), coverage: 'states' })
    expect(log).toEqual(['start 1', 'stop', 'start 2', 'stop'])
    log.length = 0
    await disagreement(driveLock(undefined, { ...counted('throws at release'), coverage: 'states' }))
    expect(log.filter((each) => each === 'stop')).toHaveLength(log.length / 2)
  })

  it('ends in the error of a set-up that fails, for there is nothing to compare', async () => {
    const start = () => Promise.reject(new Error('port in use'))
    await expect(driveLock(undefined, { start })).rejects.toThrow('port in use')
    await expect(driveLock(undefined, { start: () => new Promise<never>(() => {}) })).rejects.toThrow(
      'start of run 1: it has not ended within 200 ms',
    )
  })
})

const first = ([worker]: readonly string[]) => worker!

describe('what the system decides', () => {
  it('is followed, and runs are made again until every outcome was seen', async () => {
    const driven = await drivePicker()
    expect(driven.covered).toEqual({ count: 42, of: 42, noun: 'step' })
  })

  it('is told where it never came out so', async () => {
    const driven = await drivePicker({ start: () => new Picker(first) })
    expect(driven.covered!.count).toBeLessThan(driven.covered!.of)
    expect(driven.neverTaken[0]).toBe('environment assign (worker w2)')
  })

  it('must be one of the outcomes of the model', async () => {
    const start = () => Object.assign(new Picker(first), { assign: () => {} })
    const found = await disagreement(drivePicker({ start }))
    expect(found.against[0]).toBe(
      'jobs is 1, the system shows 2; last is w1, the system shows null; w1.busy is true, the system shows false',
    )
    expect(found.against).toHaveLength(3)
    expect(found.message).toContain('\n  or ')
  })

  it('must be told by observe', async () => {
    const observe = ({ jobs }: Picker) => ({ shared: { jobs } })
    await expect(drivePicker({ observe })).rejects.toThrow(
      'drive: after environment.assign what observe shows fits several states of picker; let it show where they differ',
    )
  })
})

describe('what the model refuses', () => {
  const refuses = { 'worker.finish': ({ before }: { before: { shared: { jobs: number } } }) => before.shared.jobs < 2 }

  it('is tried on the system, which must show no change', async () => {
    const driven = await drivePicker({ refuses })
    expect(driven.covered).toEqual({ count: 90, of: 90, noun: 'step' })
  })

  it('is a mistake of a system that does it', async () => {
    class Eager extends Picker {
      override finish(worker: string): void {
        if (!this.busy.has(worker)) this.jobs++
        super.finish(worker)
      }
    }
    const found = await disagreement(drivePicker({ refuses, start: () => new Eager(first) }))
    expect(found.against).toEqual(['jobs is 1, the system shows 2'])
    expect(found.message).toContain('the system does otherwise than the model at step 2, w')
    expect(found.message).toContain(', which the model refuses here\n')
    await drivePicker({ start: () => new Eager(first) }) // unless that is asked, nobody notices
  })
})

describe('bad input', () => {
  const refusal = (options: object) =>
    drive(lock, { start: () => 0, actions: {}, observe: () => ({}), coverage: 'steps', ...options } as never).then(
      () => 'accepted',
      (error: Error) => error.message,
    )

  it.each([
    [{ covrage: 'steps' }, 'drive: found no option covrage; did you mean coverage?; expected parameters'],
    [{ start: 1 }, 'drive: found start: 1; expected a function: start: (…) => …'],
    [
      { coverage: 'all' },
      "drive: found coverage: \"all\"; expected 'steps', 'states', { paths: 2 } or { walks: 100, seed: 1 }",
    ],
    [{ coverage: { paths: 0 } }, 'drive: found coverage.paths: 0; expected a whole number'],
    [{ coverage: { walks: 3 } }, 'drive: found coverage: { walks }; expected'],
    [
      {},
      'drive: found actions without client.acquire, client.release, server.Acquire, server.Release, client.Granted, server.crash; expected',
    ],
    [
      { actions: { 'client.aquire': () => 0 } },
      'drive: found no kind of step client.aquire; did you mean client.acquire?; expected',
    ],
    [
      { actions: { 'client.acquire': 'later' } },
      'drive: found actions[\'client.acquire\']: "later"; expected a function',
    ],
    [{ parameters: { clients: 9 } }, 'clients'],
  ])('%o is refused', async (options, message) => expect(await refusal(options)).toContain(message))

  it('refuses what observe gives, where the model has no such thing', async () => {
    await expect(driveLock(undefined, { observe: () => undefined as never })).rejects.toThrow(
      'drive: observe gave undefined; expected fields by process',
    )
    await expect(driveLock(undefined, { observe: () => ({ server1: { owner: null } }) as never })).rejects.toThrow(
      'what the system shows: server1 has no field owner; expected holder',
    )
  })

  it('refuses a graph that is too large, and says what to do', async () => {
    await expect(driveLock(undefined, { maxStates: 30 })).rejects.toThrow(
      'drive: lock-service has more than 30 states at these parameters; choose smaller ones, or coverage: { walks: 100, seed: 1 }, or a larger maxStates',
    )
  })

  it('leaves nothing where nothing is to be saved', () => expect(existsSync('driven')).toBe(false))
})
