/** What tells the processes of a role apart, so that their ids are more than names. Ends the search with that symmetry. */
import type { Renaming, Role } from './renaming.ts'

export class Asymmetry extends Error {
  /** @param what who tells which ids apart, by what */
  constructor(
    readonly role: string,
    readonly what: string,
  ) {
    super(what)
  }
}

/** The first role of which a renaming moves an id. */
export const movedBy = (roles: readonly Role[], by: Renaming): Role =>
  roles.find(({ ids }) => ids.some((id) => by.has(id)))!

/** A renaming in words: `with client1 and client2 exchanged`. */
export function renamingText(by: Renaming): string {
  const [first, second] = [...by]
  if (by.size === 2 && first![0] === second![1]) return `with ${first![0]} and ${first![1]} exchanged`
  return `with ${[...by].map(([from, to]) => `${from} called ${to}`).join(', ')}`
}
