/** How a trace names the file of its spec. */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Relative to the trace's folder, so that a repository's specs and traces find each other wherever it is cloned. */
export const specPath = (file: string, folder: string): string => relative(resolve(folder), file).replaceAll('\\', '/')

/** The file that `specPath` meant. */
export const specOf = (traceFile: string, spec: string): string => resolve(dirname(traceFile), spec)

/**
 * The same, of a file that is run because a trace names it; where the trace was moved, so that there is no such file, the
 * one of that path below the working directory. Whoever looks at a trace from elsewhere has not asked to run
 * a file from elsewhere: it must lie in the working directory's tree, links followed.
 * @throws SplitbrainError `bad-trace`
 */
export function specWithin(traceFile: string, spec: string): string {
  const meant = specOf(traceFile, spec)
  const fromHere = resolve(spec.replace(/^(\.\.\/)+/, ''))
  const file = !existsSync(meant) && existsSync(fromHere) ? fromHere : meant
  if (isWithinProject(file)) return file
  throw new SplitbrainError(
    'bad-trace',
    `it names the protocol in ${file}, which is outside of the working directory, and is not run unless you name it. ` +
      'If you trust that file, give it with --protocol FILE',
  )
}

/** Whether a file lies in the working directory's tree, links followed. */
export const isWithinProject = (file: string): boolean => isWithin(realPath(process.cwd()), realPath(resolve(file)))

/** Where a path leads; the path itself where there is nothing. */
function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function isWithin(folder: string, file: string): boolean {
  const way = relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
