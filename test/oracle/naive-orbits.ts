/**
 * Orbits as naively as it can be done: every renaming of every state, and the least text of them. What a renaming does to
 * a value is as in src/engine/symmetry/renaming.ts; nothing else of the engine is used.
 */
import { allOf } from '../../src/engine/symmetry/group.ts'
import { movedModel } from '../../src/engine/symmetry/moved-model.ts'
import { Names } from '../../src/engine/symmetry/names.ts'
import { renamedValue, rolesOf } from '../../src/engine/symmetry/renaming.ts'
import type { Model, State } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'

/** How many orbits these states are in, up to the names of these roles. */
export function naiveOrbits(model: Model, roles: readonly string[], states: readonly State[]): number {
  const names = new Names(rolesOf(model).filter(({ name }) => roles.includes(name)))
  const moved = allOf(names.roles).map((by) => movedModel(model, names, by))
  const leastOf = (state: State) => {
    const texts = moved.map(({ before, by }) =>
      textOf(
        state.map((_, component) => {
          const from = before[component]!
          return renamedValue(model.components[from]!, state[from]!, by)
        }),
      ),
    )
    return [textOf(state), ...texts].sort()[0]!
  }
  return new Set(states.map(leastOf)).size
}
