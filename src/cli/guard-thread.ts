/** What a protocol may do to the thread that it runs in, outside of its bodies: end it, or fail when nobody expects it. */

import { placeOf } from '../load/what-was-thrown.ts'
import { EXIT } from './exit-code.ts'
import type { Thread } from './supervisor.ts'

const REMEDY = "a protocol's file may only define it"

/** From now on, what ends the thread says so, and the exit code is 2. */
export function guardThread({ stderr, answer }: Pick<Thread, 'stderr' | 'answer'>): void {
  const exit = process.exit.bind(process)
  const endWith = (text: string): never => {
    stderr.write(`verify: ${text}\n`)
    answer(EXIT.wrong)
    return exit()
  }
  process.exit = () => endWith(`${placeOf(new Error()) ?? 'something'} calls process.exit; ${REMEDY}`)
  process.on('uncaughtException', (thrown) => endWith(lateText(thrown)))
}

function lateText(thrown: unknown): string {
  const place = thrown instanceof Error ? placeOf(thrown) : undefined
  if (thrown instanceof Error && place === undefined) {
    return `this is a defect of splitbrain itself; please report it with these lines\n${thrown.stack}`
  }
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message} (at ${place})` : String(thrown)
  return `nobody catches what is thrown outside of the bodies: ${what}; ${REMEDY}`
}
