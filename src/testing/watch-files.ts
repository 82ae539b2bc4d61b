/**
 * Which files are saved while somebody works on them. Folders are watched and not files, since editors replace files;
 * each by itself, since a recursive watch walks through node_modules. A file counts as changed where its text is another.
 */
import { createHash } from 'node:crypto'
import { existsSync, type FSWatcher, readFileSync, statSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'

/** Saving some files together, or formatting on save, is one change. */
const QUIET_MS = 100

export class WatchedFiles {
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #digests = new Map<string, string>()
  readonly #touched = new Set<string>()
  #settled: (() => void) | undefined
  #quiet: NodeJS.Timeout | undefined

  /** @param files absolute; the folders that they lie in are watched from now on, and so are `folders` */
  add(files: Iterable<string>, folders: Iterable<string> = []): void {
    for (const file of files) {
      if (!this.#digests.has(file)) this.#digests.set(file, digestOf(file))
      this.#watch(dirname(file))
    }
    for (const folder of folders) this.#watch(folder)
  }

  /** The files whose text has changed since they were last told or added, once there are some; empty where it is stopped. */
  async changed(): Promise<string[]> {
    for (;;) {
      if (this.#touched.size === 0 && this.#watchers.size > 0) await new Promise<void>((done) => (this.#settled = done))
      if (this.#watchers.size === 0) return []
      const files = [...this.#touched].filter((file) => this.#isAnother(file))
      this.#touched.clear()
      if (files.length > 0) return files.sort()
    }
  }

  stop(): void {
    clearTimeout(this.#quiet)
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
    this.#settled?.()
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder) || !existsSync(folder)) return
    const watcher = watch(folder, (_, name) => {
      if (name !== null) this.#note(join(folder, name))
    })
    watcher.on('error', () => this.#watchers.delete(folder)) // it is gone
    this.#watchers.set(folder, watcher)
  }

  #note(file: string): void {
    this.#touched.add(file)
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.#settled?.(), QUIET_MS)
  }

  #isAnother(file: string): boolean {
    const digest = digestOf(file)
    if (this.#digests.get(file) === digest) return false
    this.#digests.set(file, digest)
    return true
  }
}

/** Of a file's text; of anything else, what it is. */
function digestOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return 'none'
  return found.isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'folder'
}
