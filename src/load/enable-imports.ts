/**
 * Lets protocols be imported from files: TypeScript as it is, and `splitbrain` from anywhere (import-hook.ts says how).
 * It costs about a tenth of a second and a thread, so it is done when the first file is loaded, and never before.
 */
import { register } from 'node:module'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { register as registerTypeScript } from 'tsx/esm/api'
import { ownModule } from '../own-code.ts'

/** Our end of the line to the hooks. */
let line: MessagePort | undefined

/** @param runsTypeScript whether this thread runs TypeScript already, for it runs splitbrain's own */
export function enableImports(runsTypeScript = false): void {
  if (line !== undefined) return
  const { port1, port2 } = new MessageChannel()
  line = port1
  port1.unref()
  if (!runsTypeScript) registerTypeScript({ tsconfig: false })
  register(ownModule('load/import-hook'), { data: { apiUrl: ownModule('index'), line: port2 }, transferList: [port2] })
}

/** The addresses of these modules and of all that they import, at any remove; undefined where one was not imported. */
export async function askImports(roots: readonly string[]): Promise<readonly string[] | undefined> {
  if (line === undefined) return undefined
  const port = line
  port.ref()
  try {
    return await new Promise((answer) => {
      port.once('message', answer)
      port.postMessage(roots)
    })
  } finally {
    port.unref()
  }
}
