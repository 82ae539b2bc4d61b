/** What the protocol promises of states and of steps, asked of the states that an explanation goes through. */
import type { Judgement, Model, Property, State } from '../model.ts'
import { guarded } from '../purity/guard.ts'
import type { LogEvent } from './event.ts'
import type { Breach } from './finding.ts'
import type { StateParts } from './state-parts.ts'

export class Promises {
  readonly #properties: readonly Property[]

  constructor(
    model: Model,
    readonly parts: StateParts,
  ) {
    this.#properties = model.properties.filter(
      ({ kind, optional }) => !optional && (kind === 'always' || kind === 'never' || kind === 'step'),
    )
  }

  /** The first that is broken on the way; the first state was looked at before, unless it is alone. */
  breachOn(through: readonly State[], event: LogEvent | undefined): Breach | undefined {
    const [first, ...others] = through
    const pairs = others.map((state, i) => [through[i]!, state] as const)
    const looked = pairs.length === 0 ? [[undefined, first!] as const] : pairs
    for (const [before, state] of looked) {
      const property = this.#properties.find((one) => this.#isBroken(one, before, state))
      if (property !== undefined) return { property, event }
    }
    return undefined
  }

  #isBroken(property: Property, before: State | undefined, after: State): boolean {
    const now = this.parts.reader(after)
    if (property.kind === 'always' || property.kind === 'never') return !asked(property, () => property.judge(now))
    if (property.kind !== 'step' || before === undefined) return false
    return !asked(property, () => property.judge(this.parts.reader(before), now))
  }
}

const asked = ({ name }: Property, judge: () => Judgement): boolean => guarded(`property ${name}`, judge).holds
