/**
 * What writes make of the values of a table: as functions of their ids, worked out part by part where that will do. To
 * note that a job is done changes one field of one element, of which there are few, and not a list of jobs, of which
 * there are many.
 */
import { enableMapSet, Immer } from 'immer'
import type { Value } from '../../model.ts'
import { canonical, textOf } from '../../value/canonical.ts'
import { Columns, UNKNOWN } from '../values/columns.ts'
import { Parts, type Shape } from '../values/parts.ts'
import type { Step } from '../values/question.ts'
import type { ValueTable } from '../values/value-table.ts'
import type { Write } from './draft.ts'
import { filled, furtherIn } from './reuse.ts'

/** Writes to one value. */
interface Writing {
  readonly writes: readonly Write[]
  /** What they do further in, by step; undefined where they change which parts there are. */
  readonly inner: readonly Inner[] | undefined
  /** The length that they leave an array. */
  readonly length: number | undefined
}

interface Inner {
  readonly step: Step
  readonly writings: Writings
  readonly writing: number
}

export class Writings {
  /** `of[writing][old id]` is the new id. */
  readonly #results = new Columns()
  readonly #writings: Writing[] = []
  readonly #ids = new Map<string, number>()
  readonly #parts: Parts
  readonly #inner = new Map<Step, Writings>()

  /** @param where names the values for errors, such as `n1` */
  constructor(
    readonly table: ValueTable,
    readonly where: string,
  ) {
    this.#parts = new Parts(table)
  }

  idOf(writes: readonly Write[]): number {
    const key = textOf(writes)
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.#results.add(this.table)
      this.#writings.push(this.#writingOf(writes))
      this.#ids.set(key, id)
    }
    return id
  }

  /** The id of what the writes make of an old value. @throws SplitbrainError `not-a-value` */
  apply(writing: number, old: number): number {
    const known = this.#results.get(writing, old)
    if (known !== UNKNOWN) return known
    const id = this.applyAnew(writing, old)
    this.#results.set(writing, old, id)
    return id
  }

  /** The same, for whoever remembers it. */
  applyAnew(id: number, old: number): number {
    const writing = this.#writings[id]!
    const before = this.table.valueOf(old)
    const apart = writing.inner && this.#parts.of(old)
    if (!apart || !fits(writing, apart.shape)) return this.table.intern(written(before, writing.writes, this.where))
    const { shape } = apart
    const parts = apart.parts.slice()
    for (const { step, writings, writing: inner } of writing.inner!) {
      const place = shape.placeOf.get(step)!
      parts[place] = writings.apply(inner, parts[place]!)
    }
    const known = this.#parts.idOf(shape, parts)
    if (known !== undefined) return known
    const joined = (Array.isArray(before) ? [...before] : { ...(before as object) }) as Record<Step, Value>
    for (const { step, writings } of writing.inner!) {
      joined[step] = writings.table.valueOf(parts[shape.placeOf.get(step)!]!)
    }
    const joinedId = this.table.intern(canonical(joined, this.where, before))
    this.#parts.note(joinedId, { shape, parts })
    return joinedId
  }

  #writingOf(writes: readonly Write[]): Writing {
    const byStep = new Map<Step, Write[]>()
    let length: number | undefined
    for (const write of writes) {
      const [step] = write.place
      const further = furtherIn(write, step)
      if (further === undefined) return { writes, inner: undefined, length: undefined }
      if (step !== undefined && (write.write !== 'delete' || further.place.length > 0)) {
        byStep.set(step, [...(byStep.get(step) ?? []), further])
      } else if (write.write === 'resize') length = write.length
      else return { writes, inner: undefined, length: undefined }
    }
    const inner = [...byStep].map(([step, further]): Inner => {
      const writings = this.#innerAt(step)
      return { step, writings, writing: writings.idOf(further) }
    })
    return { writes, inner, length }
  }

  #innerAt(step: Step): Writings {
    let inner = this.#inner.get(step)
    if (inner === undefined) {
      inner = new Writings(this.#parts.table(step), `${this.where}.${step}`)
      this.#inner.set(step, inner)
    }
    return inner
  }
}

/** Whether the writes leave a value of this shape the parts that it has. */
const fits = ({ inner, length }: Writing, { steps, placeOf }: Shape): boolean =>
  (length === undefined || length === steps.length) && inner!.every(({ step }) => placeOf.has(step))

enableMapSet()
const immer = new Immer({ autoFreeze: false }) // whatever becomes part of a state is frozen by `canonical`

type Container = Record<string | number, unknown>

/** The canonical value after some writes. `set` at the empty place makes it another one. */
export function written(old: Value, writes: readonly Write[], where: string): Value {
  const [first] = writes
  if (first?.write === 'set' && first.place.length === 0) {
    return first.reuses === undefined ? first.value : canonical(filled(first, old), where, old)
  }
  const changed = immer.produce(old as Container, (draft) => {
    for (const write of writes) apply(draft, write, old)
  })
  return canonical(changed, where, old)
}

function apply(root: Container, write: Write, old: Value): void {
  const container = write.place.slice(0, write.write === 'set' || write.write === 'delete' ? -1 : undefined)
  let at: unknown = root
  for (const step of container) at = (at as Container)[step]
  const last = write.place.at(-1)!
  switch (write.write) {
    case 'set':
      ;(at as Container)[last] = filled(write, old)
      return
    case 'delete':
      delete (at as Container)[last]
      return
    case 'resize':
      ;(at as unknown[]).length = write.length
      return
    case 'elements':
      for (const element of write.removed) remove(at as Set<Value>, element)
      for (const element of write.added) (at as Set<unknown>).add(element)
  }
}

/** A set that is being changed knows objects by identity. */
function remove(set: Set<Value>, element: Value): void {
  if (set.delete(element) || typeof element !== 'object') return
  const text = textOf(element)
  for (const held of set) if (textOf(held) === text) set.delete(held)
}
