/** What a thread in tests does (thread-entry.ts). */
import { parentPort, workerData } from 'node:worker_threads'
import { repeatOn } from '../../../src/engine/fresh/fresh-thread.ts'
import { workOn } from '../../../src/engine/parallel/worker-thread.ts'
import type { Model } from '../../../src/model.ts'

/** What a thread is told. */
export interface Told {
  /** The name of a function of the module, and what it is given. */
  readonly make: string
  readonly given: readonly unknown[]
  /** To repeat a sample of the search, or else to take part in it. */
  readonly part?: 'repeat'
}

/** @param made what the module exports */
export async function workWith(made: Readonly<Record<string, (...given: readonly unknown[]) => Model>>): Promise<void> {
  const { make, given, part } = workerData as Told
  const model = made[make]!(...given)
  await (part === 'repeat' ? repeatOn(model, parentPort!) : workOn(model, parentPort!))
}
