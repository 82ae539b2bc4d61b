/**
 * Probes: the questions that a body can put to the value of a component, and their answers as small integers.
 *
 * A probe is a question about a value of a sort, wherever it stands: what is at `log.0`, how long is `log`, which keys
 * has `next`, is `n2` in `votes`, what is the whole of `entries`. Two values that answer alike are in one class of the
 * probe; classes are numbered from 0 as they turn up. A probe that is asked where nothing of the kind exists answers
 * `nowhere`, so the answer to a deep question also tells that the containers on its path are there: that is why the
 * engine need not ask about those separately.
 */
import type { Value } from '../../model.ts'
import { textOf, toJson } from '../../value/canonical.ts'
import { Columns, UNKNOWN } from './columns.ts'
import type { Place, Question } from './question.ts'
import type { Asked } from './spot.ts'
import type { ValueTable } from './value-table.ts'

interface Probe {
  readonly table: ValueTable
  readonly question: Question
  readonly classes: Map<string, number>
  /** How many classes there are. */
  size: number
}

export class Probes {
  /** `answers.of[probe][value id]` is the class of the value, where it is 0 or more (columns.ts). */
  readonly answers = new Columns()
  readonly #probes: Probe[] = []
  readonly #ids = new Map<string, number>()

  /** The id of a question about the values of a table. */
  idOf(table: ValueTable, question: Question): number {
    const key = `${table.sort}\n${keyOf(question)}`
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.answers.add(table)
      this.#probes.push({ table, question, classes: new Map(), size: 0 })
      this.#ids.set(key, id)
    }
    return id
  }

  /** The same of a question that is put again and again. It is always about the same table. */
  probeOf(table: ValueTable, asked: Asked): number {
    if (asked.probe < 0) asked.probe = this.idOf(table, asked.question)
    return asked.probe
  }

  questionOf(probe: number): Question {
    return this.#probes[probe]!.question
  }

  /** How many different answers a probe has had. */
  answersOf(probe: number): number {
    return this.#probes[probe]!.size
  }

  /** The class of a value under a probe. */
  answer(probe: number, value: number): number {
    const known = this.answers.get(probe, value)
    if (known !== UNKNOWN) return known
    const reply = this.#reply(this.#probes[probe]!, value)
    this.answers.set(probe, value, reply)
    return reply
  }

  #reply(probe: Probe, value: number): number {
    const { table, question, classes } = probe
    const root = table.valueOf(value) // so the table knows it, and the columns have grown with the table
    if (question.ask === 'whole' && question.place.length === 0) return probe.size++ // no other value answers like it
    const text = replyTo(question, root)
    let reply = classes.get(text)
    if (reply === undefined) {
      reply = probe.size++
      classes.set(text, reply)
    }
    return reply
  }
}

/** Distinct questions have distinct keys. */
export function keyOf(question: Question): string {
  const detail = 'element' in question ? toJson(question.element) : question.ask === 'in' ? question.key : null
  return JSON.stringify([question.ask, question.place, detail])
}

const NOWHERE = 'nowhere'
const ABSENT = 'absent'

/** The answer, as a text: equal texts, equal answers. */
function replyTo(question: Question, root: Value): string {
  const found = follow(root, question.place)
  if (typeof found === 'string') return found
  const { value } = found
  switch (question.ask) {
    case 'at':
      return typeof value === 'object' && value !== null ? kindOf(value) : textOf(value)
    case 'length':
      if (Array.isArray(value)) return `array of ${value.length}`
      return value instanceof Set ? `set of ${value.size}` : NOWHERE
    case 'keys':
      return isObject(value) ? JSON.stringify(Object.keys(value)) : NOWHERE
    case 'in':
      return isObject(value) ? String(Object.hasOwn(value, question.key)) : NOWHERE
    case 'has':
      return value instanceof Set ? String(value.has(question.element)) : NOWHERE
    case 'indexOf':
      return Array.isArray(value) ? String(value.indexOf(question.element)) : NOWHERE
    case 'whole':
      return `= ${textOf(value)}`
  }
}

/** The value at a place; `absent` where only its last step leads nowhere. */
function follow(root: Value, place: Place): { value: Value } | typeof NOWHERE | typeof ABSENT {
  let value = root
  for (const [i, step] of place.entries()) {
    const fits = typeof step === 'number' ? Array.isArray(value) : isObject(value)
    if (!fits) return NOWHERE
    if (!Object.hasOwn(value as object, step)) return i === place.length - 1 ? ABSENT : NOWHERE
    value = (value as Record<string | number, Value>)[step]!
  }
  return { value }
}

function kindOf(value: object): string {
  return Array.isArray(value) ? 'an array' : value instanceof Set ? 'a set' : 'an object'
}

function isObject(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
}
