/** The entry of a thread in tests: builds the model that a function of a test module makes, and works on it. */
import { workerData } from 'node:worker_threads'
import { enableSources } from '../../../bin/enable-sources.mjs'

await enableSources()
const { workOn } = await import('../../../src/engine/parallel/worker-thread.ts')
const { repeatOn } = await import('../../../src/engine/fresh/fresh-thread.ts')
const made = await import(workerData.module)
const model = made[workerData.make](...workerData.given)
await (workerData.part === 'repeat' ? repeatOn(model) : workOn(model))
