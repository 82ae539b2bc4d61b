/** Where protocols were made: the stack of the call, for whoever has a protocol in hand and asks for its file. */

const births = new WeakMap<object, Error>()

export function rememberBirth<T extends object>(protocol: T): T {
  births.set(protocol, new Error('made here'))
  return protocol
}

/** A text as `Error.stack` has it; undefined where it is not known. */
export const birthplaceOf = (protocol: object): string | undefined => births.get(protocol)?.stack
