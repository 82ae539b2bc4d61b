/**
 * From orbits back to a path of the model itself, with one set of names from end to end: between two orbits it takes the
 * step that was taken from the first one's canonical form, with the names that the processes have on this path.
 */
import { stepOf } from '../../judge/plain-run.ts'
import type { Step } from '../../model.ts'
import type { Path } from '../../trace/path.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { LastStep } from '../memo/leaves.ts'
import type { Trail } from '../path-finder.ts'
import { takeStep } from '../steps/target-of.ts'
import type { CanonicalForm } from './canonical-form.ts'
import type { Names } from './names.ts'
import { type Renaming, renamed } from './renaming.ts'

/** What a search of orbits knows of the way to them. */
export interface OrbitTrail extends Omit<Trail, 'executions'> {
  readonly form: CanonicalForm
  readonly names: Names
}

/** @param starts by orbit of an initial state: what its processes have become in the canonical form */
export function concretePath(search: OrbitTrail, orbit: number, starts: readonly Int8Array[], last?: LastStep): Path {
  const orbits = [orbit]
  for (let at = orbit; !search.initial.has(at); orbits.push(at)) at = [...search.origins.of(at)][0]!
  orbits.reverse()
  const steps: Step[] = []
  let called = inverseOf(starts[orbits[0]!]!)
  const tell = (leaf: LastStep) => steps.push(renamedStep(leaf, search.names.renamingOf(called)))
  for (const [i, to] of orbits.slice(1).entries()) {
    const { leaf, images } = stepBetween(search, orbits[i]!, to)
    tell(leaf)
    called = inverseOf(images).map((before) => called[before]!)
  }
  if (last !== undefined) tell(last)
  return { initial: search.initial.choicesOf(orbits[0]!), steps }
}

/** The first step that leads from one orbit to another, and what the processes have become there. Moves the current state. */
function stepBetween(search: OrbitTrail, from: number, to: number): { leaf: LastStep; images: Int8Array } {
  const { store, form } = search
  let found: { leaf: LastStep; images: Int8Array } | undefined
  store.load(from)
  search.successors.walk((leaf) => {
    takeStep(search, leaf)
    const { images } = form.canonise(store.cells, store.next + store.width)
    if (!store.hasHalves(to, store.halvesOfNext())) return false
    found = { leaf, images: images.slice() }
    return true
  })
  if (found === undefined) throw new SplitbrainError('internal', `no step leads from orbit ${from} to its child ${to}`)
  return found
}

function inverseOf(images: Int8Array): Int8Array {
  const inverse = new Int8Array(images.length)
  for (const [from, to] of images.entries()) inverse[to] = from
  return inverse
}

function renamedStep({ rule, choices }: LastStep, by: Renaming): Step {
  const { action, process, arguments: args } = stepOf(rule, choices)
  return {
    action,
    process: process === null ? null : (by.get(process) ?? process),
    arguments: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, renamed(value, by)])),
  }
}
