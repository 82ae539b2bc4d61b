/** The ids of the roles that are searched up to symmetry, numbered through, role by role. */
import type { Renaming, Role } from './renaming.ts'

/** What each id becomes, by number. */
export type Images = Int8Array | readonly number[]

export class Names {
  readonly ids: readonly string[]
  readonly numbers: ReadonlyMap<string, number>
  /** By id: its role. */
  readonly roleOf: readonly number[]

  constructor(readonly roles: readonly Role[]) {
    this.ids = roles.flatMap(({ ids }) => ids)
    this.numbers = new Map(this.ids.map((id, number) => [id, number]))
    this.roleOf = roles.flatMap(({ ids }, role) => ids.map(() => role))
  }

  get size(): number {
    return this.ids.length
  }

  imagesOf(by: Renaming): Int8Array {
    return Int8Array.from(this.ids, (id) => this.numbers.get(by.get(id) ?? id)!)
  }

  /** The renaming with these images; of some ids only, where they are given. */
  renamingOf(images: Images, some: Iterable<number> = this.ids.keys()): Renaming {
    const by = new Map<string, string>()
    for (const number of some) if (images[number] !== number) by.set(this.ids[number]!, this.ids[images[number]!]!)
    return by
  }
}
