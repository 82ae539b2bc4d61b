/** `declare`: a declaration with a name of its own. */
import { checkDeclaration } from './check-declaration.ts'
import type { AnyDeclaration, Consistent } from './declaration.ts'

/**
 * Names a declaration, so that helper functions of a longer spec can be typed:
 * `const raft = declare({ ... })`, then `Process<typeof raft, 'server'>`.
 * @throws SplitbrainError `bad-protocol` where something in it is unknown, misspelt or reserved
 */
export function declare<const D extends AnyDeclaration>(declaration: D & Consistent<D>): D {
  checkDeclaration(declaration)
  return declaration
}
