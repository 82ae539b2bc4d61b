/** How a trace names the file of its spec. */
import { dirname, relative, resolve } from 'node:path'

/** Relative to the trace's folder, so that a repository's specs and traces find each other wherever it is cloned. */
export const specPath = (file: string, folder: string): string => relative(resolve(folder), file).replaceAll('\\', '/')

/** The file that `specPath` meant. */
export const specOf = (traceFile: string, spec: string): string => resolve(dirname(traceFile), spec)
