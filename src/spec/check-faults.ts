/** The faults of a declaration. A fault that is misspelt would never strike, and the protocol hold for nothing. */
import { found } from '../value/found.ts'
import { type BUDGETS, MOST_FAULTS, UNLIMITED } from './budgets.ts'
import { checkKeys, isTable, refuse, refuseName } from './refuse.ts'

const PARTS: Readonly<Record<string, readonly string[]>> = {
  crash: ['roles', 'restart', 'amid', 'budget'],
  pause: ['roles', 'budget'],
  lose: ['messages', 'budget'],
  duplicate: ['messages', 'budget'],
  partition: ['roles', 'cut', 'oneWay', 'heal', 'budget'],
} satisfies Record<keyof typeof BUDGETS, readonly string[]>

const RESTARTS = ['later', 'at once', 'never']
const AMID = ['sends', 'nothing']
const CUTS = ['sides', 'links']
const HEALS = ['later', 'never']

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

function checkFault(fault: string, text: unknown, { roles, messages }: Declared): void {
  const where = `faults.${fault}`
  const parts = PARTS[fault]!
  const strikesRoles = fault === 'crash' || fault === 'pause'
  if (strikesRoles ? roles.includes(text as string) : text === true) return
  if (strikesRoles && typeof text === 'string') refuseName(`${where} is ${found(text)}`, text, roles)
  const short = strikesRoles ? 'the name of a role' : 'true'
  if (!isTable(text)) refuse(`${where} is ${found(text)}`, `${short}, or { ${parts.join(', ')} }`)
  checkKeys(where, text, parts)
  if (strikesRoles || text.roles !== undefined) checkList(`${where}.roles`, text.roles, roles)
  if (text.messages !== undefined) checkList(`${where}.messages`, text.messages, messages)
  if (text.restart !== undefined) checkDeclared(`${where}.restart`, text.restart, RESTARTS)
  if (text.amid !== undefined) checkDeclared(`${where}.amid`, text.amid, AMID)
  if (text.cut !== undefined) checkDeclared(`${where}.cut`, text.cut, CUTS)
  if (text.heal !== undefined) checkDeclared(`${where}.heal`, text.heal, HEALS)
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
