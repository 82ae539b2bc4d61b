/** A search with somebody in front of it: a status line while it runs, and a signal to end it with what is known. */
import type { Progress, SearchOptions } from '../engine/search-options.ts'
import { progressLine } from '../report/progress-line.ts'
import { plural } from '../report/quantities.ts'
import type { Console } from './console.ts'

export interface Watching {
  /** Of the search, in milliseconds. */
  readonly timeoutMs?: number | undefined
  /** Says nothing but the answer. */
  readonly isQuiet?: boolean | undefined
  /** What stands before the progress. */
  readonly title?: string
}

/** A violation that is known for so long is told before its level is done. */
const TELL_AFTER_MS = 2000

/** Runs a search, or a part of many, that ends by itself at a signal and when its time is up. */
export async function watchedSearch<Result>(
  search: (watch: Pick<SearchOptions, 'signal' | 'onProgress'>) => Promise<Result>,
  console: Console,
  { timeoutMs = Number.POSITIVE_INFINITY, isQuiet = false, title = '' }: Watching = {},
): Promise<Result> {
  const { supervisor } = console
  const statusLine = isQuiet ? undefined : console.statusLine
  const tellFound = foundTeller(console)
  supervisor?.heed()
  supervisor?.endIn(timeoutMs)
  const onProgress = (progress: Progress) => {
    const { distinct, depth, found } = progress
    supervisor?.know({ distinct, depth, found: found?.steps })
    tellFound(progress)
    statusLine?.show(title + progressLine(progress, statusLine.width - title.length))
  }
  try {
    return await search({ ...(supervisor && { signal: supervisor.interruption }), onProgress })
  } finally {
    supervisor?.endIn(Number.POSITIVE_INFINITY)
    statusLine?.clear()
  }
}

/** Says once that a violation is known, where the rest of its level takes long. */
function foundTeller(console: Console): (progress: Progress) => void {
  let since: number | undefined
  let isTold = false
  return ({ found, elapsedMs }) => {
    if (found === undefined || isTold) return
    since ??= elapsedMs
    if (elapsedMs < since + TELL_AFTER_MS) return
    isTold = true
    console.statusLine?.clear()
    console.complain(`! ${foundText(found)}; the rest of its level is being searched: Ctrl-C ends that`)
  }
}

function foundText({ property, steps }: NonNullable<Progress['found']>): string {
  const after = steps === undefined ? '' : ` after ${plural(steps, 'step')}`
  return property === undefined ? 'a violation is found' : `${property} is violated${after}`
}
