/** Where protocols are run plainly, and the clock is looked at in between: bodies themselves are guarded one by one. */
import { setTraps } from '../purity/traps.ts'

export function trapped<T>(run: () => T): T {
  const removeTraps = setTraps()
  try {
    return run()
  } finally {
    removeTraps()
  }
}
