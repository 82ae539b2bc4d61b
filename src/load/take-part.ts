/**
 * Searches on several threads, from the command's side: what a thread is sent to build the model again, and how it does
 * (bin/search-worker.mjs, which every thread begins with).
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import { repeatOn } from '../engine/fresh/fresh-thread.ts'
import type { Recruiting } from '../engine/parallel/recruiting.ts'
import { workOn } from '../engine/parallel/worker-thread.ts'
import { ownModule, packageRoot, runsFromSources } from '../own-code.ts'
import { type Beat, beatOn } from '../purity/heartbeat.ts'
import { enableRecorded } from './enable-imports.ts'
import { instantiate } from './instantiate.ts'
import { loadProtocol } from './load-protocol.ts'
import type { Recording } from './recorder.ts'

/** What a model is built from. */
interface Plan {
  /** Of the corpus, or a file. */
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly bugs: readonly string[]
  /** What the thread is for: to take part in the search, or to repeat a sample of it. */
  readonly part?: 'search' | 'repeat'
  /** What the file was when it was loaded first: it may have been edited since. */
  readonly recording?: Recording | undefined
}

/** @param state what threads of one command share, where somebody watches over it */
export function recruiting(plan: Plan, state?: SharedArrayBuffer): Recruiting {
  const { entry, source } = threadsFor('load/take-part', state)
  return { entry, source: { ...plan, ...(source as object) } }
}

/**
 * Threads that run what a module of ours exports as `takePart`.
 * @param recording of the files that they load: they have them as they were
 */
export const threadsFor = (
  program: Parameters<typeof ownModule>[0],
  state?: SharedArrayBuffer,
  recording?: Recording,
): Recruiting => ({
  entry: pathToFileURL(join(packageRoot(), 'bin', 'search-worker.mjs')),
  source: { ...(state && { state }), ...(recording && { recording }), program: ownModule(program), runsFromSources },
})

/** Builds the model and works on it when told to. */
export async function takePart(
  { name, parameters, bugs, part, recording }: Plan,
  port: MessagePort,
  beat?: Beat,
): Promise<void> {
  if (beat !== undefined) beatOn(beat)
  if (recording !== undefined) enableRecorded(recording)
  const model = instantiate(await loadProtocol(name), parameters, bugs)
  await (part === 'repeat' ? repeatOn(model, port) : workOn(model, port))
}
