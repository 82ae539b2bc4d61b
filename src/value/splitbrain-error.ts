/**
 * Every error a user can cause is a SplitbrainError: its code is stable, its message says where, what was found, what
 * was expected and what to do. Anything else that is thrown is a defect of splitbrain itself.
 */
export type ErrorCode =
  | 'not-a-value'
  | 'bad-protocol'
  | 'bad-parameter'
  | 'bad-option'
  | 'bad-trace'
  | 'bad-history'
  | 'bad-scenario'
  | 'bad-map'
  | 'bad-log'
  | 'tampered-trace'
  | 'unknown-protocol'
  | 'impure'
  | 'body-threw'
  | 'bad-step'
  | 'bad-property'
  | 'cannot-write'
  | 'worker-died'
  | 'out-of-memory'
  | 'internal'

export class SplitbrainError extends Error {
  override readonly name = 'SplitbrainError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
