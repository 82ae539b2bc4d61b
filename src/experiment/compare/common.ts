/** What two models both speak of: actions by their names, and of processes and shared variables the fields that both have. */
import type { Model, State, Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'

interface Field {
  readonly name: string
  readonly ours: number
  readonly theirs: number
  /** Of a process: those of its fields; absent of a shared variable. */
  readonly fields?: readonly string[]
}

export interface Common {
  readonly groups: ReadonlySet<string>
  readonly components: readonly Field[]
}

export function commonOf(ours: Model, theirs: Model): Common {
  const groups = new Set(ours.groups.filter((group) => theirs.groups.includes(group)))
  const components = ours.components.flatMap((component, at): Field[] => {
    const other = theirs.components.findIndex(({ name, kind }) => name === component.name && kind === component.kind)
    if (other < 0) return []
    if (component.kind === 'shared') return [{ name: component.name, ours: at, theirs: other }]
    if (component.kind !== 'process') return []
    const [some, more] = [fieldsOf(component.start), fieldsOf(theirs.components[other]!.start)]
    return [{ name: component.name, ours: at, theirs: other, fields: some.filter((field) => more.includes(field)) }]
  })
  return { groups, components }
}

const fieldsOf = (value: Value): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : [])

/** What is seen of a state: two are told apart by this alone. */
export const seenOf = ({ components }: Common, side: 'ours' | 'theirs', state: State): string =>
  components
    .map(({ fields, [side]: at }) => {
      const value = state[at]!
      if (fields === undefined) return textOf(value)
      const record = value as Readonly<Record<string, Value>>
      return fields.map((field) => (record[field] === undefined ? '' : textOf(record[field]))).join(',')
    })
    .join('|')
