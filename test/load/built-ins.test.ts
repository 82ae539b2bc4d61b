import { afterEach, describe, expect, it } from 'vitest'
import { checkBuiltIns, rememberBuiltIns } from '../../src/load/built-ins.ts'
import { checkNothingLeftRunning, underWay } from '../../src/load/left-running.ts'
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
  it('is refused by its kind; what was there before is not its', () => {
    const own = setInterval(() => {}, 1_000)
    const before = underWay()
    expect(() => checkNothingLeftRunning('lock.ts', before)).not.toThrow()
    const left = setInterval(() => {}, 1_000)
    expect(() => checkNothingLeftRunning('lock.ts', before)).toThrow('lock.ts begins a timer as it is loaded; ')
    clearInterval(left)
    clearInterval(own)
  })
})
