/**
 * Reads EDN (Clojure's data notation), as far as Jepsen writes it: nil, booleans, numbers, strings, characters, keywords
 * and symbols (as their names), lists, vectors, maps, sets; tags are dropped, `#_` drops what follows. Linear.
 *
 * Written by hand since an error must say its line, which the library `edn-data` cannot: it knows no places, and takes
 * what is cut off for what is whole. Keys and elements are told apart by value, and none may occur twice, as EDN has it.
 */
import type { Value } from '../../model.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { exactNumber } from '../exact-number.ts'
import { DEEPEST, exactText, keyText, listOf, mapOf, recorded, setOf } from '../recorded.ts'

/** A value and the line that it begins on. */
export interface Form {
  readonly line: number
  readonly value: Value
}

/** Every form at the top of a text. `where` names the file. @throws SplitbrainError `bad-history` */
export function readEdn(text: string, where: string): Form[] {
  const reader = new Reader(text, where, 1)
  const forms: Form[] = []
  for (let form = reader.next(); form !== undefined; form = reader.next()) forms.push(form)
  return forms
}

/** The first form of a line, whatever comes after it. @throws SplitbrainError `bad-history` */
export const firstForm = (text: string, where: string, line: number): Value | undefined =>
  new Reader(text, where, line).next()?.value

/** Brackets, strings, characters, `#{`, `#_`, tags, and everything else up to a delimiter. */
const TOKEN =
  /[\s,]+|;[^\n]*|(#\{|#_|#[A-Za-z][\w.*+!?$%&=<>/-]*|[[\](){}]|"(?:[^"\\]|\\[\s\S])*"?|\\(?:newline|space|tab|return|u[0-9a-fA-F]{4}|.)|[^\s,;[\](){}"]+)/gy
/** How the tokens begin that may go on over lines: strings and characters. */
const MAY_HAVE_LINES = new Set(['"', '\\'])
const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?[NM]?$/
const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['#{', '}'],
])
const CONSTANTS = new Map<string, Value>([
  ['nil', null],
  ['true', true],
  ['false', false],
])
const CHARACTERS = new Map([
  ['newline', '\n'],
  ['space', ' '],
  ['tab', '\t'],
  ['return', '\r'],
])
const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
])

class Reader {
  readonly #tokens: { readonly text: string; readonly line: number }[] = []
  #at = 0
  #depth = 0

  constructor(
    text: string,
    readonly where: string,
    first: number,
  ) {
    let line = first
    for (const [whole, token] of text.matchAll(TOKEN)) {
      if (token !== undefined) this.#tokens.push({ text: token, line })
      if (token === undefined || MAY_HAVE_LINES.has(token[0]!)) line += linesIn(whole)
    }
  }

  /** The next form at the top; undefined at the end. */
  next(): Form | undefined {
    this.#skipDropped()
    const token = this.#tokens[this.#at]
    return token === undefined ? undefined : { line: token.line, value: this.#form() }
  }

  /** `#_ #_ a b` drops both: what the first drops comes after what the second does. */
  #skipDropped(): void {
    while (this.#tokens[this.#at]?.text === '#_') {
      this.#at++
      this.#form()
    }
  }

  #form(): Value {
    const from = this.#tokens[this.#at]
    if (++this.#depth > DEEPEST) throw this.#bad(from?.line ?? 1, `more than ${DEEPEST} levels`, 'fewer')
    this.#skipDropped()
    const token = this.#tokens[this.#at]
    if (token === undefined) throw this.#cutOff('a value')
    this.#at++
    const value = this.#formAt(token.text, token.line)
    this.#depth--
    return value
  }

  #formAt(text: string, line: number): Value {
    if (CLOSING.has(text)) return this.#collection(text, line)
    if (/^[\])}]$/.test(text)) throw this.#bad(line, `${text} closes nothing`, 'a value')
    if (/^#[A-Za-z]/.test(text)) return this.#form()
    return this.#atom(text, line)
  }

  #collection(open: string, line: number): Value {
    const items: Value[] = []
    const close = CLOSING.get(open)!
    for (;;) {
      this.#skipDropped()
      const token = this.#tokens[this.#at]
      if (token === undefined) throw this.#cutOff(`the ${close} of the ${open} of line ${line}`)
      if (token.text === close) break
      items.push(this.#form())
    }
    this.#at++
    if (open === '{') return this.#map(items, line)
    if (open !== '#{') return listOf(items)
    this.#eachOnce(items, 'a set has the element', line)
    return setOf(items)
  }

  #map(items: readonly Value[], line: number): Value {
    if (items.length % 2 !== 0) throw this.#bad(line, 'a map has a key without a value', 'keys and values in turn')
    const keys: Value[] = []
    const entries: [string, Value][] = []
    for (let i = 0; i < items.length; i += 2) {
      keys.push(items[i]!)
      entries.push([keyText(items[i]!), items[i + 1]!])
    }
    this.#eachOnce(keys, 'a map has the key', line)
    return mapOf(entries)
  }

  #eachOnce(values: readonly Value[], what: string, line: number): void {
    if (values.every(isText) && new Set(values).size === values.length) return // nearly all are
    const seen = new Set<string>()
    for (const value of values) {
      const text = exactText(value)
      if (seen.has(text)) throw this.#bad(line, `${what} ${text} twice`, 'each once')
      seen.add(text)
    }
  }

  #atom(text: string, line: number): Value {
    const constant = CONSTANTS.get(text)
    if (constant !== undefined) return constant
    if (text.startsWith('"')) return this.#string(text, line)
    if (text.startsWith('\\')) return characterOf(text.slice(1))
    if (text.startsWith('#'))
      throw this.#bad(line, `${text} is not read`, 'a value, such as 1, "x", :x, [1 2] or {:x 1}')
    if (/^[+-]?\d/.test(text)) return this.#number(text, line)
    return text.replace(/^:/, '')
  }

  #string(text: string, line: number): string {
    if (text.length < 2 || !text.endsWith('"')) throw this.#cutOff(`the end of the string of line ${line}`)
    return text.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => unescaped(code))
  }

  #number(text: string, line: number): Value {
    if (!NUMBER.test(text)) throw this.#bad(line, `${text} is not a number that can be read`, 'an integer or a decimal')
    try {
      return recorded(exactNumber(text.replace(/[NM]$/, '')), this.where)
    } catch (thrown) {
      if (!(thrown instanceof SyntaxError)) throw thrown
      throw this.#bad(line, thrown.message, 'an integer or a decimal')
    }
  }

  #cutOff(missing: string): SplitbrainError {
    const line = this.#tokens.at(-1)?.line ?? 1
    return this.#bad(line, 'the file is cut off', missing)
  }

  #bad(line: number, found: string, expected: string): SplitbrainError {
    return new SplitbrainError('bad-history', `${this.where}, line ${line}: ${found}; expected ${expected}`)
  }
}

const isText = (value: Value): boolean => typeof value === 'string'

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

const characterOf = (name: string): string =>
  CHARACTERS.get(name) ?? (name.length > 1 ? String.fromCharCode(Number.parseInt(name.slice(1), 16)) : name)

const unescaped = (code: string): string =>
  code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES.get(code) ?? code)
