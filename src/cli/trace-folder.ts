/** The folder that traces go to. That it can be written is found out before a search, not after an hour of it. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { SplitbrainError } from '../value/splitbrain-error.ts'

const NAME = 'counterexamples'

const TRACES = { what: 'traces', remedy: 'Give another folder with --out, or save none with --no-save' }

/**
 * Traces of a protocol in a file go beside it, wherever the command is called; those of the corpus, whose files are not the
 * user's, into the working directory.
 * @param given with `--out`
 * @param file of the protocol; undefined for one of the corpus
 */
export function traceFolder(given: string | undefined, file: string | undefined): string {
  return given ?? (file === undefined ? NAME : relative('', join(dirname(file), NAME)))
}

/**
 * Tries it for real, and leaves nothing behind: permissions alone do not tell of a read-only disk, nor of a full one. What
 * is tried lies in a folder of its own, so that runs that begin together do not see each other.
 * @param what is to be saved there, in the plural, and what to do where it cannot
 * @throws SplitbrainError `cannot-write`
 */
export function checkWritable(folder: string, { what, remedy } = TRACES): void {
  try {
    const { above, missing } = split(folder)
    const probe = mkdtempSync(join(above, '.probe-'))
    try {
      missing.reduce((parent, name) => {
        const path = join(parent, name)
        mkdirSync(path) // one by one: Node's recursive mkdir can hang, as in /proc
        return path
      }, probe)
    } finally {
      rmSync(probe, { recursive: true, force: true })
    }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new SplitbrainError('cannot-write', `${what} cannot be saved in ${folder} (${reason})\n${remedy}`)
  }
}

/** The innermost folder that exists, and the names of those below it that do not, outermost first. */
function split(folder: string): { above: string; missing: string[] } {
  const missing: string[] = []
  let above = resolve(folder)
  for (; ; above = dirname(above)) {
    const found = statSync(above, { throwIfNoEntry: false })
    if (found?.isDirectory()) return { above, missing }
    if (found !== undefined) throw new Error(`${above} is a file`)
    missing.unshift(basename(above))
  }
}
