/** The entry of a thread that takes part in a search: runs the same code as the command that started it (verify.mjs). */
import { workerData } from 'node:worker_threads'

if (workerData.runsFromSources) {
  const { enableSources } = await import('./enable-sources.mjs')
  await enableSources()
}
const { takePart } = await import(workerData.program)
await takePart(workerData)
