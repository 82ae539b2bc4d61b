/**
 * Lets protocols be imported from files: TypeScript as it is, and `splitbrain` from anywhere (import-hook.ts says how).
 * It costs about a tenth of a second and a thread, so it is done when the first file is loaded, and never before.
 */
import { register } from 'node:module'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { ownModule } from '../own-code.ts'
import type { Question } from './import-hook.ts'
import type { Recording } from './recorder.ts'

/** Our end of the line to the hooks. */
let line: MessagePort | undefined
let enabled: Promise<void> | undefined

/** @param runsTypeScript whether this thread runs TypeScript already, for it runs splitbrain's own */
export function enableImports(runsTypeScript = false): Promise<void> {
  enabled ??= enable(runsTypeScript)
  return enabled
}

async function enable(runsTypeScript: boolean): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  port1.unref()
  if (!runsTypeScript) {
    const typeScript = await import('tsx/esm/api') // a thread that loads what was recorded does without
    typeScript.register({ tsconfig: false })
  }
  line = port1
  register(ownModule('load/import-hook'), { data: { apiUrl: ownModule('index'), line: port2 }, transferList: [port2] })
}

/** The same for what another thread has loaded, from the text that it had: nothing else is to be loaded here. */
export function enableRecorded(recording: Recording): void {
  enabled = Promise.resolve()
  process.setSourceMapsEnabled(true) // as tsx does
  register(ownModule('load/recorded-hook'), { data: recording })
}

/** The addresses of these modules and of all that they import, at any remove; undefined where one was not imported. */
export const askImports = (roots: readonly string[]): Promise<readonly string[] | undefined> =>
  ask({ what: 'imports', roots })

/** What it takes to load this module again; undefined where it was not imported, or rests on what is not recorded. */
export const askRecording = (root: string): Promise<Recording | undefined> => ask({ what: 'recording', root })

/** When what was asked before is answered: an answer does not say which question it is to. */
let answered: Promise<unknown> = Promise.resolve()

function ask<Answer>(question: Question): Promise<Answer | undefined> {
  const answer = answered.then(() => askNext<Answer>(question))
  answered = answer
  return answer
}

async function askNext<Answer>(question: Question): Promise<Answer | undefined> {
  if (line === undefined) return undefined
  const port = line
  port.ref()
  try {
    return await new Promise((answer) => {
      port.once('message', answer)
      port.postMessage(question)
    })
  } finally {
    port.unref()
  }
}
