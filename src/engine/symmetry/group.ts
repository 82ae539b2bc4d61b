/**
 * The group of all renamings of some roles: each role's ids in any order. Of a small one every element is looked at; of a
 * larger one the generators, cycles and some at random, which is said in the result.
 */
import { seeded } from '../walks/random.ts'
import type { Renaming, Role } from './renaming.ts'

/** Up to so many elements, all of them are looked at: four processes of one role, or three of one and two of another. */
const ALL_UP_TO = 24

/** How many at random of a larger group. */
const AT_RANDOM = 12

export interface Sample {
  /** Without the one that changes nothing. */
  readonly renamings: readonly Renaming[]
  /** Whether these are all there are. */
  readonly isWhole: boolean
}

export const orderOf = (roles: readonly Role[]): number =>
  roles.reduce((product, { ids }) => product * factorial(ids.length), 1)

export const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

/** The renamings under which everything is to be checked. */
export function sampleOf(roles: readonly Role[]): Sample {
  if (orderOf(roles) <= ALL_UP_TO) return { renamings: allOf(roles), isWhole: true }
  const renamings = [...roles.flatMap(generators), ...atRandom(roles)]
  return { renamings: distinct(renamings), isWhole: false }
}

/** All but the one that changes nothing; first those that exchange two, which are easiest to read. */
export function allOf(roles: readonly Role[]): Renaming[] {
  const orders = roles.reduce<(readonly string[])[][]>(
    (before, { ids }) => before.flatMap((chosen) => permutations(ids).map((order) => [...chosen, order])),
    [[]],
  )
  const renamings = orders.map((order) => toRenaming(roles, order)).filter((renaming) => renaming.size > 0)
  return renamings.sort((a, b) => a.size - b.size)
}

export function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]]
  return list.flatMap((first, i) => permutations(list.filter((_, j) => j !== i)).map((rest) => [first, ...rest]))
}

/** Every transposition, and the cycle of all. */
function generators({ ids }: Role): Renaming[] {
  const swaps = ids.flatMap((a, i) =>
    ids.slice(i + 1).map(
      (b) =>
        new Map([
          [a, b],
          [b, a],
        ]),
    ),
  )
  return [...swaps, new Map(ids.map((id, i) => [id, ids[(i + 1) % ids.length]!]))]
}

function atRandom(roles: readonly Role[]): Renaming[] {
  const random = seeded(1)
  return Array.from({ length: AT_RANDOM }, () => {
    const order = roles.map(({ ids }) => {
      const shuffled = [...ids]
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1))
        ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
      }
      return shuffled
    })
    return toRenaming(roles, order)
  }).filter((renaming) => renaming.size > 0)
}

const toRenaming = (roles: readonly Role[], orders: readonly (readonly string[])[]): Renaming =>
  new Map(
    roles
      .flatMap(({ ids }, r) => ids.map((id, i) => [id, orders[r]![i]!] as const))
      .filter(([from, to]) => from !== to),
  )

const distinct = (renamings: readonly Renaming[]): Renaming[] => [
  ...new Map(renamings.map((renaming) => [JSON.stringify([...renaming].sort()), renaming])).values(),
]
