/** Putting something in the place of a property, until it is undone. */
import { isRunning, refuse } from './guard.ts'

/** What has to be called to undo something. */
export type Undo = () => void

export type AnyFunction = (...args: never[]) => unknown

/** Puts a property in the place of another; nothing where the place takes none. */
export function define(holder: object, key: PropertyKey, property: PropertyDescriptor): Undo {
  const before = Object.getOwnPropertyDescriptor(holder, key)
  if (!Reflect.defineProperty(holder, key, { configurable: true, ...property })) return () => {}
  return () => {
    if (before === undefined) Reflect.deleteProperty(holder, key)
    else Object.defineProperty(holder, key, before)
  }
}

const replace = (holder: object, key: PropertyKey, value: unknown): Undo =>
  define(holder, key, { value, writable: true, enumerable: Object.prototype.propertyIsEnumerable.call(holder, key) })

/** Puts `make(original)` in the place of a function, if one is there. */
export function wrap(holder: object, key: string, make: (original: AnyFunction) => AnyFunction): Undo {
  const original: unknown = Reflect.get(holder, key)
  return typeof original === 'function' ? replace(holder, key, make(original as AnyFunction)) : () => {}
}

/** Puts a function or class out of reach, with its own functions (`process.hrtime.bigint`). */
export const outOfReach = (holder: object, key: string, name: string): Undo =>
  wrap(holder, key, (original) => refusing(original, name))

const refusing = (original: AnyFunction, name: string): AnyFunction =>
  new Proxy(original, {
    apply(target, self, args) {
      refuse(name)
      return Reflect.apply(target, self, args) as unknown
    },
    construct(target, args, newTarget) {
      refuse(`new ${name}`)
      return Reflect.construct(target, args, newTarget) as object
    },
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      const isOwn = Object.getOwnPropertyDescriptor(target, key)?.configurable === true
      return isOwn && typeof value === 'function' ? refusing(value as AnyFunction, `${name}.${String(key)}`) : value
    },
  })

/** Puts a value out of reach that is read like a field. */
export function unreadable(holder: object, key: string, name: string): Undo {
  const value: unknown = Reflect.get(holder, key)
  const property: PropertyDescriptor = {
    enumerable: true,
    get() {
      refuse(name)
      return value
    },
  }
  return define(holder, key, property)
}

/** Puts the fields of an object out of reach, but for some; the object is another one until that is undone. */
export function unreadableFields(holder: object, key: string, name: string, butFor: RegExp): Undo {
  const fields: unknown = Reflect.get(holder, key)
  if (typeof fields !== 'object' || fields === null) return () => {}
  const look = (field: PropertyKey) => {
    if (isRunning() && !butFor.test(String(field))) refuse(`${name}.${String(field)}`)
  }
  return replace(
    holder,
    key,
    new Proxy(fields, {
      get(target, field) {
        look(field)
        return Reflect.get(target, field) as unknown
      },
      has(target, field) {
        look(field)
        return Reflect.has(target, field)
      },
      ownKeys(target) {
        look('*')
        return Reflect.ownKeys(target)
      },
    }),
  )
}
