/**
 * Instances of a protocol's module with another text in place of its own, each with one mutant switched on. The text is in
 * a folder of copies, with a list of which is whose; the import hooks (import-hook.ts) read it from there. An instance
 * is another module to Node, so that what it keeps for itself is its own, and what it works out as it is loaded, too.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importedFrom, isProtocol, type LoadedProtocol, notAProtocol } from './load-protocol.ts'
import { placeOfProtocol } from './source-file.ts'

/** The name of the list in a folder of copies: by path, the name of the copy. */
export const LIST = 'copies.json'

/** A folder with these texts, by the paths of the files that they stand for. To be removed by `removeCopies`. */
export function writeCopies(texts: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'splitbrain-mutants-'))
  const names = [...texts.keys()].map((path, at): [string, string] => [path, `${at}.ts`])
  for (const [path, name] of names) writeFileSync(join(folder, name), texts.get(path)!)
  writeFileSync(join(folder, LIST), JSON.stringify(Object.fromEntries(names)))
  return folder
}

export const removeCopies = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** An instance: the protocol, and the switches that were asked since it was loaded. */
export interface MutatedProtocol extends LoadedProtocol {
  readonly asked: Set<number>
}

const asked = new Map<string, Set<number>>()

/** What the copies ask as they are loaded (experiment/mutate/switched.ts): their switches, by the address of the module. */
const switchesOf = (url: string): ((key: number) => boolean) => {
  const query = new URL(url).search
  const on = Number(new URLSearchParams(query).get('mutant'))
  const seen = asked.get(query) ?? new Set()
  asked.set(query, seen)
  return on === 0
    ? (key) => {
        seen.add(key)
        return false
      }
    : (key) => key === on
}

/**
 * @param name a file, or a protocol of the corpus
 * @param mutant its key; 0: the text as it is, and the switches that it asks are noted
 * @throws SplitbrainError
 */
export async function loadMutated(name: string, copies: string, mutant: number): Promise<MutatedProtocol> {
  const { file, exported: asName } = placeOfProtocol(name)
  Reflect.set(globalThis, Symbol.for('splitbrain.mutants'), switchesOf)
  const query = `?copies=${encodeURIComponent(copies)}&mutant=${mutant}`
  const exported = await importedFrom(file, query)
  const protocol = exported[asName]
  if (!isProtocol(protocol)) throw notAProtocol(file, exported)
  return { protocol, file, asked: asked.get(query) ?? new Set() }
}
