/** `verify test --watch`: after each change, the tests that it can affect are run again, until somebody ends it. */
import { relative, resolve } from 'node:path'
import { codeFolder } from '../own-code.ts'
import type { RanTests } from '../testing/run-tests.ts'
import type { TestResult } from '../testing/test.ts'
import { WatchedFiles } from '../testing/watch-files.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'
import { complainAbout } from './failure.ts'

export interface Watching {
  /** Runs the tests of these files; of all, where none are named. */
  readonly run: (files?: ReadonlySet<string>) => Promise<RanTests>
  /** The files that hold tests now, as they are named in results. */
  readonly sources: () => readonly string[]
  /** The folders that tests may come to lie in. */
  readonly folders: () => readonly string[]
  readonly console: Console
  /** Has this called once, at the first signal; returns what ends that. */
  readonly atSignal: (act: () => void) => () => void
}

/** The last result of each test, once it is ended. */
export async function watchTests({ run, sources, folders, console, atSignal }: Watching): Promise<TestResult[]> {
  const watched = new WatchedFiles()
  const stopListening = atSignal(() => watched.stop())
  const known = new Known()
  try {
    watched.add([], folders())
    let files: ReadonlySet<string> | undefined
    for (;;) {
      watched.add(sources().map((file) => resolve(file)))
      await runKnown(files, run, known, console)
      watched.add(known.files(), folders())
      if (files === undefined || files.size > 0) console.print(console.paint.dim('\nWaiting for changes; Ctrl-C ends.'))
      const changed = await watched.changed()
      if (changed.length === 0) return known.results()
      files = known.affected(changed, sources())
      const told = changed.filter((file) => CODE.test(file)).map((file) => relative('', file))
      if (files.size > 0) console.print(console.paint.dim(`\n${told.join(', ')} changed`))
    }
  } finally {
    stopListening()
    watched.stop()
  }
}

async function runKnown(
  files: ReadonlySet<string> | undefined,
  run: Watching['run'],
  known: Known,
  console: Console,
): Promise<void> {
  if (files?.size === 0) return
  try {
    known.take(await run(files), files)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
    complainAbout(thrown, console) // as where the last test is gone: another change may bring it back
  }
}

/** What is known of the files that hold tests. */
class Known {
  readonly #results = new Map<string, TestResult[]>()
  readonly #rests = new Map<string, readonly string[]>()

  take({ results, rests }: RanTests, files: ReadonlySet<string> | undefined): void {
    for (const file of files ?? [...this.#results.keys()]) this.#forget(file)
    for (const result of results) {
      const file = fileOf(result)
      this.#results.set(file, [...(this.#results.get(file) ?? []), result])
    }
    for (const [file, paths] of rests) if (this.#results.has(file)) this.#rests.set(file, paths)
  }

  results(): TestResult[] {
    return [...this.#results.values()].flat()
  }

  /** All that something rests on, but for splitbrain itself. */
  files(): string[] {
    return [...new Set([...this.#rests.values()].flat())].filter((path) => !path.startsWith(codeFolder()))
  }

  /** Those of the sources that rest on one of these files, that are new, or of which it is not known on what they rest. */
  affected(changed: readonly string[], sources: readonly string[]): Set<string> {
    for (const file of this.#results.keys()) if (!sources.includes(file)) this.#forget(file)
    const isAffected = (file: string) => {
      const rests = this.#rests.get(file)
      if (changed.includes(resolve(file))) return true
      return rests === undefined
        ? changed.some((path) => CODE.test(path))
        : changed.some((path) => rests.includes(path))
    }
    return new Set(sources.filter(isAffected))
  }

  #forget(file: string): void {
    this.#results.delete(file)
    this.#rests.delete(file)
  }
}

const CODE = /\.([cm]?[jt]s|json)$/

const fileOf = ({ test }: TestResult): string => test.file ?? test.protocol
