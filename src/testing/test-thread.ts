/**
 * A thread that runs tests. The users' code is imported in such threads only, so that one that hangs or ends its thread
 * takes no other test with it, and a file that has changed is read anew by the next threads.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Budget } from '../engine/search-options.ts'
import { importsOf } from '../load/imports.ts'
import { type Beat, beatOn } from '../purity/heartbeat.ts'
import type { Problem, Stop } from '../threads/pool.ts'
import { problemOf } from '../threads/problem-of.ts'
import { runTest, testsOf } from './run-test.ts'
import type { Test, TestResult } from './test.ts'

/** What a thread is asked. */
export type Task =
  | { readonly what: 'find'; readonly protocol: string; readonly file?: string | undefined }
  | { readonly what: 'run'; readonly test: Test; readonly budget: Budget }

/** The tests of a protocol; `imports` are all files that they were read from, undefined where that is not known. */
export interface FoundTests {
  readonly tests: readonly Test[]
  readonly traces: readonly string[]
  readonly imports: readonly string[] | undefined
}

/** Its answer, one to each task but `stop`. */
export type Answer = { readonly found: FoundTests } | { readonly result: TestResult }

/** Answers tasks, one after the other, until the thread is ended. */
export async function takePart(_: unknown, port: MessagePort, beat?: Beat): Promise<void> {
  if (beat !== undefined) beatOn(beat)
  const stopping = new AbortController()
  port.on('message', (task: Task | Stop) => {
    if (task.what === 'stop') stopping.abort()
    else void answer(task, stopping.signal).then((said) => port.postMessage(said))
  })
}

async function answer(task: Task, signal: AbortSignal): Promise<Answer | Problem> {
  try {
    if (task.what === 'run') return { result: await runTest(task.test, { budget: task.budget, signal }) }
    const { protocol, file } = task
    const found = await testsOf(protocol, file)
    return { found: { ...found, imports: file === undefined ? [] : await importsOf([protocol, file]) } }
  } catch (thrown) {
    return problemOf(thrown)
  }
}
