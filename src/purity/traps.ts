/** All traps together, set for as long as the protocol's own code may run. */
import { syncBuiltinESMExports } from 'node:module'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { changeSince, type Pictures, pictureOfBuiltIns } from './built-ins.ts'
import { giveThemPlainCopies } from './look-through.ts'
import { putOutOfReach } from './out-of-reach.ts'
import type { Undo } from './trap.ts'

/** How many have asked for the traps; the last one to undo removes them. */
let holders = 0
let undo: Undo[] = []
let before: Pictures = []

/**
 * Sets the traps until the returned function is called. Calls nest. It throws `impure`, in the place of whatever was
 * thrown meanwhile, where a built-in is another one then: nothing that was found by it can be trusted.
 * @param looksAtBuiltIns false where the caller does
 */
export function setTraps(looksAtBuiltIns = true): Undo {
  if (holders++ === 0) {
    before = pictureOfBuiltIns()
    arm()
  }
  let isSet = true
  return () => {
    if (!isSet) return
    isSet = false
    if (--holders > 0) return
    disarm()
    if (looksAtBuiltIns) checkBuiltIns()
  }
}

function checkBuiltIns(): void {
  const what = changeSince(before)
  if (what === undefined) return
  throw new SplitbrainError(
    'impure',
    `a body, a property or the definition ${what}, which changes how values are compared and kept; they must be pure: ` +
      'only read what JavaScript brings',
  )
}

/** Runs something that is to see what JavaScript brings as it is, though somebody else may have asked for the traps. */
export function liftingTraps<T>(run: () => T): T {
  if (holders === 0) return run()
  disarm()
  try {
    return run()
  } finally {
    arm()
  }
}

function arm(): void {
  undo = [...putOutOfReach(), ...giveThemPlainCopies()]
  syncBuiltinESMExports() // `import { uptime } from 'node:process'` is bound to the same trap
}

function disarm(): void {
  for (const restore of undo.reverse()) restore()
  syncBuiltinESMExports()
}
