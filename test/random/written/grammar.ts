/**
 * Text by a grammar. A production is a text with holes:
 *
 *   `@list`, `@list!`   a place of that kind: one to look at, one that may be written. In one production the same hole is
 *                       the same place each time; `@list'` is another one, or the same
 *   `$int`              any production of that name
 *   `~x`                a name that nothing else has
 *   `<~x:row>`          from here on, in this production, `~x` is a place of that kind; with `<<~x:row>>` also in what
 *                       follows the production; `<~x:row?>` is for looking at only
 *
 * A production that needs a place which is not there is none. Each text is made with some of the productions only, drawn
 * once for all of it: what is rare beside everything else comes in crowds then.
 */
import type { Draw } from './draw.ts'

export interface Place {
  readonly text: string
  readonly kind: string
  readonly isWritable: boolean
}

export type Rules = Readonly<Record<string, readonly string[]>>

export interface Scope {
  readonly places: readonly Place[]
  /** By name; those that only this text has, besides the grammar's. `act`: statements that come often. */
  readonly own: Rules
}

const HOLE = /@([a-z]+)(!?)('*)|\$([a-zA-Z]+)|(<<?)(~[a-z]+):([a-z]+)(\??)>>?|~([a-z]+)/g

/** Locals of these kinds are not to be written. */
const PLAIN = ['int', 'bool', 'mode', 'who', 'key']

export class Grammar {
  readonly #kept = new Map<string, boolean>()
  #names = 0

  constructor(
    readonly draw: Draw,
    readonly rules: Rules,
    readonly percentKept: number,
  ) {}

  /** A text, and the scope after it. */
  write(name: string, scope: Scope, depth: number): { readonly text: string; readonly after: Scope } {
    const all = [...(scope.own[name] ?? []), ...(this.rules[name] ?? [])]
    const possible = all.filter((production) => this.#isPossible(production, scope, depth))
    const kept = possible.filter((production) => this.#isKept(production))
    const among = kept.length > 0 ? kept : possible
    if (among.length === 0) throw new Error(`no production of ${name} is possible`)
    return this.#fill(this.draw.pick(among), scope, depth)
  }

  /** Statements, each in the scope after the one before it. */
  block(scope: Scope, depth: number, length: number): string {
    let inner = scope
    const texts: string[] = []
    for (let i = 0; i < length; i++) {
      const acts = (scope.own.act ?? []).some((production) => this.#isPossible(production, inner, depth))
      const { text, after } = this.write(acts && this.draw.chance(40) ? 'act' : 'statement', inner, depth)
      texts.push(text)
      inner = after
    }
    return texts.map((text) => `${text};`).join('\n')
  }

  text(name: string, scope: Scope, depth: number): string {
    return this.write(name, scope, depth).text
  }

  #isKept(production: string): boolean {
    const known = this.#kept.get(production)
    if (known !== undefined) return known
    const isKept = this.draw.chance(this.percentKept)
    this.#kept.set(production, isKept)
    return isKept
  }

  #isPossible(production: string, scope: Scope, depth: number): boolean {
    if (depth <= 0 && /\$(int|bool|some|one|quiet)\b/.test(production)) return false
    return [...production.matchAll(HOLE)].every(
      ([, kind, isToWrite]) => kind === undefined || placesOf(scope, kind, isToWrite === '!').length > 0,
    )
  }

  #fill(production: string, outer: Scope, depth: number): { readonly text: string; readonly after: Scope } {
    const taken = new Map<string, string>()
    const names = new Map<string, string>()
    const nameOf = (name: string): string => {
      if (!names.has(name)) names.set(name, `${name}${++this.#names}`)
      return names.get(name)!
    }
    let inner = outer
    let after = outer
    const text = production.replaceAll(HOLE, (hole, kind, isToWrite, _, rule, brackets, local, of, frozen, name) => {
      if (kind !== undefined) {
        if (!taken.has(hole)) taken.set(hole, this.draw.pick(placesOf(inner, kind, isToWrite === '!')).text)
        return taken.get(hole)!
      }
      if (rule !== undefined) {
        if (rule === 'some') return `{ ${this.block(inner, depth - 1, 1 + this.draw.below(2))} }`
        if (rule === 'one') return `{ ${this.block(inner, depth - 1, 1)} }`
        return this.text(rule, inner, depth - 1)
      }
      if (brackets !== undefined) {
        const place: Place = {
          text: nameOf(local.slice(1)),
          kind: of,
          isWritable: frozen === '' && !PLAIN.includes(of),
        }
        inner = { ...inner, places: [...inner.places, place] }
        if (brackets === '<<') after = { ...after, places: [...after.places, place] }
        return ''
      }
      return nameOf(name)
    })
    return { text, after }
  }
}

const placesOf = ({ places }: Scope, kind: string, isToWrite: boolean): readonly Place[] =>
  places.filter((place) => place.kind === kind && (place.isWritable || !isToWrite))
