/**
 * Numbers for recorded values: equal values have one number, different ones two. Containers are known by the numbers of
 * their parts, so that a long text is looked at once and never copied. Linear in what is new.
 */
import type { Value } from '../model.ts'

export class Identity {
  readonly #primitives = new Map<Value, number>()
  readonly #containers = new Map<string, number>()
  #size = 0

  of(value: Value): number {
    return typeof value === 'object' && value !== null
      ? this.#known(this.#containers, this.#textOf(value))
      : this.#known(this.#primitives, value)
  }

  #textOf(value: object): string {
    const idOf = (part: Value) => this.of(part)
    if (Array.isArray(value)) return `[${value.map(idOf).join()}`
    if (value instanceof Set) {
      return `#${Array.from(value as ReadonlySet<Value>, idOf)
        .sort((a, b) => a - b)
        .join()}`
    }
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${idOf(key)} ${idOf((value as Readonly<Record<string, Value>>)[key]!)}`).join()}`
  }

  #known<K>(ids: Map<K, number>, key: K): number {
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, this.#size)
    return this.#size++
  }
}
