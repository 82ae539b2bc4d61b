/** The worker's side of a crew (crew.ts): says that it is ready, waits for its task, reports. For a thread's entry to call. */
import { once } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { Model } from '../../model.ts'
import { shapeOf } from './recruiting.ts'
import { type Task, work } from './work.ts'

/** What a worker says. First that it is ready, and for which model. */
export type Said = { readonly ready: string } | { readonly report: Awaited<ReturnType<typeof work>> }

export async function workOn(model: Model, port: MessagePort): Promise<void> {
  const say = (said: Said) => port.postMessage(said)
  const told = once(port, 'message')
  say({ ready: shapeOf(model) })
  const [task] = (await told) as [Task]
  say({ report: await work(model, task) })
}
