/** Steps and changes in words, for reasons, reports and explanations: `n2 receives Vote{term 1} from n1`. */
import type { Message, Step, Value } from '../model.ts'
import { show } from '../value/show.ts'
import { oneLine } from '../value/visible.ts'
import { describePart } from './collection-change.ts'
import type { Change } from './trace.ts'
import { MESSAGE } from './trace.ts'

/** What happened, in one line. `showMessage` may name the message in another way. */
export function describeStep(step: Step, showMessage: (message: Message) => string = show): string {
  return oneLine(described(step, showMessage)).trim() // names in a trace are anybody's
}

function described({ action, process, arguments: args }: Step, showMessage: (message: Message) => string): string {
  const { [MESSAGE]: message, ...rest } = args
  if (action === 'crash' && 'amid' in args) return cutShort(process, args, showMessage)
  if (message !== undefined) return describeMessage(action, process, showMessage(message as Message), rest)
  const ofNetwork = process === null ? networkText(action, Object.keys(rest)) : undefined
  if (ofNetwork !== undefined) return `${ofNetwork}${inBrackets(rest)}`
  return `${process ?? 'environment'} ${(process ? named(FAULTS, action) : undefined) ?? action}${inBrackets(rest)}`
}

/** A step that a crash cuts short: `client1 acquire, crashing once its message reached server2`. */
function cutShort(
  process: string | null,
  { amid, ...args }: Step['arguments'],
  showMessage: (message: Message) => string,
): string {
  const isHowFar = (name: string) => /^reached \d+$/.test(name)
  const rest = Object.entries(args).filter(([name]) => !isHowFar(name))
  const step = { action: String(amid), process, arguments: Object.fromEntries(rest) }
  return `${described(step, showMessage)}, crashing ${howFar(Object.entries(args).filter(([name]) => isHowFar(name)))}`
}

/** The last send is the one that a crash came amid. */
function howFar(sends: readonly (readonly [name: string, reached: Value])[]): string {
  const [name = '', reached] = sends.at(-1) ?? []
  const number = Number(name.slice('reached '.length))
  const receivers = reached instanceof Set ? [...reached].join(' and ') : ''
  if (receivers === '') return `after ${number - 1} of its sends`
  return `once ${number === 1 ? 'its message' : `send ${number}`} reached ${receivers}`
}

/** The actions that splitbrain brings along, as sentences; others are told by their names. */
const FAULTS: Readonly<Record<string, string>> = {
  crash: 'crashes',
  restart: 'restarts',
  pause: 'pauses',
  resume: 'resumes',
}
const NETWORK: Readonly<Record<string, string>> = {
  partition: 'the network is cut in two',
  'partition unheard': 'a side of the network is not heard',
  'partition link': 'a link is cut',
  'partition groups': 'the network is cut',
  heal: 'the network heals',
  'heal link': 'a link heals',
}

const networkText = (action: string, names: readonly string[]): string | undefined =>
  named(NETWORK, [action, ...names].join(' ')) ?? named(NETWORK, action)

const VERBS: Readonly<Record<string, string>> = { receive: 'receives', duplicate: 'receives a copy of', lose: 'loses' }

function describeMessage(
  action: string,
  process: string | null,
  message: string,
  { from, to, ...rest }: Readonly<Record<string, Value>>,
): string {
  const ends = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`].join('')
  return `${process ?? 'the network'} ${named(VERBS, action) ?? action} ${message}${ends}${inBrackets(rest)}`
}

/** Own entries only: an action may be called `constructor`. */
const named = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const inBrackets = (args: Readonly<Record<string, Value>>): string => {
  const texts = Object.entries(args).map(([name, value]) => `${name} ${show(value)}`)
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`
}

/** Where a change is: `n1.term`, `n1→n2`. */
export const placeOf = ({ component, path }: Change): string =>
  path === '' ? component : path.startsWith('[') ? `${component}${path}` : `${component}.${path}`

/** A change at `place`: `term 0 → 1`; of a list or a set what came and what went, `log + {term 2}`. */
export function describeChange(change: Change, place: string): string {
  const { before, after } = change
  if (before === undefined || after === undefined) return describeWholly(change, place)
  return describePart(oneLine(place), before, after) ?? describeWholly(change, place)
}

/** The same with all that was and is, for where it is not certain what was: `log [1] → [1, 2]`. */
export function describeWholly({ before, after }: Change, place: string): string {
  const where = oneLine(place)
  if (before === undefined) return `${where} = ${show(after!)} (new)`
  if (after === undefined) return `${where} is gone (was ${show(before)})`
  return `${where} ${show(before)} → ${show(after)}`
}
