/** How long a thread may take for a task before it is taken for one that does not return. */
import type { Task } from './experiment-thread.ts'

/** A thread that has just begun loads the protocol first, which takes a while where the machine is busy. */
const LOADING_MS = 30_000

/** Of a study, a search and a walk through the same states. */
export function patienceFor(task: Task): number {
  const timeoutMs = 'budget' in task ? (task.budget.timeoutMs ?? Number.POSITIVE_INFINITY) : task.timeoutMs
  return (task.what === 'study' ? 2 : 1) * timeoutMs + LOADING_MS
}
