/**
 * The cuts that a partition may make, where a definition gives them: by its groups, of which none hears another. Whoever
 * is in no group hears everybody, so that two who cannot talk may both talk to a third.
 */
import { canonical, textOf } from '../value/canonical.ts'
import { found } from '../value/found.ts'
import type { AnyDeclaration } from './declaration.ts'
import { knownNames } from './known-names.ts'
import { refuse } from './refuse.ts'

/** Ids, group by group. */
export type Cut = readonly (readonly string[])[]

export interface Cuts {
  readonly cuts?: (ids: object) => unknown
}

const EXAMPLE = '({ server }) => [[[server[0]], [server[1], server[2]]]]'

/** Undefined where none are given: all are possible. @throws SplitbrainError `bad-protocol` */
export function cutsOf(
  { faults }: AnyDeclaration,
  { cuts }: Cuts,
  ids: Readonly<Record<string, readonly string[]>>,
): readonly Cut[] | undefined {
  if (cuts === undefined) return undefined
  const partition = faults?.partition
  if (partition === undefined) refuse('cuts are given, and no partition is declared', 'faults: { partition: true }')
  for (const part of ['roles', 'cut'] as const) {
    if (partition !== true && partition[part] !== undefined)
      refuse(`cuts are given, and so is faults.partition.${part}`, 'one of them: each says what is cut')
  }
  if (typeof cuts !== 'function') refuse(`cuts is ${found(cuts)}`, `a function: ${EXAMPLE}`)
  const given = cuts(knownNames(ids, { owner: 'ids', noun: 'role' }))
  if (!Array.isArray(given) || given.length === 0)
    refuse(`cuts gives ${given === undefined ? 'nothing' : sized(given)}`, `at least one cut: ${EXAMPLE}`)
  const known = Object.values(ids).flat()
  for (const [i, cut] of given.entries()) checkCut(`cuts[${i}]`, cut, known)
  const texts = given.map((cut) => textOf(canonical(cut, 'cuts')))
  const twice = texts.findIndex((text, i) => texts.indexOf(text) < i)
  if (twice >= 0) refuse(`cuts[${twice}] is cuts[${texts.indexOf(texts[twice]!)}] once more`, 'each cut once')
  return given
}

function checkCut(where: string, cut: unknown, known: readonly string[]): asserts cut is Cut {
  if (!Array.isArray(cut) || cut.length < 2) refuse(`${where} is ${sized(cut)}`, 'two groups of ids, or more')
  const taken: unknown[] = []
  for (const [i, group] of cut.entries()) {
    if (!Array.isArray(group) || group.length === 0) refuse(`${where}[${i}] is ${sized(group)}`, 'a group: some ids')
    for (const [at, id] of group.entries()) {
      if (!known.includes(id))
        refuse(`${where}[${i}][${at}] is ${found(id)}`, `the id of a process, of ${known.join(', ')}`)
      if (taken.includes(id)) refuse(`${where}[${i}][${at}] is ${id}, as one before it is`, 'it in one group at most')
      taken.push(id)
    }
  }
}

/** An array that is too short says how long it is. */
const sized = (value: unknown): string => (Array.isArray(value) ? `an array of ${value.length}` : found(value))
