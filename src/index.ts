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
export { type LogMap, logMap } from './conform/log-map.ts'
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
export { declare, type MessageOf, type Process, type Shared } from './spec/declaration.ts'
export type { Context, ProcessView, ReceiveContext, View, World } from './spec/definition.ts'
export { may } from './spec/may.ts'
export { type Protocol, protocol } from './spec/protocol.ts'
export { type ImageOf, type RefinementOptions, refines } from './spec/refines.ts'
export { type FairRefinementOptions, refinesFairly } from './spec/refines-fairly.ts'
export type { Scenario } from './spec/scenario.ts'
export { type Id, id } from './spec/schema.ts'
export { type Clock, tick } from './spec/tick.ts'
export type { Trace } from './trace/trace.ts'
export { equal } from './value/canonical.ts'
export type { HistoryEvent } from './value/history.ts'
export { type ErrorCode, SplitbrainError } from './value/splitbrain-error.ts'
