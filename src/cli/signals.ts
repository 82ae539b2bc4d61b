/** Signals, for commands that have many searches under way in other threads and end with what is known. */
import type { Console } from './console.ts'

/** How often a signal is looked for. */
const LOOK_MS = 50

/** The first signal is the command's business from now on; so is the time that a search may take. */
export function heedSignals({ supervisor }: Console): void {
  supervisor?.heed()
  supervisor?.endIn(Number.POSITIVE_INFINITY) // --timeout is that of each search
}

/** @returns what ends the looking */
export function atSignal(act: () => void, { supervisor }: Console): () => void {
  if (supervisor === undefined) return () => {}
  const looking = setInterval(() => {
    if (!supervisor.interruption.aborted) return
    clearInterval(looking)
    act()
  }, LOOK_MS)
  return () => clearInterval(looking)
}
