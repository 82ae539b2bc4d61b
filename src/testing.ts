/**
 * `splitbrain/testing`: the real system held against the model, in the tests of the system. (The folder testing/ beside
 * this file is `verify test`; what this file gives is in drive/.)
 */
export {
  type Client,
  type Concurrent,
  type ConcurrentOptions,
  concurrently,
  Inconsistent,
  noEffect,
} from './drive/concurrently.ts'
export { Disagreement } from './drive/disagreement.ts'
export { drive } from './drive/drive.ts'
export type { Driven } from './drive/driven.ts'
export type { Coverage, Doing, DriveOptions, ModelState } from './drive/options.ts'
