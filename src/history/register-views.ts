/**
 * Views (see views.ts) of what every update replaces whole: of a view only its last update shows. So a view is an update,
 * or none yet, and views grow where no later one is of an older update. Linear in results and in the updates that each may be of, nearly.
 */
import type { Value } from '../model.ts'
import type { Operation } from './operation.ts'
import type { Meter, Placed } from './outcome.ts'
import { exactText, isSameValue } from './recorded.ts'
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
  const versions = [undefined, ...updates].map((update) => {
    meter.pass()
    return versionOf(object, update)
  })
  const answers = new Answers(object, versions, meter)
  const options = results.map((result) => {
    const ownBefore = guarantee === 'readYourWrites' ? lastOwnBefore(updates, result) : -1
    return answers.giving(result).filter((version) => {
      meter.pass()
      return version.invokedAt < result.endedAt && version.endedAt >= ownBefore
    })
  })
  return chain(options, meter)
}

/** The versions by what a query gives in them: most queries are asked again and again. */
class Answers {
  readonly #byCall = new Map<string, Map<string, { readonly answer: Value; readonly versions: Version[] }>>()

  constructor(
    readonly object: SequentialObject,
    readonly versions: readonly Version[],
    readonly meter: Meter,
  ) {}

  /** Those in which the query gives the result that it had, in their order. */
  giving({ name, argument = null, result = null }: Operation): readonly Version[] {
    const call = exactText([name, argument])
    const byAnswer = this.#byCall.get(call) ?? this.#ask(name, argument)
    this.#byCall.set(call, byAnswer)
    const isPlain = this.object.matches === isSameValue
    if (isPlain) return byAnswer.get(exactText(result ?? null))?.versions ?? []
    const fitting = [...byAnswer.values()].filter(({ answer }) => this.object.matches(answer, result ?? null))
    return fitting.flatMap(({ versions }) => versions).sort((a, b) => a.invokedAt - b.invokedAt)
  }

  #ask(name: string, argument: Value) {
    const byAnswer = new Map<string, { readonly answer: Value; readonly versions: Version[] }>()
    for (const version of this.versions) {
      this.meter.pass()
      const answer = this.object.apply(version.state, name, argument)!.result!
      const known = byAnswer.get(exactText(answer))
      if (known === undefined) byAnswer.set(exactText(answer), { answer, versions: [version] })
      else known.versions.push(version)
    }
    return byAnswer
  }
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

/** When the last update was invoked that had returned to the process before; -1 where there is none. `updates` in order. */
function lastOwnBefore(updates: readonly Operation[], { process, invokedAt }: Operation): number {
  const own = updates.findLast((update) => {
    return update.process === process && update.outcome === 'returned' && update.endedAt < invokedAt
  })
  return own?.invokedAt ?? -1
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
