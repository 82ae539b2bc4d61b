/**
 * `refines(claim, abstract, image)`: every step of this protocol is a step of a more abstract one, or changes nothing
 * there. So whatever is true of all steps and all states of the abstract protocol is true here, seen through the mapping.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Model, Reader, Through } from '../model.ts'
import type { Abstract, Question } from '../property/question.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { AnyDeclaration, AnyId, DeepReadonly, Process, RoleOf, Shared } from './declaration.ts'
import { imageFor } from './image.ts'
import { isTable, refuse } from './refuse.ts'

/** An abstract state as plain data: the processes of each role, in order or by id, and the shared variables. */
export type ImageOf<D extends AnyDeclaration> = {
  readonly [R in RoleOf<D>]: readonly Unbranded<Process<D, R>>[] | Readonly<Record<string, Unbranded<Process<D, R>>>>
} & (D extends { readonly shared: object } ? { readonly shared: Unbranded<Shared<D>> } : unknown)

/** Ids of the abstract protocol are made of others by the mapping, which the compiler cannot follow: any text will do. */
type Unbranded<T> = T extends AnyId
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends ReadonlySet<infer E>
      ? ReadonlySet<Unbranded<E>>
      : T extends readonly (infer E)[]
        ? readonly Unbranded<E>[]
        : DeepReadonly<{ [K in keyof T]: Unbranded<T[K]> }>

/** What `protocol()` gives, as far as a refinement goes. */
export type Declared<D extends AnyDeclaration> = Abstract & { readonly declaration: D }

export interface RefinementOptions {
  /** Of the abstract protocol; the others have their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

/**
 * The image of each initial state is an initial state of `abstract`, and of each step a step of it, or both images are the
 * same. `image` gives the abstract state that a state stands for. What must happen in the end is asked by `refinesFairly`.
 * @throws SplitbrainError `bad-protocol`
 */
export function refines<V, D extends AnyDeclaration>(
  claim: string,
  abstract: Declared<D>,
  image: (state: V) => ImageOf<NoInfer<D>>,
  { parameters = {} }: RefinementOptions = {},
): Question<V> {
  admitRefinement('refines', claim, abstract, image)
  return { kind: 'refines', claim, abstract, image, parameters }
}

/** @throws SplitbrainError `bad-protocol` */
export function admitRefinement(kind: string, claim: unknown, abstract: unknown, image: unknown): void {
  if (typeof claim === 'string' && typeof image === 'function' && isProtocol(abstract)) return
  refuse(
    `found ${kind}(${found(claim)}, ${found(abstract)}, ${found(image)})`,
    `the claim in words, then a protocol, then a function: ${kind}('...', abstract, ({ server }) => ({ ... }))`,
  )
}

const isProtocol = (value: unknown): boolean => isTable(value) && value.kind === 'splitbrain protocol'

/** What an abstract protocol cannot have: a mapping could not say what is in flight, or who is down. */
const BEYOND = ['messages', 'faults', 'operations']

/** What a question says of an abstract protocol. */
interface Refining {
  readonly abstract: Abstract
  readonly image: (state: never) => unknown
  readonly parameters: Readonly<Record<string, unknown>>
}

/** The abstract model, and the mapping to its states. @throws SplitbrainError `bad-protocol`, `bad-parameter` */
export function throughFrom(
  name: string,
  { abstract, image, parameters }: Refining,
  view: (reader: Reader) => object,
): Through {
  const beyond = BEYOND.find((part) => part in abstract.declaration)
  if (beyond !== undefined) {
    refuse(
      `properties.${name} refines ${abstract.name}, which declares ${beyond}`,
      'an abstract protocol of roles and shared variables alone, whose whole state a mapping can give',
    )
  }
  const model = instantiated(name, abstract, parameters)
  const toState = imageFor(model, Object.keys((abstract.declaration as AnyDeclaration).roles ?? {}))
  return { abstract: model, image: (state) => toState(image(view(state) as never)) }
}

/** A protocol may refine itself at other bounds; so often, it goes on for ever. */
const DEEPEST = 20

/** The abstract protocols whose models are being made, each for a property of the one before. */
const underWay: { readonly abstract: Abstract; readonly parameters: object }[] = []

function instantiated(name: string, abstract: Abstract, parameters: Readonly<Record<string, unknown>>): Model {
  const isSame = (other: (typeof underWay)[number]) =>
    other.abstract === abstract && isDeepStrictEqual(other.parameters, parameters)
  if (underWay.length >= DEEPEST || underWay.some(isSame)) {
    const circle = [...underWay.map((other) => other.abstract.name), abstract.name]
    refuse(
      `properties.${name} refines ${abstract.name} in a circle: ${circle.join(' refines ')}`,
      'an abstract protocol that refines no protocol which refines it',
    )
  }
  underWay.push({ abstract, parameters })
  try {
    return abstract.instantiate(parameters)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError(thrown.code, `properties.${name} refines ${abstract.name}: ${thrown.message}`)
  } finally {
    underWay.pop()
  }
}
