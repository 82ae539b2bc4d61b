/** The initial states, which must be the same whatever processes are called. */
import { Asymmetry, renamingText } from './asymmetry.ts'
import type { Moved } from './moved-model.ts'
import type { RenamedValues } from './renamed-values.ts'

export class Start {
  readonly #states = new Map<string, Int32Array>()

  /** Takes note of one: its components' values. */
  add(state: Int32Array): void {
    this.#states.set(state.join(), state)
  }

  /** @throws Asymmetry where one of them, renamed, is none */
  check(moved: readonly Moved[], names: RenamedValues): void {
    for (const { role, by, before, images } of moved) {
      for (const state of this.#states.values()) {
        const other = state.map((_, component) => {
          const from = before[component]!
          return names.idOf(from, state[from]!, images)
        })
        if (!this.#states.has(other.join())) {
          throw new Asymmetry(role, `no initial state is like another ${renamingText(by)}: start tells them apart`)
        }
      }
    }
  }
}
