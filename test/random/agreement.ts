/** Where engine and oracle must say the same of a model, and what it means that they do. */
import { strict as assert } from 'node:assert'
import { explore } from '../../src/engine/explore.ts'
import type { SearchResult } from '../../src/engine/result.ts'
import { TUNING, type Tuning } from '../../src/engine/tuning.ts'
import { initialOutcomes } from '../../src/judge/plain-run.ts'
import { record, recordBroken } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model, Property } from '../../src/model.ts'
import { TYPES } from '../../src/property/types.ts'
import type { ErrorCode } from '../../src/value/splitbrain-error.ts'
import { Ambiguous, type NaiveAnswer, type NaiveResult, naiveExplore } from '../oracle/naive-explore.ts'

/**
 * What the oracle says; `broken` where a body or a predicate threw, or where there is no initial state; undefined where the
 * space has more states than `cap`, or where a search may be broken or not.
 */
export function ask(model: Model, cap: number): NaiveResult | 'broken' | undefined {
  try {
    const result = naiveExplore(model, cap)
    if (result.distinct === 0) return 'broken'
    return result.complete ? result : undefined
  } catch (thrown) {
    return thrown instanceof Ambiguous ? undefined : 'broken'
  }
}

/**
 * Where nothing is violated, a search that stops at a violation is the one that goes on: one way of it is enough.
 * `breaks`: what a body that throws may be said to have done.
 * @throws AssertionError where the engine's answers differ from the oracle's
 */
export async function assertAgreement(
  model: Model,
  oracle: NaiveResult | 'broken',
  breaks: readonly ErrorCode[] = ['body-threw', 'not-a-value'],
): Promise<void> {
  for (const options of WAYS) {
    const whole = await explore(model, { ...options, keepGoing: true })
    assertEvidence(model, whole)
    if (oracle === 'broken') assertBroken(model, whole, breaks)
    else assertWholeAgrees(whole, oracle)
  }
  if (oracle === 'broken') return
  for (const options of isViolated(oracle) ? WAYS : WAYS.slice(0, 1)) {
    const stopped = await explore(model, options)
    assertEvidence(model, stopped)
    assertStoppedAgrees(stopped, oracle)
  }
}

/** Small models meet all that the engine does with large ones. */
const EAGER: Tuning = {
  batch: 3,
  regroupsAt: 1,
  regroupGrowth: 1.2,
  reuse: 1,
  bytes: { free: 2 ** 14, perState: 18 },
  mostClasses: 8,
  plainAfter: 2,
  handsOverAt: 0,
  waitsForWorkers: true,
  auto: { startsAt: 0, handsOverAt: 0 },
  symmetry: { triedAt: 1, orbits: 1 },
  slice: 1,
}

const LARGE: Tuning = { ...EAGER, batch: 100, regroupGrowth: 3, bytes: TUNING.bytes }

export const TUNINGS = [TUNING, EAGER, LARGE]

const WAYS = [{ order: 'bfs' }, { order: 'dfs' }, { tuning: EAGER }, { tuning: LARGE }] as const

/** Every violation and every witness is one to the judge, too, and can be replayed. */
export function assertEvidence(model: Model, { properties }: SearchResult): void {
  for (const { property, path } of properties) {
    if (path === undefined) continue
    const trace = record(model, property, path)
    assert.equal(trace.verdict, property.kind === 'sometimes' ? 'witnessed' : 'violated')
    assert.equal(replay(model, trace).outcome, 'reproduced')
  }
}

/** A search that goes on until every property is violated may end before it meets the body that throws. */
function assertBroken(model: Model, { stop, properties, broken }: SearchResult, breaks: readonly ErrorCode[]): void {
  if (properties.every(({ verdict }) => verdict === 'violated')) return
  assert.equal(stop.reason, 'broken')
  const { error, path } = broken!
  if (canStart(model)) assert(recordBroken(model, path), 'the judge sees nothing throw')
  const codes = [...breaks, ...(canStart(model) ? [] : ['bad-protocol' as const])]
  assert(codes.includes(error.code), error.message)
}

