/** Which questions properties have asked of components: two states that answer all of these alike are judged alike. */

/** Probes, by component. */
type Probed = Map<number, Set<number>>

export class QuestionsAsked {
  /** Counts the changes. */
  version = 0
  readonly of: Probed = new Map()
  readonly #byProperty: readonly Probed[]
  readonly #aside = new Set<number>()

  constructor(properties: number) {
    this.#byProperty = Array.from({ length: properties }, () => new Map())
  }

  add(property: number, component: number, probe: number): void {
    if (!enter(this.#byProperty[property]!, component, probe) || this.#aside.has(property)) return
    if (enter(this.of, component, probe)) this.version++
  }

  /** The property is judged without regard to what it asks. */
  setAside(property: number): void {
    this.#aside.add(property)
    this.#gather()
  }

  takeBack(property: number): void {
    this.#aside.delete(property)
    this.#gather()
  }

  #gather(): void {
    this.of.clear()
    for (const [property, probed] of this.#byProperty.entries()) {
      if (this.#aside.has(property)) continue
      for (const [component, probes] of probed) for (const probe of probes) enter(this.of, component, probe)
    }
    this.version++
  }
}

/** Whether the probe was not there. */
function enter(probed: Probed, component: number, probe: number): boolean {
  const known = probed.get(component)
  if (known === undefined) probed.set(component, new Set([probe]))
  else if (known.has(probe)) return false
  else known.add(probe)
  return true
}
