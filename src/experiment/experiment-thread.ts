/** A thread that does the searches of experiments. Users' code is imported in such threads only. */
import type { MessagePort } from 'node:worker_threads'
import { modelOf } from '../check/investigate.ts'
import type { Budget, Interruption } from '../engine/search-options.ts'
import { enableRecorded } from '../load/enable-imports.ts'
import { beginRun } from '../load/mutated.ts'
import type { Recording } from '../load/recorder.ts'
import { type Beat, beatOn } from '../purity/heartbeat.ts'
import type { Problem, Stop } from '../threads/pool.ts'
import { problemOf } from '../threads/problem-of.ts'
import { type Inclusion, included } from './compare/inclusion.ts'
import { type Studied, study, type Variant } from './compare/study.ts'
import { type Own, type OwnAsked, ownRun } from './mutate/own-run.ts'
import { type Compared, compared } from './parting.ts'
import { loadedSubject, type Ran, type RunAsked, runAsked, type Setting, type Subject } from './run.ts'
import { trapped } from './trapped.ts'

/** What a thread is asked: to search, or where two protocols part. */
export type Task =
  | ({ readonly what: 'run' } & RunAsked)
  /** To search, and to say which mutants did something else. */
  | ({ readonly what: 'own' } & OwnAsked)
  | {
      readonly what: 'compare'
      readonly ours: Subject
      readonly theirs: Subject
      readonly setting: Setting
      readonly timeoutMs: number
    }
  /** What a protocol holds and how large it is, searched to its end. */
  | { readonly what: 'study'; readonly variant: Variant; readonly budget: Budget }
  /** Whether all that one does the other can do. */
  | { readonly what: 'include'; readonly ours: Variant; readonly theirs: Variant; readonly timeoutMs: number }

export type Answer =
  | { readonly ran: Ran }
  | { readonly own: Own }
  | { readonly compared: Compared }
  | { readonly studied: Studied }
  | { readonly included: Inclusion }

const modelFor = async ({ name, instance }: Variant) => modelOf(await loadedSubject({ name }), instance)

/** Answers tasks, one after the other, until the thread is ended. */
export async function takePart(
  { recording }: { readonly recording?: Recording },
  port: MessagePort,
  beat?: Beat,
): Promise<void> {
  if (recording !== undefined) enableRecorded(recording)
  const begin = (what: string) => {
    beginRun()
    beat?.begin(what)
  }
  beatOn({ begin, end: () => beat?.end() })
  const stopping = new AbortController()
  port.on('message', (task: Task | Stop) => {
    if (task.what === 'stop') stopping.abort()
    else void answer(task, stopping.signal).then((said) => port.postMessage(said))
  })
}

async function answer(task: Task, signal: Interruption): Promise<Answer | Problem> {
  try {
    if (task.what === 'run') return { ran: await runAsked(task, signal) }
    if (task.what === 'own') return { own: await ownRun(task, signal) }
    if (task.what === 'study') return { studied: await study(task.variant, task.budget, signal) }
    if (task.what === 'include') {
      const [some, other] = [await modelFor(task.ours), await modelFor(task.theirs)]
      return { included: trapped(() => included(some, other, task.timeoutMs)) }
    }
    const ours = modelOf(await loadedSubject(task.ours), task.setting) // one after the other: loading is watched
    const models = [ours, modelOf(await loadedSubject(task.theirs), task.setting)] as const
    return { compared: trapped(() => compared(...models, task.timeoutMs)) }
  } catch (thrown) {
    return problemOf(thrown)
  }
}
