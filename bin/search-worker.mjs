/** The entry of a thread that takes part in a search: runs the same code as the command that started it (command-thread.mjs). */
import { workerData } from 'node:worker_threads'
import { SharedState } from './supervisor/shared-state.mjs'

if (workerData.runsFromSources) {
  const { enableSources } = await import('./enable-sources.mjs')
  await enableSources()
}
const { takePart } = await import(workerData.program)
await takePart(workerData, workerData.state && new SharedState(workerData.state).newBeat())
