/** The faults of a declaration. A fault that is misspelt would never strike, and the protocol hold for nothing. */
import { found } from '../value/found.ts'
import { type BUDGETS, MOST_FAULTS, UNLIMITED } from './budgets.ts'
import { checkKeys, isTable, refuse, refuseName } from './refuse.ts'

const PARTS: Readonly<Record<string, readonly string[]>> = {
  crash: ['roles', 'restart', 'budget'],
  pause: ['roles', 'budget'],
  lose: ['messages', 'budget'],
  duplicate: ['messages', 'budget'],
  partition: ['roles', 'cut', 'oneWay', 'heal', 'budget'],
} satisfies Record<keyof typeof BUDGETS, readonly string[]>

/** Which list of an entry says what it strikes, of faults that may be a list of entries. */
const NAMED: Readonly<Record<string, keyof Declared>> = {
  crash: 'roles',
  pause: 'roles',
  lose: 'messages',
  duplicate: 'messages',
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  restart: ['later', 'at once', 'never'],
  cut: ['sides', 'links'],
  heal: ['later', 'never'],
}

/** What a declaration has declared, by name. */
export interface Declared {
  readonly roles: readonly string[]
  readonly messages: readonly string[]
}

/** @throws SplitbrainError `bad-protocol` */
export function checkFaults(faults: unknown, declared: Declared): void {
  if (!isTable(faults)) refuse(`faults is ${found(faults)}`, `some of ${Object.keys(PARTS).join(', ')}: { lose: true }`)
  checkKeys('faults', faults, Object.keys(PARTS))
  for (const [fault, text] of Object.entries(faults)) if (text !== undefined) checkFault(fault, text, declared)
}

function checkFault(fault: string, text: unknown, declared: Declared): void {
  const where = `faults.${fault}`
  const named = NAMED[fault]
  if (Array.isArray(text) && named !== undefined) {
    checkEntries(where, fault, text, declared)
    return
  }
  const strikesRoles = named === 'roles'
  if (strikesRoles ? declared.roles.includes(text as string) : text === true) return
  if (strikesRoles && typeof text === 'string') refuseName(`${where} is ${found(text)}`, text, declared.roles)
  const short = strikesRoles ? 'the name of a role' : 'true'
  if (!isTable(text)) refuse(`${where} is ${found(text)}`, `${short}, or { ${PARTS[fault]!.join(', ')} }`)
  checkEntry(where, fault, text, declared)
}

/** Each names what it strikes, and nothing is struck by two. */
function checkEntries(where: string, fault: string, entries: readonly unknown[], declared: Declared): void {
  const named = NAMED[fault]!
  const taken: unknown[] = []
  for (const [i, entry] of entries.entries()) {
    const at = `${where}[${i}]`
    if (!isTable(entry)) refuse(`${at} is ${found(entry)}`, `an object: { ${PARTS[fault]!.join(', ')} }`)
    checkEntry(at, fault, entry, declared)
    checkList(`${at}.${named}`, entry[named], declared[named])
    const names = entry[named] as readonly string[]
    if (names.length === 0) refuse(`${at}.${named} is empty`, `what it strikes, some of ${declared[named].join(', ')}`)
    const twice = names.find((name) => taken.includes(name))
    if (twice !== undefined)
      refuse(`${at}.${named} names ${twice}, as one before it does`, 'it once: it has one budget')
    taken.push(...names)
  }
}

function checkEntry(where: string, fault: string, text: Readonly<Record<string, unknown>>, declared: Declared): void {
  const { roles, messages } = declared
  checkKeys(where, text, PARTS[fault]!)
  if (NAMED[fault] === 'roles' || text.roles !== undefined) checkList(`${where}.roles`, text.roles, roles)
  if (text.messages !== undefined) checkList(`${where}.messages`, text.messages, messages)
  for (const [part, words] of Object.entries(WORDS)) {
    if (text[part] !== undefined) checkDeclared(`${where}.${part}`, text[part], words)
  }
  if (text.oneWay !== undefined && typeof text.oneWay !== 'boolean') {
    refuse(`${where}.oneWay is ${found(text.oneWay)}`, 'true, or nothing')
  }
  if (text.budget !== undefined) checkBudget(`${where}.budget`, text.budget)
}

function checkList(where: string, list: unknown, known: readonly string[]): void {
  if (!Array.isArray(list)) refuse(`${where} is ${found(list)}`, `a list of ${known.join(', ')}`)
  for (const [i, name] of list.entries()) checkDeclared(`${where}[${i}]`, name, known)
}

function checkDeclared(where: string, name: unknown, known: readonly string[]): void {
  if (!known.includes(name as string)) refuseName(`${where} is ${found(name)}`, String(name), known)
}

function checkBudget(where: string, budget: unknown): void {
  if (budget === UNLIMITED) return
  if (Number.isInteger(budget) && Number(budget) >= 0 && Number(budget) <= MOST_FAULTS) return
  refuse(
    `${where} is ${found(budget)}`,
    `how often the fault may strike, an integer from 0 to ${MOST_FAULTS}, or '${UNLIMITED}'`,
  )
}
