/**
 * Lets protocols be imported from files: TypeScript as it is, and `splitbrain` from anywhere (import-hook.ts says how).
 * It costs about a tenth of a second and a thread, so it is done when the first file is loaded, and never before.
 */
import { register } from 'node:module'
import { register as registerTypeScript } from 'tsx/esm/api'
import { ownModule } from '../own-code.ts'

let areEnabled = false

/** @param runsTypeScript whether this thread runs TypeScript already, for it runs splitbrain's own */
export function enableImports(runsTypeScript = false): void {
  if (areEnabled) return
  areEnabled = true
  if (!runsTypeScript) registerTypeScript({ tsconfig: false })
  register(ownModule('load/import-hook'), { data: ownModule('index') })
}
