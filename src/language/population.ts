/** Who takes part: the processes of a model, by role and by name. */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { AnyDeclaration } from './declaration.ts'

export interface Member {
  readonly id: string
  readonly role: string
}

/** The processes in the order of the roles' declaration: n1, n2, n3. @throws SplitbrainError `bad-protocol` */
export function membersOf(
  declaration: AnyDeclaration,
  population: Readonly<Record<string, number>>,
): readonly Member[] {
  const members = Object.entries(declaration.roles ?? {}).flatMap(([role, { prefix }]) => {
    const count = population[role]
    if (count === undefined || !Number.isInteger(count) || count < 0) {
      throw new SplitbrainError(
        'bad-protocol',
        `population.${role} is ${count}; expected how many processes of that role there are, an integer from 0`,
      )
    }
    return Array.from({ length: count }, (_, i) => ({ id: `${prefix ?? role}${i + 1}`, role }))
  })
  const ids = new Set(members.map((member) => member.id))
  if (ids.size < members.length) {
    throw new SplitbrainError('bad-protocol', 'two roles name their processes alike; give one of them another prefix')
  }
  return members
}

/** The ids of each role. */
export function idsByRole(declaration: AnyDeclaration, members: readonly Member[]): Record<string, readonly string[]> {
  const roles = Object.keys(declaration.roles ?? {})
  return Object.freeze(
    Object.fromEntries(
      roles.map((role) => [role, Object.freeze(members.filter((m) => m.role === role).map((m) => m.id))]),
    ),
  )
}
