/**
 * A thread that runs tests. The users' code is imported in such threads only, so that one that hangs or ends its thread
 * takes no other test with it, and a file that has changed is read anew by the next threads.
 */
import { parentPort } from 'node:worker_threads'
import type { Budget } from '../engine/result.ts'
import { importsOf } from '../load/imports.ts'
import { type Beat, beatOn } from '../purity/heartbeat.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { runTest, testsOf } from './run-test.ts'
import type { Test, TestResult } from './test.ts'

/** What a thread is asked. */
export type Task =
  | { readonly what: 'find'; readonly protocol: string; readonly file?: string | undefined }
  | { readonly what: 'run'; readonly test: Test; readonly budget: Budget }
  | { readonly what: 'stop' }

/** The tests of a protocol; `imports` are all files that they were read from, undefined where that is not known. */
export interface FoundTests {
  readonly tests: readonly Test[]
  readonly traces: readonly string[]
  readonly imports: readonly string[] | undefined
}

/** Its answer, one to each task but `stop`. */
export type Answer =
  | { readonly found: FoundTests }
  | { readonly result: TestResult }
  | { readonly problem: { readonly code: string; readonly message: string } }

/** Answers tasks, one after the other, until the thread is ended. */
export async function takePart(_: unknown, beat?: Beat): Promise<void> {
  if (beat !== undefined) beatOn(beat)
  const stopping = new AbortController()
  parentPort!.on('message', (task: Task) => {
    if (task.what === 'stop') stopping.abort()
    else void answer(task, stopping.signal).then((said) => parentPort!.postMessage(said))
  })
}

async function answer(task: Exclude<Task, { what: 'stop' }>, signal: AbortSignal): Promise<Answer> {
  try {
    if (task.what === 'run') return { result: await runTest(task.test, { budget: task.budget, signal }) }
    const { protocol, file } = task
    const found = await testsOf(protocol, file)
    return { found: { ...found, imports: file === undefined ? [] : await importsOf([protocol, file]) } }
  } catch (thrown) {
    const code = thrown instanceof SplitbrainError ? thrown.code : 'internal'
    const message =
      thrown instanceof Error
        ? code === 'internal'
          ? (thrown.stack ?? thrown.message)
          : thrown.message
        : String(thrown)
    return { problem: { code, message } }
  }
}
