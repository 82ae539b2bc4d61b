/**
 * Views (see views.ts) of what every update replaces whole: of a view only its last update shows. So a view is an update,
 * or none yet, and views grow where no later one is of an older update. Linear in results times updates, nearly.
 */
import type { Value } from '../model.ts'
import type { Operation } from './operation.ts'
import type { Meter, Placed } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'
import type { Guarantee } from './views.ts'

/** As `viewOf`, where all `updates` are overwriting, and these and `results` are of one part of the object. */
export function registerViewOf(
  object: SequentialObject,
  updates: readonly Operation[],
  results: readonly Operation[],
  guarantee: Guarantee,
  meter: Meter,
): Placed[] | undefined {
  const versions = [versionOf(object, undefined), ...updates.map((update) => versionOf(object, update))]
  const options = results.map((result) => {
    const own = guarantee === 'readYourWrites' ? ownBefore(updates, result) : []
    return versions.filter((version) => {
      const isInTime = version.invokedAt < result.endedAt && own.every(({ invokedAt }) => version.endedAt >= invokedAt)
      return isInTime && gives(object, version.state, result)
    })
  })
  return chain(options, meter)
}

/** What the object is once an update was seen; what it was at first comes before all updates. */
interface Version {
  readonly update: Operation | undefined
  readonly invokedAt: number
  readonly endedAt: number
  readonly state: Value
}

function versionOf(object: SequentialObject, update: Operation | undefined): Version {
  if (update === undefined) return { update, invokedAt: -1, endedAt: -1, state: object.initial }
  const { name, argument = null, invokedAt, endedAt } = update
  return { update, invokedAt, endedAt, state: object.apply(object.initial, name, argument)!.state }
}

const ownBefore = (updates: readonly Operation[], { process, invokedAt }: Operation): readonly Operation[] =>
  updates.filter((update) => update.process === process && update.outcome === 'returned' && update.endedAt < invokedAt)

function gives(object: SequentialObject, state: Value, { name, argument = null, result }: Operation): boolean {
  return object.matches(object.apply(state, name, argument)!.result!, result ?? null)
}

/** Versions chosen for the results so far. */
interface Chosen {
  readonly version: Version
  readonly before: Chosen | undefined
  /** The latest invocation among them: whatever had returned before is too old. */
  readonly newest: number
  /** Those left behind, by their invocations, that are not too old by time alone. */
  readonly left: readonly Version[]
}

/** A version for each result, none older than one before it, and none left and come back to. */
function chain(options: readonly (readonly Version[])[], meter: Meter): Placed[] | undefined {
  let frontier: (Chosen | undefined)[] = [undefined]
  for (const versions of options) {
    const next = new Map<string, Chosen>()
    for (const chosen of frontier) {
      for (const version of versions) {
        meter.tick()
        const extended = extend(chosen, version)
        if (extended !== undefined) next.set(keyOf(extended), extended)
      }
    }
    if (next.size === 0) return undefined
    frontier = [...next.values()]
  }
  return placed(frontier[0])
}

function extend(before: Chosen | undefined, version: Version): Chosen | undefined {
  if (before === undefined) return { version, before, newest: version.invokedAt, left: [] }
  if (version === before.version) return { ...before, before }
  if (version.endedAt < before.newest || before.left.includes(version)) return undefined
  const newest = Math.max(before.newest, version.invokedAt)
  const left = [...before.left, before.version].filter(({ endedAt }) => endedAt >= newest)
  return { version, before, newest, left }
}

const keyOf = ({ version, newest, left }: Chosen): string =>
  [version, ...left.toSorted((a, b) => a.invokedAt - b.invokedAt)].map(({ invokedAt }) => invokedAt).join() +
  `/${newest}`

/** Each version once, in the order in which they were seen. */
function placed(last: Chosen | undefined): Placed[] {
  const order: Placed[] = []
  for (let at = last; at !== undefined; at = at.before) {
    const { version, before } = at
    if (version.update === undefined || before?.version === version) continue
    order.push({ operation: version.update, state: version.state })
  }
  return order.reverse()
}
