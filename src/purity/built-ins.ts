/**
 * What JavaScript brings: a protocol that changes it changes how states are compared and kept (an `Array.prototype.toJSON`
 * makes one of two states, and a violation is missed). So a picture of it is held against it later: one of before a
 * protocol's file was loaded (load/built-ins.ts), and one of before its bodies ran (traps.ts).
 *
 * Whoever looks must not use what may have been changed: hence functions that were taken before, and loops by index.
 */

const { ownKeys, getOwnPropertyDescriptor } = Reflect
const { is, create } = Object
const inWords = String

const NAMES = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'RegExp', 'Promise', 'Error'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'ArrayBuffer', 'Int32Array', 'Uint32Array', 'Float64Array'],
  ...['Math', 'JSON', 'Reflect', 'Atomics', 'Proxy', 'structuredClone'],
]

/** Written to by whoever formats stacks. */
const OWN_OF_NODE: readonly string[] = ['Error.prepareStackTrace', 'Error.stackTraceLimit']

/** An object and the values of its properties; a getter counts as its function. */
interface Picture {
  readonly name: string
  readonly holder: object
  readonly count: number
  readonly values: { readonly [key: PropertyKey]: unknown }
}

export type Pictures = readonly Picture[]

/** As it is now. */
export function pictureOfBuiltIns(): Pictures {
  return holders().map(([name, holder]) => {
    const values = create(null) as Record<PropertyKey, unknown>
    const keys = ownKeys(holder)
    for (const key of keys) values[key] = propertyOf(holder, key)
    return { name, holder, count: keys.length, values }
  })
}

function holders(): [name: string, holder: object][] {
  const iterators = { Array: [].values(), Set: new Set().values(), Map: new Map().values() }
  return [
    ...Object.entries(iterators).map(([of, one]): [string, object] => [`${of}Iterator.prototype`, protoOf(one)]),
    ['Iterator.prototype', protoOf(protoOf([].values()))],
    ...NAMES.flatMap((name): [string, object][] => {
      const builtIn = Reflect.get(globalThis, name) as object & { readonly prototype?: object }
      return [
        [name, builtIn],
        ...(builtIn.prototype ? [[`${name}.prototype`, builtIn.prototype] as [string, object]] : []),
      ]
    }),
  ]
}

const protoOf = (object: object): object => Object.getPrototypeOf(object)

function propertyOf(holder: object, key: PropertyKey): unknown {
  const { value, get } = getOwnPropertyDescriptor(holder, key)!
  return get ?? value
}

/** What is not as it was, to go on after who did it: `replaces Math.max`. Undefined where nothing is. */
export function changeSince(pictures: Pictures): string | undefined {
  for (let i = 0; i < NAMES.length; i++) {
    const name = NAMES[i]!
    if (isReplaced(pictures, name)) return `replaces ${name}`
  }
  for (let i = 0; i < pictures.length; i++) {
    const changed = changeIn(pictures[i]!)
    if (changed !== undefined) return changed
  }
  return undefined
}

function isReplaced(pictures: Pictures, name: string): boolean {
  for (let i = 0; i < pictures.length; i++) {
    if (pictures[i]!.name === name) return pictures[i]!.holder !== (globalThis as Record<string, unknown>)[name]
  }
  return false
}

function changeIn({ name, holder, count, values }: Picture): string | undefined {
  const keys = ownKeys(holder)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const place = `${name}.${inWords(key)}`
    if (isOfNode(place)) continue
    if (!(key in values)) {
      if (isNoteOn(holder, key)) continue
      return `adds ${place}`
    }
    if (!is(propertyOf(holder, key), values[key])) return `replaces ${place}`
  }
  return keys.length < count ? `removes a part of ${name}` : undefined
}

/** What a library keeps at a constructor (bluebird's `Error.__BluebirdErrorTypes__`) is asked by nobody else. */
const isNoteOn = (holder: object, key: PropertyKey): boolean => typeof holder === 'function' && typeof key === 'string'

function isOfNode(place: string): boolean {
  for (let i = 0; i < OWN_OF_NODE.length; i++) if (OWN_OF_NODE[i] === place) return true
  return false
}
