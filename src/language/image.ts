/**
 * What a mapping answers, as a state of the abstract protocol. Parts that are missing or too many are the mapping's
 * mistake, and refused; a value that does not fit its schema is an answer: the state stands for none of that protocol.
 */
import type { Image, Model, Value } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { asPlain } from '../value/plain.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { isTable } from './refuse.ts'

type Table = Readonly<Record<string, unknown>>

/** @param roles of the abstract protocol; one without fields may be left out of an answer */
export function imageFor(abstract: Model, roles: readonly string[]): (answer: unknown) => Image {
  const shared = abstract.components.filter(({ kind }) => kind === 'shared').map(({ name }) => name)
  const idsOf = (role: string) =>
    abstract.components.flatMap((component) =>
      component.kind === 'process' && component.role === role ? [component] : [],
    )
  const parts = [...roles, ...(shared.length === 0 ? [] : ['shared'])]
  return (answer) => {
    const told = asPlain(answer)
    if (!isTable(told)) return misuse(`found ${found(told)}`, `an object: { ${parts.join(', ')} }`)
    admitNames('', told, parts)
    const values = new Map<string, unknown>()
    for (const role of roles) {
      const components = idsOf(role)
      const isBare = components.every(({ start }) => Object.keys(start as object).length === 0)
      const processes = told[role] ?? (isBare ? components.map(() => ({})) : undefined)
      for (const [id, value] of processesAt(
        role,
        processes,
        components.map(({ name }) => name),
      ))
        values.set(id, value)
    }
    if (shared.length > 0) {
      if (!isTable(told.shared)) return misuse(`shared is ${found(told.shared)}`, `an object: { ${shared.join(', ')} }`)
      admitNames('shared.', told.shared, shared)
      for (const name of shared) values.set(name, told.shared[name])
    }
    return stateOf(abstract, values)
  }
}

/** By id, whether they are told in order or by id. */
function processesAt(role: string, told: unknown, ids: readonly string[]): (readonly [id: string, value: unknown])[] {
  if (Array.isArray(told)) {
    if (told.length === ids.length) return ids.map((id, i) => [id, told[i]])
    return misuse(`${role} has ${told.length} processes`, `${ids.length}: ${ids.join(', ') || 'none'}`)
  }
  if (!isTable(told)) return misuse(`${role} is ${found(told)}`, `the processes in order, or by id: ${ids.join(', ')}`)
  admitNames(`${role}.`, told, ids)
  return ids.map((id) => [id, told[id]])
}

function stateOf({ components }: Model, values: ReadonlyMap<string, unknown>): Image {
  const state: Value[] = []
  for (const { name, mismatch } of components) {
    const told = values.get(name)
    if (told === undefined) return misuse(`there is no ${name}`, 'its value')
    const value = canonical(told, name)
    const problem = mismatch(value)
    if (problem !== undefined) return { misfit: `${name}: ${problem}` }
    state.push(value)
  }
  return { state }
}

function admitNames(where: string, told: Table, known: readonly string[]): void {
  const other = Object.keys(told).find((name) => !known.includes(name))
  if (other === undefined) return
  misuse(
    `there is no ${where}${other}${didYouMean(other, known)}`,
    known.map((name) => `${where}${name}`).join(', ') || 'none',
  )
}

/** @throws SplitbrainError `bad-property` always */
function misuse(what: string, expected: string): never {
  throw new SplitbrainError('bad-property', `the mapping to the abstract state: ${what}; expected ${expected}`)
}
