/** What a written spec is about: its roles, messages, network and faults. Drawn first; all text is about these. */
import type { Draw } from './draw.ts'
import { FIELDS, type Field } from './fields.ts'

export interface Role {
  readonly name: string
  readonly processes: number
  readonly fields: readonly Field[]
  readonly durable: readonly string[]
  readonly readable: readonly string[]
}

export interface Message {
  readonly type: string
  readonly fields: readonly Field[]
}

/** What the clients record, and what is asked of it. */
export type Recorded = 'register' | 'queue' | 'counter' | null

export interface World {
  readonly roles: readonly Role[]
  readonly shared: readonly Field[]
  readonly messages: readonly Message[]
  /** The roles that receive. */
  readonly receivers: readonly string[]
  readonly network: string
  readonly faults: readonly string[]
  readonly size: number
  /** Bodies burn what they begin with, so that every run ends. */
  readonly isFuelled: boolean
  readonly hasClocks: boolean
  readonly recorded: Recorded
  /** Nobody is named in it, by place or by name. */
  readonly isImpartial: boolean
}

export function drawWorld(draw: Draw): World {
  const isImpartial = draw.chance(35)
  const names = draw.chance(30) ? ['a', 'b'] : ['a']
  const hasClocks = draw.chance(15)
  const counts = names.length === 1 ? [2, 2, 1, 3, 3] : [1, 2, 1, 0]
  const roles = names.map((name): Role => {
    const fields = draw.some(FIELDS, 100 * (2.6 / FIELDS.length))
    const own = fields.map((field) => field.name)
    return {
      name,
      processes: draw.pick(counts),
      fields,
      durable: draw.some(own),
      readable: draw.some(own, 60),
    }
  })
  const shared = draw.some(FIELDS, 100 * (1.2 / FIELDS.length))
  const isFuelled = draw.chance(55)
  const messages = draw.chance(75) ? drawMessages(draw) : []
  const receivers = messages.length === 0 ? [] : draw.chance(70) ? names : [names.at(-1)!]
  return {
    ...{ roles, shared, messages, receivers, isFuelled, hasClocks, isImpartial },
    network: drawNetwork(draw, isFuelled),
    faults: draw.chance(65) ? drawFaults(draw, names, messages, isFuelled) : [],
    size: draw.below(3),
    recorded: draw.chance(15) ? draw.pick(['register', 'queue', 'counter'] as const) : null,
  }
}

const CARRIED = FIELDS.filter(({ name }) => !/2$/.test(name) && name !== 'm')

function drawMessages(draw: Draw): Message[] {
  const types = draw.chance(40) ? ['Put', 'Note'] : ['Put']
  return types.map((type) => ({ type, fields: draw.some(CARRIED, 100 * (1.3 / CARRIED.length)) }))
}

function drawNetwork(draw: Draw, isFuelled: boolean): string {
  const order = draw.pick(['unordered', 'set', 'fifo'])
  const mustBound = !isFuelled && order !== 'set'
  if (!mustBound && draw.chance(60)) return `'${order}'`
  return `{ order: '${order}', capacity: ${draw.pick([1, 1, 2])} }`
}

function drawFaults(draw: Draw, roles: readonly string[], messages: readonly Message[], isFuelled: boolean): string[] {
  const budget = () => (!isFuelled && draw.chance(25) ? "'unlimited'" : draw.pick(['1', '1', '2']))
  const restart = () => draw.pick(["'later'", "'at once'", "'never'"])
  const quoted = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`
  const types = messages.map(({ type }) => type)
  const crash = () =>
    roles.length > 1 && draw.chance(50)
      ? `crash: [${roles.map((role) => `{ roles: ['${role}'], restart: ${restart()}, budget: ${budget()} }`).join(', ')}]`
      : `crash: { roles: ${quoted(draw.chance(50) ? roles : [roles[0]!])}, restart: ${restart()}, budget: ${budget()} }`
  const ofMessages = (fault: string) =>
    types.length > 1 && draw.chance(50)
      ? `${fault}: [{ messages: ['Put'], budget: ${budget()} }, { messages: ['Note'], budget: ${budget()} }]`
      : `${fault}: { messages: ${quoted(draw.chance(50) ? types : [types[0]!])}, budget: ${budget()} }`
  const partition = () =>
    `partition: { cut: '${draw.pick(['sides', 'links'])}', oneWay: ${draw.chance(50)}, ` +
    `heal: '${draw.pick(['later', 'never'])}', budget: ${budget()} }`
  const faults = [crash, () => `pause: { roles: ${quoted([draw.pick(roles)])}, budget: ${budget()} }`]
  if (types.length > 0)
    faults.push(
      () => ofMessages('lose'),
      () => ofMessages('duplicate'),
      partition,
    )
  const drawn = draw.some(faults, 35)
  return (drawn.length > 0 ? drawn : [draw.pick(faults)]).map((fault) => fault())
}
