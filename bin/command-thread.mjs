/** The thread that runs the command, and with it the protocol's code (see supervisor/supervise.mjs). */
import { workerData } from 'node:worker_threads'
import { takeOwnPort } from './supervisor/own-port.mjs'
import { threadSide } from './supervisor/thread-side.mjs'

void begin() // not awaited: where a protocol's file never settles, Node would say so in its own words

async function begin() {
  const side = threadSide(takeOwnPort(), workerData)
  if (workerData.runsFromSources) {
    const { enableSources } = await import('./enable-sources.mjs')
    await enableSources()
  }
  const { start } = await import(workerData.program)
  side.answer(await start(side))
}
