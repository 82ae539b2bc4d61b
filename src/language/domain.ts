/**
 * The values that a schema allows, numbered, so that a state can be made of any of them. Where there is no end of them a
 * domain holds the first few, and says what it omits.
 */
import { z } from 'zod'
import type { Component, Domain } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import type { AnyDeclaration, Health } from './declaration.ts'

/** The most that is taken of what has no bound: integers from 0 to it, elements of a list, messages in a channel. */
const MOST = { integer: 3, elements: 2, messages: 1 } as const

/** Larger sets of values are drawn from, and not told one by one. */
const LARGEST_SET = 20

interface Values {
  readonly size: number
  readonly at: (index: number) => unknown
}

type Ids = Readonly<Record<string, readonly string[]>>

interface Members {
  readonly ids: Ids
  /** The types of messages that a process receives. */
  readonly takes: (process: string) => ReadonlySet<string>
  /** What can be of a process of a role. */
  readonly healths: (role: string) => readonly Health[]
}

/** Collects what is left out on the way. */
class Reading {
  readonly omits = new Set<string>()

  constructor(readonly ids: Ids) {}

  of(schema: z.core.$ZodType): Values {
    const { def } = schema._zod as unknown as { readonly def: Def }
    const role = schema instanceof z.ZodType ? schema.meta()?.processOf : undefined
    if (typeof role === 'string') return oneOf(this.ids[role] ?? [])
    switch (def.type) {
      case 'boolean':
        return oneOf([false, true])
      case 'null':
        return oneOf([null])
      case 'enum':
        return oneOf(Object.values(def.entries!))
      case 'literal':
        return oneOf(def.values!)
      case 'nullable':
        return eitherOf([oneOf([null]), this.of(def.innerType!)])
      case 'default':
      case 'readonly':
        return this.of(def.innerType!)
      case 'number':
        return this.#integers(schema as z.ZodNumber)
      case 'object':
        return allOf(this.fields(def.shape!))
      case 'array':
        return this.lists(this.of(def.element!), lengthOf(schema), 'lists')
      case 'tuple':
        if (def.rest != null) throw new Unknown()
        return tupleOf(def.items!.map((item) => this.of(item)))
      case 'set':
        return subsetsOf(this.of(def.valueType!))
      case 'union':
        return eitherOf(def.options!.map((option) => this.of(option)))
      case 'record':
        return this.#records(def)
      default:
        throw new Unknown()
    }
  }

  fields(shape: Readonly<Record<string, z.core.$ZodType>>): Readonly<Record<string, Values>> {
    return Object.fromEntries(Object.entries(shape).map(([field, schema]) => [field, this.of(schema)]))
  }

  /** Lists within these lengths; without a bound of up to a few elements. */
  lists(element: Values, { least = 0, most }: Lengths, what: string, few: number = MOST.elements): Values {
    const longest = most ?? least + few
    if (most === undefined) this.omits.add(`${what} of more than ${longest}`)
    const lengths = Array.from({ length: Math.max(0, longest - least + 1) }, (_, i) => least + i)
    return eitherOf(lengths.map((length) => tupleOf(Array.from({ length }, () => element))))
  }

  #integers({ minValue, maxValue }: z.ZodNumber): Values {
    const isBounded = (bound: number | null) => bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER
    const least = isBounded(minValue) ? minValue! : 0
    const most = isBounded(maxValue) ? maxValue! : least + MOST.integer
    if (!isBounded(minValue)) this.omits.add('integers below 0')
    if (!isBounded(maxValue)) this.omits.add(`integers beyond ${most}`)
    return { size: Math.max(0, most - least + 1), at: (index) => least + index }
  }

  /** Each key is there with a value, or is not. */
  #records({ keyType, valueType }: Def): Values {
    const keys = this.of(keyType!)
    const values = this.of(valueType!)
    if (keys.size > LARGEST_SET) throw new Unknown()
    const absent = eitherOf([oneOf([undefined]), values])
    const fields = Array.from({ length: keys.size }, (_, i) => [String(keys.at(i)), absent] as const)
    const all = allOf(Object.fromEntries(fields))
    const present = (record: object) => Object.entries(record).filter(([, value]) => value !== undefined)
    return { size: all.size, at: (index) => Object.fromEntries(present(all.at(index) as object)) }
  }
}

/** As much of zod's definitions as is read here. */
interface Def {
  readonly type: string
  readonly entries?: Readonly<Record<string, unknown>>
  readonly values?: readonly unknown[]
  readonly innerType?: z.core.$ZodType
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly element?: z.core.$ZodType
  readonly items?: readonly z.core.$ZodType[]
  readonly rest?: z.core.$ZodType | null
  readonly keyType?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
}