function canStart(model: Model): boolean {
  try {
    return [...initialOutcomes(model)].length > 0
  } catch {
    return false
  }
}

/** A search of the whole space, unless every property was violated before its end. */
export function assertWholeAgrees(result: SearchResult, oracle: NaiveResult): void {
  assert.equal(result.broken?.error.message, undefined)
  assertVerdicts(result, oracle)
  if (result.stop.reason !== 'exhausted') {
    assert.equal(result.stop.reason, 'violation')
    assert(Object.values(oracle.properties).every(({ verdict }) => verdict === 'violated'))
    return
  }
  const { distinct, generated, fired } = oracle
  assert.deepEqual(
    { distinct: result.distinct, generated: result.generated, fired: firedOf(result) },
    { distinct, generated, fired },
  )
  assert.equal(result.frontier, 0)
  if (result.order === 'bfs') assert.equal(result.depth, oracle.depth)
  assert.equal(result.verdict, isViolated(oracle) ? 'violated' : 'holds')
}

const firedOf = ({ groups }: SearchResult) => Object.fromEntries(groups.map(({ group, fired }) => [group, fired]))

const isViolated = ({ properties }: NaiveResult): boolean =>
  Object.values(properties).some(({ verdict }) => verdict === 'violated')

/** Verdicts are those of the oracle; evidence is as short as the oracle's, or at least no shorter. */
function assertVerdicts({ properties, order }: SearchResult, oracle: NaiveResult): void {
  assert.deepEqual(properties.map(({ property }) => property.name).sort(), Object.keys(oracle.properties).sort())
  for (const { property, verdict, exercised, path } of properties) {
    const expected = oracle.properties[property.name]!
    assert.equal(verdict, expected.verdict, `verdict of ${property.name} (${property.kind})`)
    assertExercised(property, exercised, expected)
    assertLength(property.name, path?.steps.length, expected.length, order)
  }
}

/** `types` counts as exercised even where there is no state at all. */
function assertExercised({ name, kind }: Property, found: boolean, { verdict, exercised }: NaiveAnswer): void {
  if (verdict === 'violated' || name === TYPES) return
  if (kind === 'always' || kind === 'step' || kind === 'refines') assert.equal(found, exercised, `${name} exercised`)
}

function assertLength(
  name: string,
  found: number | undefined,
  shortest: number | undefined,
  order: SearchResult['order'],
): void {
  if (order === 'bfs' || found === undefined || shortest === undefined) {
    assert.equal(found, shortest, `length of the trace of ${name}`)
  } else {
    assert(found >= shortest, `the trace of ${name} has ${found} steps, less than the shortest of ${shortest}`)
  }
}

/** A search that stops at the first violation. What it does not know it must not claim. */
export function assertStoppedAgrees(result: SearchResult, oracle: NaiveResult): void {
  const violable = result.properties.filter(({ property }) => property.kind !== 'sometimes')
  const expectsStop = violable.some(({ property }) => oracle.properties[property.name]!.verdict === 'violated')
  if (!expectsStop) {
    assertWholeAgrees(result, oracle)
    return
  }
  assert.equal(result.stop.reason, 'violation')
  assert.equal(result.verdict, 'violated')
  assert(violable.some(({ verdict }) => verdict === 'violated'))
  for (const { property, verdict, path } of result.properties) {
    const expected = oracle.properties[property.name]!
    if (verdict === 'unknown') continue
    assert.equal(verdict, expected.verdict, `verdict of ${property.name} when stopped`)
    if (verdict === 'holds') assert.equal(property.kind, 'sometimes', `${property.name} is called proven, but was not`)
    assertLength(property.name, path?.steps.length, expected.length, result.order)
  }
}
