/** What the clients of a written spec record, and the objects that it may be a record of. */
import type { Recorded } from './world.ts'

interface Kind {
  readonly write: string
  readonly read: string
  readonly operations: string
  /** The variable that stands for the object. */
  readonly shared: string
  readonly writes: string
  readonly reads: string
  readonly object: string
  readonly consistencies: readonly string[]
}

const GUARANTEES = ['linearizable', 'sequentiallyConsistent', 'readYourWrites', 'monotonicReads', 'monotonicWrites']

export const KINDS: Readonly<Record<Exclude<Recorded, null>, Kind>> = {
  register: {
    ...{ write: 'write', read: 'read', shared: 'object: Int.default(0)' },
    operations: '{ write: { argument: Int }, read: { result: Int } }',
    ...{ writes: 'shared.object = V', reads: 'shared.object', object: 'register({ initial: 0 })' },
    consistencies: [...GUARANTEES.filter((kind) => kind !== 'monotonicWrites'), 'convergent'],
  },
  counter: {
    ...{ write: 'add', read: 'read', shared: 'object: z.int().default(0)' },
    operations: '{ add: { argument: Int }, read: { result: z.int() } }',
    ...{ writes: 'shared.object += V', reads: 'shared.object', object: 'counterObject' },
    consistencies: GUARANTEES,
  },
  queue: {
    ...{ write: 'enqueue', read: 'dequeue', shared: 'object: z.array(Int).default([])' },
    operations: '{ enqueue: { argument: Int }, dequeue: { result: Int.nullable() } }',
    ...{ writes: 'shared.object.push(V)', reads: 'shared.object.shift() ?? null', object: 'queue()' },
    consistencies: GUARANTEES.slice(0, 2),
  },
}

/** An object that a spec writes itself. */
export const COUNTER = `const counterObject = sequentialObject({
  name: 'sum',
  initial: 0,
  queries: { read: (sum) => sum },
  updates: { add: (sum, n) => ({ state: sum + n }) },
})`

/** How a process records; it has \`open\` and \`calls\`. */
export function recordings(recorded: Recorded): string[] {
  if (recorded === null) return []
  const { write, read, writes, reads } = KINDS[recorded]
  const ifFree = 'if (me.open === null && me.calls < 2)'
  const close = 'me.open = null;'
  return [
    `${ifFree} { me.calls++; me.open = '${write}'; const ~v = cap($int); invoke('${write}', ~v); ${writes.replace('V', '~v')} }`,
    `${ifFree} { me.calls++; me.open = '${write}'; invoke('${write}', cap($int)) }`,
    `${ifFree} { me.calls++; me.open = '${read}'; invoke('${read}') }`,
    `${ifFree} { me.calls++; invoke('${read}'); returns('${read}', ${reads}) }`,
    `if (me.open === '${read}') { ${close} returns('${read}', ${reads}) }`,
    `if (me.open === '${read}') { ${close} returns('${read}', ${reads}) } else if (me.open !== null) { ${close} returns('${write}') }`,
    `if (me.open === '${write}') { ${close} returns('${write}') }`,
    `if (me.open !== null) { const ~o = me.open; ${close} ($bool ? failed : unknown)(~o) }`,
  ]
}
