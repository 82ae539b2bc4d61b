/** What a body or a predicate can ask of a value of the state. */
import type { Value } from '../../model.ts'

/** A step into a value: a string for a field of an object, a number for an element of an array. */
export type Step = string | number

export type Place = readonly Step[]

export type Question =
  /** A primitive, or the kind of container there. */
  | { readonly ask: 'at'; readonly place: Place }
  /** The length of an array, the size of a set. */
  | { readonly ask: 'length'; readonly place: Place }
  /** The names of an object's fields. */
  | { readonly ask: 'keys'; readonly place: Place }
  /** Whether an object has a field. */
  | { readonly ask: 'in'; readonly place: Place; readonly key: string }
  /** Whether a set has an element. */
  | { readonly ask: 'has'; readonly place: Place; readonly element: Value }
  /** Where in an array a primitive is first. */
  | { readonly ask: 'indexOf'; readonly place: Place; readonly element: Value }
  /** Everything from here down. */
  | { readonly ask: 'whole'; readonly place: Place }
