/** A thread that does the searches of experiments. Users' code is imported in such threads only. */
import { parentPort } from 'node:worker_threads'
import { modelOf } from '../check/investigate.ts'
import type { Interruption } from '../engine/result.ts'
import { type Beat, beatOn } from '../purity/heartbeat.ts'
import { setTraps } from '../purity/traps.ts'
import type { Problem, Stop } from '../threads/pool.ts'
import { problemOf } from '../threads/problem-of.ts'
import { type Compared, compared } from './parting.ts'
import { loadedSubject, type Ran, type RunAsked, runAsked, type Setting, type Subject } from './run.ts'

/** What a thread is asked: to search, or where two protocols part. */
export type Task =
  | ({ readonly what: 'run' } & RunAsked)
  | {
      readonly what: 'compare'
      readonly ours: Subject
      readonly theirs: Subject
      readonly setting: Setting
      readonly timeoutMs: number
    }

export type Answer = { readonly ran: Ran } | { readonly compared: Compared }

/** Answers tasks, one after the other, until the thread is ended. */
export async function takePart(_: unknown, beat?: Beat): Promise<void> {
  if (beat !== undefined) beatOn(beat)
  const stopping = new AbortController()
  parentPort!.on('message', (task: Task | Stop) => {
    if (task.what === 'stop') stopping.abort()
    else void answer(task, stopping.signal).then((said) => parentPort!.postMessage(said))
  })
}

async function answer(task: Task, signal: Interruption): Promise<Answer | Problem> {
  try {
    if (task.what === 'run') return { ran: await runAsked(task, signal) }
    const ours = modelOf(await loadedSubject(task.ours), task.setting) // one after the other: loading is watched
    const models = [ours, modelOf(await loadedSubject(task.theirs), task.setting)] as const
    const removeTraps = setTraps()
    try {
      return { compared: compared(...models, task.timeoutMs) }
    } finally {
      removeTraps()
    }
  } catch (thrown) {
    return problemOf(thrown)
  }
}
