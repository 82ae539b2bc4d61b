/** The thread's own part of a fresh instance (fresh-instance.ts). For a thread's entry to call. */
import { once } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { Model } from '../../model.ts'
import { shapeOf } from '../parallel/recruiting.ts'
import type { FreshlySaid } from './fresh-instance.ts'
import { whoDiffers } from './repeat.ts'
import type { Sample } from './sample.ts'

export async function repeatOn(model: Model, port: MessagePort): Promise<void> {
  const say = (said: FreshlySaid) => port.postMessage(said)
  const asked = once(port, 'message')
  say({ ready: shapeOf(model) })
  const [sample] = (await asked) as [Sample]
  say({ differs: whoDiffers(model, sample) })
}
