/** Clients of a store at once: histories that some order explains, and those of stores with mistakes. */
import { register } from 'splitbrain'
import { type ConcurrentOptions, concurrently, Inconsistent, noEffect } from 'splitbrain/testing'
import { describe, expect, it } from 'vitest'

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 2))

/** A register behind a connection that takes its time. */
class Store {
  value = 0
  /** What some reads are answered from. */
  #cached = 0

  constructor(readonly mistake?: 'stale reads' | 'lost writes') {}

  async write(value: number): Promise<void> {
    await pause()
    if (this.mistake === 'lost writes' && value % 3 === 0) return
    this.#cached = this.value
    this.value = value
    await pause()
  }

  async read(): Promise<number> {
    await pause()
    const value = this.mistake === 'stale reads' ? this.#cached : this.value
    await pause()
    return value
  }
}

const options = (mistake?: 'stale reads' | 'lost writes', more: Partial<ConcurrentOptions<Store>> = {}) => {
  let written = 0
  return {
    start: () => new Store(mistake),
    next: ({ random }) => (random() < 0.5 ? { operation: 'write', argument: ++written } : { operation: 'read' }),
    operations: {
      write: (store, { argument }) => store.write(argument as number),
      read: (store) => store.read(),
    },
    ...more,
  } satisfies ConcurrentOptions<Store>
}

const ofRegister = register({ initial: 0 })

describe('concurrently', () => {
  it('explains what clients at once have seen', async () => {
    expect(await concurrently(ofRegister, options())).toEqual({ runs: 10, operations: 300, unknown: 0 })
  })

  it.each(['stale reads', 'lost writes'] as const)('finds %s', async (mistake) => {
    const found = await concurrently(ofRegister, options(mistake)).catch((thrown: unknown) => thrown)
    expect(found).toBeInstanceOf(Inconsistent)
    expect((found as Inconsistent).message).toContain('✗ linearizable')
    expect((found as Inconsistent).history.length).toBeGreaterThan(2)
  })

  it('knows that an operation that throws may have had its effect', async () => {
    const operations = {
      write: async (store: Store, { argument }: { argument: unknown }) => {
        if ((argument as number) % 2 === 0) await store.write(argument as number)
        throw new Error('connection lost')
      },
      read: (store: Store) => store.read(),
    }
    const { unknown } = await concurrently(ofRegister, options(undefined, { operations, perClient: 5 }))
    expect(unknown).toBeGreaterThan(20)
  })

  it('knows that one without effect had none', async () => {
    const operations = { write: () => noEffect, read: (store: Store) => store.read() }
    expect((await concurrently(ofRegister, options(undefined, { operations }))).unknown).toBe(0)
    const lying = { ...operations, write: (store: Store) => store.write(7).then(() => noEffect) }
    await expect(concurrently(ofRegister, options(undefined, { operations: lying }))).rejects.toThrow('✗ linearizable')
  })

  it('refuses operations that the object does not have, and those that nobody does', async () => {
    const operations = { read: () => 0, wirte: () => 0 }
    await expect(concurrently(ofRegister, options(undefined, { operations }))).rejects.toThrow(
      'concurrently is about a register, which has no operation wirte; did you mean write?',
    )
    await expect(concurrently(ofRegister, options(undefined, { next: () => ({ operation: 'cas' }) }))).rejects.toThrow(
      'concurrently: found next: no operation cas',
    )
  })
})
