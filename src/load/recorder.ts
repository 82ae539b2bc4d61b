/**
 * What the import hooks saw: which module imports which, where each import led, and the text that each module was made
 * of. Enough to tell what a file rests on, and to load it again from the same text in another thread, whatever has become
 * of the files meanwhile.
 */
import type { LoadFnOutput, ResolveFnOutput } from 'node:module'

/** What it takes to load some modules again. */
export interface Recording {
  /** By importer and specifier (`importKey`). */
  readonly resolved: ReadonlyMap<string, Pick<ResolveFnOutput, 'url' | 'format'>>
  /** By address. Those that are not here have not been read by a hook: what Node has built in, and CommonJS. */
  readonly loaded: ReadonlyMap<string, Pick<LoadFnOutput, 'format' | 'source'>>
}

/** What it takes to load all that these are of; undefined where one of them is not known. */
export function together(recordings: readonly (Recording | undefined)[]): Recording | undefined {
  const known = recordings.filter((recording) => recording !== undefined)
  if (known.length === 0 || known.length < recordings.length) return undefined
  return {
    resolved: new Map(known.flatMap(({ resolved }) => [...resolved])),
    loaded: new Map(known.flatMap(({ loaded }) => [...loaded])),
  }
}

export const importKey = (importer: string, specifier: string): string => `${importer}\n${specifier}`

export class Recorder {
  /** What each module imports, by address. */
  readonly #imports = new Map<string, Set<string>>()
  readonly #known = new Set<string>()
  readonly #resolved = new Map<string, Map<string, ResolveFnOutput>>()
  readonly #loaded = new Map<string, LoadFnOutput>()
  /** Files of users that were read past the hooks. */
  readonly #unread = new Set<string>()

  noteImport(url: string, importer: string | undefined): void {
    const target = bareOf(url)
    this.#known.add(target)
    if (importer === undefined) return
    const parent = bareOf(importer)
    const imports = this.#imports.get(parent) ?? new Set()
    this.#imports.set(parent, imports.add(target))
  }

  noteResolved(specifier: string, importer: string | undefined, resolved: ResolveFnOutput): void {
    if (importer === undefined) return
    const by = this.#resolved.get(importer) ?? new Map<string, ResolveFnOutput>()
    this.#resolved.set(importer, by.set(specifier, resolved))
  }

  noteLoaded(url: string, loaded: LoadFnOutput): void {
    const isText = (loaded.format === 'module' || loaded.format === 'json') && loaded.source != null
    if (isText) this.#loaded.set(url, { ...loaded, source: kept(loaded.source!) })
    else if (url.startsWith('file:') && !url.includes('/node_modules/')) this.#unread.add(bareOf(url))
  }

  /** These modules and all that they import, at any remove; undefined where one of them has not been imported. */
  reachedFrom(roots: readonly string[], beyond?: string): string[] | undefined {
    const seen = new Set(roots)
    for (const url of seen) {
      if (url === beyond) continue
      for (const imported of this.#imports.get(url) ?? []) seen.add(imported)
    }
    return roots.every((root) => this.#known.has(root)) ? [...seen] : undefined
  }

  /** What is reached from a module but for `beyond`; undefined where not all of it was read by hooks. */
  recordingOf(root: string, beyond: string): Recording | undefined {
    const reached = new Set(this.reachedFrom([root], beyond) ?? [])
    reached.delete(beyond)
    if (reached.size === 0 || [...reached].some((url) => this.#unread.has(url))) return undefined
    const resolved = new Map<string, Pick<ResolveFnOutput, 'url' | 'format'>>()
    for (const [importer, by] of this.#resolved) {
      if (!reached.has(bareOf(importer))) continue
      for (const [specifier, { url, format }] of by) resolved.set(importKey(importer, specifier), { url, format })
    }
    const loaded = new Map<string, Pick<LoadFnOutput, 'format' | 'source'>>()
    for (const [url, { format, source }] of this.#loaded) {
      if (reached.has(bareOf(url))) loaded.set(url, { format, source })
    }
    return { resolved, loaded }
  }
}

/** Node gives bytes of a file in JavaScript, and takes them away once the hook has answered. */
const kept = (source: NonNullable<LoadFnOutput['source']>) => structuredClone(source)

export const bareOf = (url: string): string => url.replace(/[?#].*$/, '')
