/**
 * Parts of a definition that its declaration knows nothing of, refused by the compiler. The type of what a function gives
 * back is never checked for keys too many: beside a handler that fits, one of a misspelt message passes. So the type is
 * inferred whole, and what of it has no place must also be `Refused`, which nothing is, and whose text says why.
 * check-definition.ts refuses the same when the protocol is instantiated.
 */
import type { AnyDeclaration, MessageTypeOf, RoleOf } from './declaration.ts'
import type { Definition } from './definition.ts'

declare const why: unique symbol

/** What is of no such type: it stands for a part that has no place. */
export interface Refused<Why extends string> {
  readonly [why]: Why
}

/**
 * What a definition of type `T` must be besides; nothing, where all of it has a place. (Conditional, so that it has no say
 * while types of parameters are looked for.)
 */
export type KnownParts<D extends AnyDeclaration, T> = T extends object ? Parts<D, T> : unknown

type Parts<D extends AnyDeclaration, T extends object> = {
  readonly [P in Exclude<keyof T, keyof Definition<D>>]: Refused<`a definition has no part ${P & string}`>
} & {
  readonly [P in keyof T]: P extends 'population' | 'mostDown' | 'restart'
    ? OfRoles<T[P], RoleOf<D>>
    : P extends 'start' | 'actions'
      ? OfRoles<T[P], RoleOf<D> | 'environment'>
      : P extends 'receive'
        ? OfRoles<T[P], RoleOf<D>> & Handlers<D, T[P]>
        : unknown
}

type OfRoles<T, Role> = [Misplaced<T, Role>] extends [never]
  ? unknown
  : { readonly [R in Misplaced<T, Role>]: Refused<`there is no role ${R & string}`> }

type Handlers<D extends AnyDeclaration, T> = { readonly [R in keyof T]: OfMessages<T[R], MessageTypeOf<D>> }

type OfMessages<T, Type> = [Misplaced<T, Type>] extends [never]
  ? unknown
  : { readonly [M in Misplaced<T, Type>]: Refused<`there is no message ${M & string}`> }

/** The keys that are none of these; none where the keys are put together from data, of which the compiler knows nothing. */
type Misplaced<T, Known> = string extends keyof T ? never : Exclude<keyof T, Known>
