/** What is seen from outside of a thread that may never return: what it runs, and when it is to be ended. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SharedState } from '../../bin/supervisor/shared-state.mjs'
import { Watch } from '../../bin/supervisor/watch.mjs'

let state: SharedState
let watch: Watch
let said: string[]
let ended: string[]
const start = 1_000_000

beforeEach(() => {
  state = new SharedState()
  said = []
  ended = []
  watch = new Watch(state, { notice: (text) => said.push(text), end: (why) => ended.push(why) })
  watch.stop() // the test says when to look
})
afterEach(() => watch.stop())

describe('code that does not return', () => {
  it('is named after 10 s, once, whichever thread runs it', () => {
    state.newBeat().begin('a run of inc')
    const [, other] = [state.newBeat(), state.newBeat()]
    other.begin('a run of décide')
    for (const ms of [0, 9_900, 10_000, 20_000]) watch.look(start + ms)
    expect(said).toEqual(
      ['a run of inc', 'a run of décide'].map(
        (what) => `${what} has not come to an end for 10 s; Ctrl-C asks the command to end, a second one ends it`,
      ),
    )
    expect(ended).toEqual([])
  })

  it('is not what has begun anew since, nor what has ended', () => {
    const beat = state.newBeat()
    for (let ms = 0; ms < 20_000; ms += 5_000) {
      beat.begin('a run of inc')
      watch.look(start + ms)
      beat.end()
    }
    watch.look(start + 40_000)
    expect(said).toEqual([])
  })

  it('is the outermost of what runs', () => {
    const beat = state.newBeat()
    beat.begin('the judge')
    beat.begin('a run of inc')
    beat.end()
    expect(watch.running()).toBe('the judge')
    beat.end()
    expect(watch.running()).toBe(undefined)
  })
})

describe('code that takes memory', () => {
  const memory = { residentBytes: () => resident, heapBytes: 0 }
  let resident = 0

  const lookAt = (...sizes: readonly number[]) => {
    for (const [look, size] of sizes.entries()) {
      resident = size
      watch.look(start + look)
    }
  }

  beforeEach(() => {
    watch = new Watch(state, { notice: (text) => said.push(text), end: (why) => ended.push(why) }, memory)
    watch.stop()
  })

  it.each([
    ['half of what V8 gives to values', 1, 800e6, 400e6],
    ['750 MB, however much V8 gives', 1, 8e9, 750e6],
    ['for each thread', 3, 800e6, 1200e6],
  ])('may take %s', (_, threads, heapBytes, most) => {
    memory.heapBytes = heapBytes
    const [beat] = Array.from({ length: threads }, () => state.newBeat())
    lookAt(5e9)
    beat!.begin('a run of inc')
    lookAt(5.1e9, 5e9 + most)
    expect(ended).toEqual([])
    lookAt(5e9 + most + 1)
    expect(ended).toEqual([`a run of inc has taken ${Math.round(most / 1e6)} MB of memory without coming to an end`])
  })

  it('begins anew with each run', () => {
    memory.heapBytes = 800e6
    const beat = state.newBeat()
    lookAt(0)
    for (const size of [300e6, 600e6, 900e6]) {
      beat.begin('a run of inc')
      lookAt(size, size)
      beat.end()
    }
    expect(ended).toEqual([])
  })
})

describe('a deadline', () => {
  it.each([
    [1_000, 3_100],
    [1_000_000, 1_020_100],
  ])('of %d ms ends what runs since before it, at %d ms', (timeout, at) => {
    state.endIn(timeout)
    const now = state.deadline - timeout
    state.newBeat().begin('a run of inc')
    watch.look(now)
    watch.look(now + at - 200)
    expect(ended).toEqual([])
    watch.look(now + at)
    expect(ended).toEqual(['the time was up (--timeout) within a run of inc'])
  })

  it('gives what begins after it as long, for on a busy machine a file may be loaded only then', () => {
    state.endIn(1_000)
    const now = state.deadline - 1_000
    state.newBeat().begin('the loading of lock.ts')
    watch.look(now + 1_500)
    watch.look(now + 3_500)
    expect(ended).toEqual([])
    watch.look(now + 3_600)
    expect(ended).toEqual(['the time was up (--timeout) within the loading of lock.ts'])
  })

  it('is forgotten when the search is over, before the judge begins', () => {
    state.endIn(1_000)
    const now = state.deadline - 1_000
    const beat = state.newBeat()
    beat.begin('a run of inc')
    watch.look(now)
    beat.end()
    beat.begin('the judge')
    watch.look(now + 500)
    state.endIn(Number.POSITIVE_INFINITY)
    watch.look(now + 9_000)
    expect(ended).toEqual([])
  })
})

describe('a signal', () => {
  it('ends at once what does not heed it', () => {
    watch.hear('SIGINT', start)
    expect(ended).toEqual(['an interrupt ended the command'])
  })

  it('asks first; that of npx and its copy count once; a second one ends', () => {
    state.heed()
    state.newBeat().begin('a run of inc')
    expect(state.isInterrupted).toBe(false)
    watch.hear('SIGINT', start)
    watch.hear('SIGINT', start + 300)
    expect([state.isInterrupted, ended]).toEqual([true, []])
    watch.hear('SIGINT', start + 1_000)
    expect(ended).toEqual(['a second interrupt ended the command within a run of inc'])
  })

  it.each([
    ['SIGTERM', 'SIGTERM', []],
    ['SIGHUP', 'SIGHUP', []],
    ['SIGINT', 'SIGTERM', ['a second interrupt ended the command within a run of inc']],
    ['SIGTERM', 'SIGINT', ['a second interrupt ended the command within a run of inc']],
  ])('%s, and %s as late as npm may send it on: %j', (first, second, expected) => {
    state.heed()
    state.newBeat().begin('a run of inc')
    watch.hear(first, start)
    watch.hear(second, start + 3_000)
    expect(ended).toEqual(expected)
  })

  it.each([
    ['SIGTERM', 5_200, ['SIGTERM ended the command within a run of inc']],
    ['SIGHUP', 5_200, ['SIGHUP ended the command within a run of inc']],
    ['SIGTERM', 4_900, []],
    ['SIGINT', 60_000, []],
  ])('%s that nobody repeats: after %d ms in the same run %j', (signal, ms, expected) => {
    state.heed()
    state.newBeat().begin('a run of inc')
    watch.look(start)
    watch.hear(signal, start + 100)
    watch.look(start + 100 + ms)
    expect(ended).toEqual(expected)
  })

  it('ends what begins after a signal and never returns, as long after its beginning', () => {
    state.heed()
    watch.hear('SIGTERM', start)
    state.newBeat().begin('a run of inc')
    watch.look(start + 8_000)
    watch.look(start + 12_900)
    expect(ended).toEqual([])
    watch.look(start + 13_100)
    expect(ended).toEqual(['SIGTERM ended the command within a run of inc'])
  })
})

describe('what threads share', () => {
  it('tells what is known, and that a file is being saved', () => {
    expect(state.known).toEqual({ distinct: 0, depth: 0, found: undefined })
    state.know({ distinct: 5_000_000_000, depth: 31, found: 0 })
    expect(new SharedState(state.buffer).known).toEqual({ distinct: 5_000_000_000, depth: 31, found: 0 })
    expect(state.whole(() => new SharedState(state.buffer).isSaving)).toBe(true)
    expect(() => state.whole(() => JSON.parse('{'))).toThrow(SyntaxError)
    expect(state.isSaving).toBe(false)
  })

  it('has room for what runs, cut off where it is long', () => {
    const beat = state.newBeat()
    beat.begin('x'.repeat(1_000))
    expect(watch.running()).toBe('x'.repeat(248))
  })
})
