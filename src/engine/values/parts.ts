/**
 * Values taken apart: a record into its fields, an array into its elements, each with a number in a table of its own. A
 * variable with 100,000 values has fields with a few: what is made of a field is worked out for these few, and put
 * together to the variable's value by numbers (memo/writings.ts).
 *
 * Sets and primitives have no parts, nor has an empty record or array.
 */
import type { Value } from '../../model.ts'
import { isContainer } from '../../value/value-set.ts'
import type { Step } from './question.ts'
import { ValueTable } from './value-table.ts'

/** Values with the same fields, or of one length. */
export interface Shape {
  readonly steps: readonly Step[]
  /** Where a part stands among the others. */
  readonly placeOf: ReadonlyMap<Step, number>
  /** The values, by the numbers of their parts. */
  readonly byParts: Map<string, number>
}

export interface Apart {
  readonly shape: Shape
  /** The numbers of the parts, each in the table of its step. */
  readonly parts: Int32Array
}

export class Parts {
  readonly #apart: (Apart | null)[] = []
  readonly #shapes = new Map<string, Shape>()
  readonly #tables = new Map<Step, ValueTable>()

  constructor(readonly whole: ValueTable) {}

  /** The parts of the value with this id; null where it has none. */
  of(id: number): Apart | null {
    let apart = this.#apart[id]
    if (apart === undefined) {
      apart = this.#taken(this.whole.valueOf(id), id)
      this.#apart[id] = apart
    }
    return apart
  }

  /** The table of what stands at this step. */
  table(step: Step): ValueTable {
    let table = this.#tables.get(step)
    if (table === undefined) {
      table = new ValueTable(`${this.whole.sort}.${step}`)
      this.#tables.set(step, table)
    }
    return table
  }

  /** Takes note of the parts of a value that was put together from them. */
  note(id: number, apart: Apart): void {
    this.#apart[id] ??= apart
    apart.shape.byParts.set(apart.parts.join(), id)
  }

  /** The id of the value of this shape that has these parts, where that is known. */
  idOf({ byParts }: Shape, parts: Int32Array): number | undefined {
    return byParts.get(parts.join())
  }

  #taken(value: Value, id: number): Apart | null {
    if (!isContainer(value) || value instanceof Set) return null
    const isArray = Array.isArray(value)
    const steps: readonly Step[] = isArray ? [...value.keys()] : Object.keys(value)
    if (steps.length === 0) return null
    const shape = this.#shapeOf(isArray ? `${steps.length}` : JSON.stringify(steps), steps)
    const parts = Int32Array.from(steps, (step) => this.table(step).intern((value as Record<Step, Value>)[step]!))
    shape.byParts.set(parts.join(), id)
    return { shape, parts }
  }

  #shapeOf(key: string, steps: readonly Step[]): Shape {
    let shape = this.#shapes.get(key)
    if (shape === undefined) {
      shape = { steps, placeOf: new Map(steps.map((step, place) => [step, place])), byParts: new Map() }
      this.#shapes.set(key, shape)
    }
    return shape
  }
}
