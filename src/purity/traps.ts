/** All traps together, set for as long as the protocol's own code may run. */
import { syncBuiltinESMExports } from 'node:module'
import { giveThemPlainCopies } from './look-through.ts'
import { putOutOfReach } from './out-of-reach.ts'
import type { Undo } from './trap.ts'

/** How many have asked for the traps; the last one to undo removes them. */
let holders = 0
let undo: Undo[] = []

/** Sets the traps until the returned function is called. Calls nest. */
export function setTraps(): Undo {
  if (holders++ === 0) {
    undo = [...putOutOfReach(), ...giveThemPlainCopies()]
    syncBuiltinESMExports() // `import { uptime } from 'node:process'` is bound to the same trap
  }
  let isSet = true
  return () => {
    if (!isSet) return
    isSet = false
    if (--holders > 0) return
    for (const restore of undo.reverse()) restore()
    syncBuiltinESMExports()
  }
}
