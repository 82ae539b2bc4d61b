/**
 * Lets protocols be imported from files: TypeScript as it is, and `splitbrain` from anywhere (import-hook.ts says how).
 * It costs about a tenth of a second and a thread, so it is done when the first file is loaded, and never before.
 */
import { register } from 'node:module'
import { register as registerTypeScript } from 'tsx/esm/api'
import { ownModule, runsFromSources } from '../own-code.ts'

let areEnabled = false

export function enableImports(): void {
  if (areEnabled) return
  areEnabled = true
  if (!runsFromSources) registerTypeScript({ tsconfig: false }) // from source, bin/verify.mjs has done it
  register(ownModule('load/import-hook'), { data: ownModule('index') })
}
