/** The thread that runs the command, and with it the protocol's code (see supervisor/supervise.mjs). */
import { parentPort, workerData } from 'node:worker_threads'
import { threadSide } from './supervisor/thread-side.mjs'

void begin() // not awaited: where a protocol's file never settles, Node would say so in its own words

async function begin() {
  const side = threadSide(/** @type {import('node:worker_threads').MessagePort} */ (parentPort), workerData)
  if (workerData.runsFromSources) {
    const { enableSources } = await import('./enable-sources.mjs')
    await enableSources()
  }
  const { start } = await import(workerData.program)
  side.answer(await start(side))
}
