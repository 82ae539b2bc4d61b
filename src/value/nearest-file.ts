/** "Did you mean", for files. */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nearestSpelling } from './nearest-name.ts'

/** For the end of a message about a file that is not there: `; did you mean ./lock.ts?`, or nothing where none is near. */
export function didYouMeanFile(given: string): string {
  const near = nearestSpelling(basename(given), namesIn(dirname(given)))
  if (near === undefined) return ''
  const path = join(dirname(given), near)
  return `; did you mean ${given.startsWith('./') ? `./${path}` : path}?`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // it is not there either
  }
}
