/** The entry of a thread that takes part in a search: runs the same code as the command that started it (command-thread.mjs). */
import { workerData } from 'node:worker_threads'
import { takeOwnPort } from './supervisor/own-port.mjs'
import { SharedState } from './supervisor/shared-state.mjs'

const port = takeOwnPort()
if (workerData.runsFromSources) {
  const { enableSources } = await import('./enable-sources.mjs')
  await enableSources()
}
const { takePart } = await import(workerData.program)
await takePart(workerData, port, workerData.state && new SharedState(workerData.state).newBeat())
