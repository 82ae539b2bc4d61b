/** splitbrain's public API: what a spec imports, and the library that checks one. */
export { z } from 'zod'
export type { ReplayResult } from './check/replay.ts'
export {
  BrokenProtocol,
  type CheckResult,
  type Holds,
  type PropertyAnswer,
  type Unknown,
  type Violated,
  type Violation,
} from './check/result.ts'
export type { Budgets, CheckOptions, ReplayOptions, SimulateOptions } from './check/settings.ts'
export { check, loadTrace, replay, simulate } from './check.ts'
export { type Line, type LogMap, logMap } from './conform/log-map.ts'
export {
  convergent,
  linearizable,
  monotonicReads,
  monotonicWrites,
  readYourWrites,
  sequentiallyConsistent,
} from './history/consistent.ts'
export { casRegister, counter, kv, mutex, queue, register, set, stack } from './history/ready-objects.ts'
export { type SequentialObject, sequentialObject } from './history/sequential-object.ts'
export type { MessageOf, Process, Shared } from './language/declaration.ts'
export { declare } from './language/declare.ts'
export type { Context, ProcessView, ReceiveContext, View, World } from './language/definition.ts'
export { may } from './language/may.ts'
export { type Protocol, protocol } from './language/protocol.ts'
export { type ImageOf, type RefinementOptions, refines } from './language/refines.ts'
export { type FairRefinementOptions, refinesFairly } from './language/refines-fairly.ts'
export type { Scenario } from './language/scenario.ts'
export { type Id, id } from './language/schema.ts'
export { type Clock, tick } from './language/tick.ts'
export { disabled } from './model.ts'
export type { Assumption } from './property/fairness.ts'
export { ltl } from './property/ltl.ts'
export { all, every, fails, none, noPair, some, when } from './property/quantifiers.ts'
export {
  always,
  alwaysEventually,
  alwaysEventuallyStep,
  canAlways,
  deadlockFree,
  eventually,
  eventuallyAlways,
  forEach,
  leadsTo,
  never,
  optional,
  sometimes,
  step,
} from './property/question.ts'
export type { Trace } from './trace/trace.ts'
export { equal } from './value/canonical.ts'
export type { HistoryEvent } from './value/history.ts'
export { type ErrorCode, SplitbrainError } from './value/splitbrain-error.ts'
