/** The way from a thread to whoever started it. The protocol's code runs in the thread, and is not to answer for it. */
import { createRequire, syncBuiltinESMExports } from 'node:module'

const threads = createRequire(import.meta.url)('node:worker_threads')

/** To be called before any code of a protocol is loaded: afterwards nobody finds the port. */
export function takeOwnPort() {
  /** @type {import('node:worker_threads').MessagePort} */
  const port = threads.parentPort
  threads.parentPort = null
  syncBuiltinESMExports()
  return port
}