/** No values can be made of a schema. */
class Unknown extends Error {}

const oneOf = (values: readonly unknown[]): Values => ({ size: values.length, at: (index) => values[index] })

function eitherOf(parts: readonly Values[]): Values {
  return {
    size: parts.reduce((sum, { size }) => sum + size, 0),
    at(index) {
      let rest = index
      for (const part of parts) {
        if (rest < part.size) return part.at(rest)
        rest -= part.size
      }
      throw new RangeError(`no value ${index}`)
    },
  }
}

/** The digits of a number, one for each part. */
function digitsOf(parts: readonly Values[], index: number): number[] {
  let rest = index
  return parts.map(({ size }) => {
    const digit = rest % size
    rest = Math.floor(rest / size)
    return digit
  })
}

const productOf = (parts: readonly Values[]): number => parts.reduce((product, { size }) => product * size, 1)

const tupleOf = (parts: readonly Values[]): Values => ({
  size: productOf(parts),
  at: (index) => digitsOf(parts, index).map((digit, i) => parts[i]!.at(digit)),
})

function allOf(fields: Readonly<Record<string, Values>>): Values {
  const names = Object.keys(fields)
  const tuple = tupleOf(Object.values(fields))
  return {
    size: tuple.size,
    at: (index) => Object.fromEntries((tuple.at(index) as unknown[]).map((value, i) => [names[i]!, value])),
  }
}

function subsetsOf(elements: Values): Values {
  if (elements.size > LARGEST_SET) throw new Unknown()
  return {
    size: 2 ** elements.size,
    at: (index) =>
      new Set(
        Array.from({ length: elements.size }, (_, i) => i).flatMap((i) => ((index >> i) & 1 ? [elements.at(i)] : [])),
      ),
  }
}

interface Lengths {
  readonly least?: number
  readonly most?: number
}

/** The bounds that `.min(...)`, `.max(...)` and `.length(...)` put on a list. */
function lengthOf(schema: z.core.$ZodType): Lengths {
  const { checks = [] } = schema._zod.def as { readonly checks?: readonly z.core.$ZodCheck[] }
  const defs = checks.map(
    ({ _zod }) => _zod.def as { check: string; minimum?: number; maximum?: number; length?: number },
  )
  const least = defs.flatMap(({ minimum, length }) => minimum ?? length ?? [])
  const most = defs.flatMap(({ maximum, length }) => maximum ?? length ?? [])
  return {
    ...(least.length > 0 && { least: Math.max(...least) }),
    ...(most.length > 0 && { most: Math.min(...most) }),
  }
}

/** What a component can hold, by its schemas; where that cannot be told, nothing but what it starts with. */
export function domainOf(component: Component, declaration: AnyDeclaration, members: Members): Domain {
  const { name, start } = component
  const reading = new Reading(members.ids)
  try {
    const { size, at } = valuesOf(component, declaration, members, reading)
    if (Number.isSafeInteger(size) && size > 0)
      return { size, at: (index) => canonical(at(index), name), omits: [...reading.omits] }
  } catch (thrown) {
    if (!(thrown instanceof Unknown)) throw thrown
  }
  return { size: 1, at: () => start, omits: ['any value but that of its start'] }
}

/** @throws Unknown */
function valuesOf(
  component: Component,
  { roles, shared, messages = {}, network }: AnyDeclaration,
  { takes, healths }: Members,
  reading: Reading,
): Values {
  switch (component.kind) {
    case 'process': {
      const { durable = {}, volatile = {} } = roles![component.role]!
      const isFrail = 'health' in (component.start as object)
      const fields = reading.fields({ ...durable, ...volatile })
      return allOf(isFrail ? { ...fields, health: oneOf(healths(component.role)) } : fields)
    }
    case 'shared': {
      const schema = shared?.[component.name]
      if (schema === undefined) throw new Unknown() // how the network is cut
      return reading.of(schema)
    }
    case 'budget':
      return { size: (component.start as number) + 1, at: (left) => left }
    case 'channel': {
      const types = Object.entries(messages).filter(([type]) => takes(component.to).has(type))
      const each = types.map(([type, shape]) => allOf({ type: oneOf([type]), ...reading.fields(shape) }))
      const holdsOne = typeof network === 'object' && network.capacity === 1
      return reading.lists(eitherOf(each), holdsOne ? { most: 1 } : {}, 'channels', MOST.messages)
    }
    case 'history':
      throw new Unknown()
  }
}
