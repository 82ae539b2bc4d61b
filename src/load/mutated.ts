/**
 * Instances of a protocol's module with another text in place of its own, each with one mutant switched on. The text is in
 * a folder of copies, with a list of which is whose; the import hooks (import-hook.ts) read it from there. An instance
 * is another module to Node, so that what it keeps for itself is its own, and what it works out as it is loaded, too.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SplitbrainError } from '../value/splitbrain-error.ts'
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

/** An instance: the protocol, and its switches, where no mutant is on. */
export interface MutatedProtocol extends LoadedProtocol {
  /** Those that were asked as it was loaded. */
  readonly askedAtLoad: ReadonlySet<number>
  /** Those that were asked since then, or since somebody emptied the set. */
  readonly asked: Set<number>
}

/** A body that asks its switches this often does not end: many a mutant makes a loop that goes on for ever. */
const MOST_ASKED = 1_000_000

/** In the run of a body that is under way: of a mutant, in this thread. It is not counted before somebody begins. */
let timesAsked = Number.NEGATIVE_INFINITY

/** To be called before the run of a body. */
export function beginRun(): void {
  timesAsked = 0
}

interface Switches {
  readonly asked: Set<number>
  atLoad?: ReadonlySet<number>
}

/** By what each instance was loaded with. */
const instances = new Map<string, Switches>()

function switchesFor(query: string): Switches {
  const known = instances.get(query) ?? { asked: new Set() }
  instances.set(query, known)
  return known
}

/** What the copies ask as they are loaded (experiment/mutate/switched.ts): their switches, by the address of the module. */
const switchesOf = (url: string): ((key: number) => boolean) => {
  const query = new URL(url).search
  const on = Number(new URLSearchParams(query).get('mutant'))
  const { asked } = switchesFor(query)
  return (key) => {
    if (on === 0) asked.add(key)
    else if (++timesAsked > MOST_ASKED) throw new SplitbrainError('body-threw', 'it does not end')
    return key === on
  }
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
  const switches = switchesFor(query)
  if (switches.atLoad === undefined) {
    switches.atLoad = new Set(switches.asked)
    switches.asked.clear()
  }
  return { protocol, file, askedAtLoad: switches.atLoad, asked: switches.asked }
}
