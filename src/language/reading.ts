/**
 * `read(id)`: what a process sees of others. Each readable field is an atomic register with one writer: a body reads it as
 * it was before the step, and looking at one field asks nothing about the others, so that a step is remembered for all
 * states that agree on the fields it has looked at.
 */
import type { Run } from '../model.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { type Parts, partsOf } from './known-names.ts'
import type { Member } from './population.ts'
import type { Scene } from './scene.ts'

type Look = (run: Run) => object

/** What can be read of each process, by id: worked out once, for every run looks afresh. */
const looks = new WeakMap<Scene, ReadonlyMap<string, Look>>()

function looksOf(scene: Scene): ReadonlyMap<string, Look> {
  const known = looks.get(scene)
  if (known !== undefined) return known
  const made = new Map(scene.members.map((member) => [member.id, lookAt(scene, member)]))
  looks.set(scene, made)
  return made
}

function lookAt({ layout, readable }: Scene, { id, role }: Member): Look {
  const component = layout.indexOf(id)
  const parts = readable
    .get(role)!
    .map((field): [string, Parts<Run>[string]] => [
      field,
      (run) => (run.read(component) as Record<string, unknown>)[field],
    ])
  const remedy = `write it in a body of ${id}, where it is a field of me`
  return partsOf(Object.fromEntries(parts), { owner: id, noun: 'readable field', remedy })
}

/** The `read` of process `self`. */
export function readerOfOthers(scene: Scene, self: Member, run: Run) {
  const looks = looksOf(scene)
  return (id: unknown): object => {
    const look = looks.get(id as string)
    if (look !== undefined && id !== self.id) return look(run)
    const others = scene.members.flatMap((member) => (member === self ? [] : [member.id]))
    throw new SplitbrainError('bad-step', `${self.id} reads ${unreadable(id, self.id, others)}`)
  }
}

function unreadable(id: unknown, self: string, others: readonly string[]): string {
  if (id === self) return `${self}, which is itself; expected the id of another process: its own fields are in me`
  const hint = didYouMean(String(id), others)
  return `${found(id)}, which is no process${hint === '' ? '; the' : `${hint} The`} others are ${others.join(', ') || 'none'}`
}
