import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { checkBuiltIns, rememberBuiltIns } from '../../src/load/built-ins.ts'
import { checkNothingLeftRunning, noted } from '../../src/load/left-running.ts'
import { setTraps } from '../../src/purity/traps.ts'

rememberBuiltIns()

describe('what JavaScript brings', () => {
  let undo = () => {}
  afterEach(() => undo())

  function define(holder: object, key: PropertyKey, value: unknown): void {
    const before = Reflect.getOwnPropertyDescriptor(holder, key)
    Object.defineProperty(holder, key, { value, configurable: true, writable: true })
    undo = () => {
      if (before === undefined) Reflect.deleteProperty(holder, key)
      else Object.defineProperty(holder, key, before)
    }
  }

  it('is as it was, where nobody changed it', () => expect(() => checkBuiltIns('lock.ts')).not.toThrow())

  it('may have notes of a library at its constructors', () => {
    define(Error, '__notesOfALibrary__', {})
    const check = () => checkBuiltIns('lock.ts')
    expect(check).not.toThrow()
  })

  it('is looked at without the traps of another check that is under way, which stay set', () => {
    const removeTraps = setTraps()
    try {
      const trapped = Date
      expect(() => checkBuiltIns('lock.ts')).not.toThrow()
      expect(Date).not.toBe(trapped) // set anew
      define(Math, 'max', () => 1)
      expect(() => checkBuiltIns('lock.ts')).toThrow('lock.ts replaces Math.max')
    } finally {
      undo()
      removeTraps()
    }
    expect(() => checkBuiltIns('lock.ts')).not.toThrow()
  })

  it.each<[object, PropertyKey, string]>([
    [Array.prototype, 'toJSON', 'adds Array.prototype.toJSON'],
    [Object.prototype, 'toJSON', 'adds Object.prototype.toJSON'],
    [JSON, 'stringify', 'replaces JSON.stringify'],
    [JSON, 'note', 'adds JSON.note'],
    [Array, 'from', 'replaces Array.from'],
    [Array, Symbol.hasInstance, 'adds Array.Symbol(Symbol.hasInstance)'],
    [Set.prototype, 'has', 'replaces Set.prototype.has'],
    [Array.prototype, Symbol.iterator, 'replaces Array.prototype.Symbol(Symbol.iterator)'],
    [Math, 'max', 'replaces Math.max'],
    [globalThis, 'Map', 'replaces Map'],
    [Set.prototype, 'size', 'replaces Set.prototype.size'],
  ])('is refused where it is changed (%#)', (holder, key, what) => {
    define(holder, key, () => 1)
    const check = () => checkBuiltIns('lock.ts')
    let thrown: unknown
    try {
      check()
    } catch (error) {
      thrown = error
    }
    undo()
    expect((thrown as Error).message).toBe(
      `lock.ts ${what}, which changes how values are compared and kept; a protocol's file may only define it`,
    )
  })
})

describe('what a file has begun', () => {
  it('is refused by its kind, whoever asks for the file', async () => {
    let timer: NodeJS.Timeout | undefined
    await noted('with a timer', async () => {
      await null
      timer = setInterval(() => {}, 1_000)
    })
    const left = () => checkNothingLeftRunning('lock.ts', 'with a timer')
    expect(left).toThrow('lock.ts begins a timer as it is loaded; ')
    await noted('with a timer', async () => {})
    expect(left).toThrow('lock.ts begins a timer as it is loaded; ')
    clearInterval(timer)
  })

  it('is a server', async () => {
    const server = createServer()
    await noted('with a server', async () => {
      server.listen(0)
    })
    const left = () => checkNothingLeftRunning('lock.ts', 'with a server')
    expect(left).toThrow('lock.ts begins a server as it is loaded; ')
    server.close()
  })

  it('is not what has ended, or keeps nobody waiting', async () => {
    await noted('tidy', async () => {
      clearInterval(setInterval(() => {}, 1_000))
      setTimeout(() => {}, 1_000).unref()
      await new Promise((resume) => setTimeout(resume, 5))
    })
    expect(() => checkNothingLeftRunning('lock.ts', 'tidy')).not.toThrow()
  })

  it('is not what others have, or begin meanwhile', async () => {
    const before = setInterval(() => setImmediate(() => {}), 1)
    const loading = noted('beside others', () => new Promise<void>((resume) => setTimeout(resume, 20)))
    const meanwhile = setInterval(() => {}, 1_000)
    await loading
    expect(() => checkNothingLeftRunning('lock.ts', 'beside others')).not.toThrow()
    clearInterval(before)
    clearInterval(meanwhile)
  })
})
