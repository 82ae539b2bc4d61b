/** The property that every model has: each component's value fits its schema. */
import type { Judgement, Model, Property, Reader, Value } from '../model.ts'

export const TYPES = 'types'

/** The properties of a model, the built-in one first. */
export function propertiesOf(model: Model): readonly Property[] {
  return [typesOf(model), ...model.properties]
}

export function typesOf({ components }: Model): Property & { readonly kind: 'always' } {
  const judge = (state: Reader): Judgement => {
    for (const [index, component] of components.entries()) {
      const problem = component.mismatch(state.read(index) as Value)
      if (problem !== undefined) return { holds: false, because: `${component.name}: ${problem}`, exercised: true }
    }
    return { holds: true, exercised: true }
  }
  return { name: TYPES, claim: 'every value fits its schema', optional: false, kind: 'always', judge }
}
