/**
 * Reads EDN (Clojure's data notation), as far as Jepsen writes it: nil, booleans, numbers, strings, characters, keywords
 * and symbols (as their names), lists, vectors, maps, sets; tags are dropped, `#_` drops what follows. Linear.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'

/** A value and the line that it begins on. */
export interface Form {
  readonly line: number
  readonly value: unknown
}

/** Every form at the top of a text. `where` names the file. @throws SplitbrainError `bad-history` */
export function readEdn(text: string, where: string): Form[] {
  const reader = new Reader(text, where)
  const forms: Form[] = []
  for (let form = reader.next(); form !== undefined; form = reader.next()) forms.push(form)
  return forms
}

/** Brackets, strings, characters, `#{`, `#_`, tags, and everything else up to a delimiter. */
const TOKEN =
  /[\s,]+|;[^\n]*|(#\{|#_|#[A-Za-z][\w.*+!?$%&=<>/-]*|[[\](){}]|"(?:[^"\\]|\\[\s\S])*"?|\\(?:newline|space|tab|return|u[0-9a-fA-F]{4}|.)|[^\s,;[\](){}"]+)/gy
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '#{': '}' }
const CONSTANTS: Readonly<Record<string, unknown>> = { nil: null, true: true, false: false }
const CHARACTERS: Readonly<Record<string, string>> = { newline: '\n', space: ' ', tab: '\t', return: '\r' }

class Reader {
  readonly #tokens: { readonly text: string; readonly line: number }[] = []
  #at = 0

  constructor(
    text: string,
    readonly where: string,
  ) {
    let line = 1
    for (const [whole, token] of text.matchAll(TOKEN)) {
      if (token !== undefined) this.#tokens.push({ text: token, line })
      line += whole.split('\n').length - 1
    }
  }

  /** The next form at the top; undefined at the end. */
  next(): Form | undefined {
    this.#skipDropped()
    const token = this.#tokens[this.#at]
    return token === undefined ? undefined : { line: token.line, value: this.#form() }
  }

  #skipDropped(): void {
    while (this.#tokens[this.#at]?.text === '#_') {
      this.#at++
      this.#form()
    }
  }

  #form(): unknown {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw this.#cutOff('a value')
    this.#at++
    const { text, line } = token
    if (text in CLOSING) return this.#collection(text, line)
    if (/^[\])}]$/.test(text)) throw this.#bad(line, `${text} closes nothing`, 'a value')
    if (text.startsWith('#') && /^#[A-Za-z]/.test(text)) return this.#form()
    return this.#atom(text, line)
  }

  #collection(open: string, line: number): unknown {
    const items: unknown[] = []
    for (;;) {
      this.#skipDropped()
      const token = this.#tokens[this.#at]
      if (token === undefined) throw this.#cutOff(`the ${CLOSING[open]} of the ${open} of line ${line}`)
      if (token.text === CLOSING[open]) break
      items.push(this.#form())
    }
    this.#at++
    if (open === '#{') return new Set(items)
    return open === '{' ? this.#map(items, line) : items
  }

  #map(items: readonly unknown[], line: number): Record<string, unknown> {
    if (items.length % 2 !== 0) throw this.#bad(line, 'a map has a key without a value', 'keys and values in turn')
    const map: Record<string, unknown> = {}
    for (let i = 0; i < items.length; i += 2) map[String(items[i])] = items[i + 1]
    return map
  }

  #atom(text: string, line: number): unknown {
    if (text in CONSTANTS) return CONSTANTS[text]
    if (text.startsWith('"')) return this.#string(text, line)
    if (text.startsWith('\\')) return characterOf(text.slice(1))
    if (/^[+-]?\d/.test(text)) return this.#number(text, line)
    return text.replace(/^:/, '')
  }

  #string(text: string, line: number): string {
    if (text.length < 2 || !text.endsWith('"')) throw this.#cutOff(`the end of the string of line ${line}`)
    return text.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => unescaped(code))
  }

  #number(text: string, line: number): number {
    const value = Number(text.replace(/[NM]$/, ''))
    if (Number.isFinite(value)) return value
    throw this.#bad(line, `${text} is not a number that can be read`, 'an integer or a decimal')
  }

  #cutOff(missing: string): SplitbrainError {
    const line = this.#tokens.at(-1)?.line ?? 1
    return this.#bad(line, 'the file is cut off', missing)
  }

  #bad(line: number, found: string, expected: string): SplitbrainError {
    return new SplitbrainError('bad-history', `${this.where}, line ${line}: ${found}; expected ${expected}`)
  }
}

const characterOf = (name: string): string =>
  CHARACTERS[name] ?? (name.length > 1 ? String.fromCharCode(Number.parseInt(name.slice(1), 16)) : name)

function unescaped(code: string): string {
  if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
  return { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[code] ?? code
}
