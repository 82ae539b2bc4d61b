/** A search with a person in front of it: a status line while it runs, and Ctrl-C to end it with what is known. */
import type { SearchOptions, SearchResult } from '../engine/result.ts'
import { progressLine } from '../report/progress-line.ts'
import type { Console } from './console.ts'

export interface Watcher {
  /** Called when the search can be interrupted, right before it starts. */
  announce(): void
  readonly statusLine?: Console['statusLine']
}

/** The first Ctrl-C asks the search to end; the second one finds no listener any more and ends the process. */
export async function watchedSearch(
  search: (watch: Pick<SearchOptions, 'signal' | 'onProgress'>) => Promise<SearchResult>,
  { announce, statusLine }: Watcher,
): Promise<SearchResult> {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.once('SIGINT', interrupt)
  announce()
  try {
    return await search({
      signal: interruption.signal,
      ...(statusLine && { onProgress: (progress) => statusLine.show(progressLine(progress, statusLine.width)) }),
    })
  } finally {
    process.off('SIGINT', interrupt)
    statusLine?.clear()
  }
}
