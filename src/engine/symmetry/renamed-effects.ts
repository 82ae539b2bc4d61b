/** What a body did, renamed, as texts that can be compared: equal texts do the same to whatever value was there. */
import type { Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import type { Write } from '../memo/draft.ts'
import type { Effect } from '../memo/observed-run.ts'
import type { Change, Traffic } from '../memo/updates.ts'
import type { Place } from '../values/question.ts'
import type { Values } from '../values/values.ts'
import type { Moved } from './moved-model.ts'
import type { RenamedValues } from './renamed-values.ts'
import { type Renaming, renamed, renamedStep, renamedValue } from './renaming.ts'

/** By component: what became of it. */
export const textsOf = (effects: readonly Effect[]): Map<number, string> =>
  new Map(effects.map(({ component, change }) => [component, textOfChange(change)]))

/** The same after a renaming, by the component that each has become. */
export const renamedTexts = (effects: readonly Effect[], moved: Moved, names: RenamedValues): Map<number, string> =>
  new Map(
    effects.map((effect) => [moved.components[effect.component]!, textOfChange(renamedChange(effect, moved, names))]),
  )

function renamedChange({ component, change }: Effect, { by, images }: Moved, names: RenamedValues): Change {
  switch (change.kind) {
    case 'replace':
      return { kind: 'replace', value: renamedReplacement(names.values, component, change.value, by) }
    case 'traffic':
      return { kind: 'traffic', traffic: change.traffic.map((one) => renamedTraffic(one, images, names)) }
    case 'write':
      return { kind: 'write', writes: change.writes.map((write) => renamedWrite(write, by)) }
  }
}

const renamedReplacement = ({ components }: Values, component: number, value: Value, by: Renaming): Value =>
  renamedValue(components[component]!, value, by)

const renamedTraffic = (one: Traffic, images: Moved['images'], names: RenamedValues): Traffic =>
  'put' in one ? { put: names.messageOf(one.put, images) } : { take: names.messageOf(one.take, images) }

function renamedWrite(write: Write, by: Renaming): Write {
  const renamedPlace = (from: Place) => from.map((step) => renamedStep(step, by))
  const place = renamedPlace(write.place)
  const all = (values: readonly Value[]) => values.map((value) => renamed(value, by))
  switch (write.write) {
    case 'set':
      return { ...write, place, value: renamed(write.value, by), ...renamedReuses(write, renamedPlace) }
    case 'elements':
      return { ...write, place, added: all(write.added), removed: all(write.removed) }
    default:
      return { ...write, place }
  }
}

const renamedReuses = ({ reuses }: Extract<Write, { write: 'set' }>, renamedPlace: (place: Place) => Place) =>
  reuses && { reuses: reuses.map(({ at, from }) => ({ at: renamedPlace(at), from: renamedPlace(from) })) }

/** Writes are at distinct places, and elements of a set have no order: so the texts are put in one. */
function textOfChange(change: Change): string {
  switch (change.kind) {
    case 'replace':
      return `replace ${textOf(change.value)}`
    case 'traffic':
      return `traffic ${JSON.stringify(change.traffic)}`
    case 'write':
      return `write ${change.writes.map(textOfWrite).sort().join('\n')}`
  }
}

function textOfWrite(write: Write): string {
  if (write.write !== 'elements') return textOf(write as unknown as Value)
  const sorted = (values: readonly Value[]) => values.map(textOf).sort()
  return textOf([write.write, write.place, sorted(write.added), sorted(write.removed)])
}
