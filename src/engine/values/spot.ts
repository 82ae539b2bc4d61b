/**
 * Spots: the places of a cell's values, each with the questions that can be put there.
 *
 * A run puts thousands of questions, and nearly all of them were put before. So each is made once, as an object that
 * every later run finds again on its way through the value: runs are compared by identity, and asking allocates nothing.
 * Spots and questions also bear the number of the last run that came by, which serves in place of a set per run.
 *
 * Memory: in proportion to the distinct questions ever put to a cell; never given back.
 */
import type { Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import type { Place, Question } from './question.ts'

/** A question to one component of one state (of several, where a property compares two). */
export interface Observation {
  readonly cell: number
  readonly component: number
  readonly question: Question
}

/** An observation that is made once and found again, at its spot. */
export class Asked implements Observation {
  /** The last run that asked this. */
  run = 0
  /** Its number among the probes, once it has one. */
  probe = -1

  constructor(
    readonly spot: Spot,
    readonly question: Question,
  ) {}

  get cell(): number {
    return this.spot.cell
  }

  get component(): number {
    return this.spot.component
  }
}

export class Spot {
  /** The last run in which what kind of container is here followed from another question. */
  toldIn = 0
  #at: Asked | undefined
  #length: Asked | undefined
  #keys: Asked | undefined
  #whole: Asked | undefined
  #byKey: Map<string, Asked> | undefined
  #byElement: Map<string, Asked> | undefined
  #byIndexOf: Map<string, Asked> | undefined
  #children: Map<string | number, Spot> | undefined

  constructor(
    readonly cell: number,
    readonly component: number,
    readonly place: Place = [],
    readonly parent?: Spot,
  ) {}

  /** One step further in. */
  child(step: string | number): Spot {
    this.#children ??= new Map()
    let child = this.#children.get(step)
    if (child === undefined) {
      child = new Spot(this.cell, this.component, [...this.place, step], this)
      this.#children.set(step, child)
    }
    return child
  }

  get at(): Asked {
    this.#at ??= new Asked(this, { ask: 'at', place: this.place })
    return this.#at
  }

  get length(): Asked {
    this.#length ??= new Asked(this, { ask: 'length', place: this.place })
    return this.#length
  }

  get keys(): Asked {
    this.#keys ??= new Asked(this, { ask: 'keys', place: this.place })
    return this.#keys
  }

  get whole(): Asked {
    this.#whole ??= new Asked(this, { ask: 'whole', place: this.place })
    return this.#whole
  }

  in(key: string): Asked {
    this.#byKey ??= new Map()
    return found(this.#byKey, key, () => new Asked(this, { ask: 'in', place: this.place, key }))
  }

  has(element: Value): Asked {
    this.#byElement ??= new Map()
    return found(this.#byElement, textOf(element), () => new Asked(this, { ask: 'has', place: this.place, element }))
  }

  indexOf(element: Value): Asked {
    this.#byIndexOf ??= new Map()
    return found(
      this.#byIndexOf,
      textOf(element),
      () => new Asked(this, { ask: 'indexOf', place: this.place, element }),
    )
  }

  /** A question about a value that is seen from here, at its own place. */
  asked(question: Question): Asked {
    const at = question.place.reduce<Spot>((spot, step) => spot.child(step), this)
    if (question.ask === 'in') return at.in(question.key)
    if (question.ask === 'has' || question.ask === 'indexOf') return at[question.ask](question.element)
    return at[question.ask]
  }

  /** Whether `run` asked for everything from here down, or from further up. */
  isWholeIn(run: number): boolean {
    return this.#whole?.run === run || (this.parent?.isWholeIn(run) ?? false)
  }

  /** Whether `run` asked what is at a step from here. */
  isAskedIn(run: number, step: string): boolean {
    const child = this.#children?.get(step)
    return child !== undefined && child.at.run === run
  }
}

function found(map: Map<string, Asked>, key: string, make: () => Asked): Asked {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
