/**
 * Import hooks for protocols in TypeScript, run by Node in a thread of their own (see enable-imports.ts).
 *
 * `splitbrain` means the copy that is running, wherever the importing file lies: a spec needs no installation beside
 * it, and a protocol made by another copy would not be recognised. And a TypeScript file is an ES module, whatever the
 * nearest package.json says or does not say; taken for CommonJS, its imports would pass these hooks by.
 *
 * `lock.ts?copies=FOLDER&mutant=7` is an instance of lock.ts that has its text from the folder (mutated.ts), and so have
 * those of its imports that stand there as well.
 */
import { readFileSync } from 'node:fs'
import type { InitializeHook, LoadHook, ResolveFnOutput, ResolveHook } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import { aliasesFor } from './path-aliases.ts'
import { bareOf, Recorder } from './recorder.ts'

let apiUrl = ''
const recorder = new Recorder()

interface Given {
  /** Of what `splitbrain` means. */
  readonly apiUrl: string
  /** Where somebody asks what was imported. */
  readonly line: MessagePort
}

export type Question =
  | { readonly what: 'imports'; readonly roots: readonly string[] }
  | { readonly what: 'recording'; readonly root: string }

export const initialize: InitializeHook<Given> = (given) => {
  apiUrl = given.apiUrl
  given.line.on('message', (question: Question) => {
    if (question.what === 'imports') given.line.postMessage(recorder.reachedFrom(question.roots))
    else given.line.postMessage(recorder.recordingOf(question.root, apiUrl))
  })
  given.line.unref()
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await resolvedTo(specifier, context, nextResolve)
  if (!isOfMutant(resolved.url)) recorder.noteResolved(specifier, context.parentURL, resolved)
  return resolved
}

async function resolvedTo(
  specifier: string,
  context: Parameters<ResolveHook>[1],
  nextResolve: Parameters<ResolveHook>[2],
): Promise<ResolveFnOutput> {
  if (specifier === 'splitbrain') return { url: apiUrl, format: 'module', shortCircuit: true }
  const resolved = (await byAlias(specifier, context, nextResolve)) ?? (await nextResolve(specifier, context))
  const url = resolved.url.replace(VIRTUAL, '$1')
  recorder.noteImport(url, context.parentURL)
  if (!isTypeScript(url)) return resolved
  const [bare, importer] = [bareOf(url), context.parentURL]
  const query = importer !== undefined && copyOf(bare, importer) ? new URL(importer).search : ''
  return { ...resolved, url: bare === url ? `${bare}${query}` : url, format: 'module' }
}

/** What `paths` of a tsconfig.json make of it; what they say is among what the importing file rests on. */
async function byAlias(
  specifier: string,
  context: Parameters<ResolveHook>[1],
  nextResolve: Parameters<ResolveHook>[2],
): Promise<ResolveFnOutput | undefined> {
  const { parentURL } = context
  const mayBeOne =
    parentURL?.startsWith('file:') && !parentURL.includes('/node_modules/') && !/^[./]|^\w+:/.test(specifier)
  const aliases = mayBeOne ? aliasesFor(fileURLToPath(parentURL!)) : undefined
  for (const file of aliases?.filesFor(specifier) ?? []) {
    try {
      const resolved = await nextResolve(pathToFileURL(file).href, context)
      for (const config of aliases!.configs) recorder.noteImport(pathToFileURL(config).href, parentURL)
      return resolved
    } catch {} // the next one, and in the end what it means without an alias
  }
  return undefined
}

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = isTypeScript(url)
    ? await nextLoad(copyOf(bareOf(url), url) ?? url, { ...context, format: 'module' })
    : await nextLoad(url, context)
  if (!isOfMutant(url)) recorder.noteLoaded(url, loaded)
  return loaded
}

/** No other thread loads one of these again, and there are thousands. */
const isOfMutant = (url: string): boolean => /[?&]copies=/.test(url)

/** By folder of copies: which copy is whose. */
const lists = new Map<string, Readonly<Record<string, string>>>()

/** The address of the copy of a file, among those that a module was loaded with; undefined where it has none. */
function copyOf(file: string, module: string): string | undefined {
  const folder = isOfMutant(module) ? new URL(module).searchParams.get('copies') : null
  if (folder === null || !file.startsWith('file:')) return undefined
  const list =
    lists.get(folder) ?? (JSON.parse(readFileSync(join(folder, 'copies.json'), 'utf8')) as Record<string, string>)
  lists.set(folder, list)
  const name = list[fileURLToPath(file)]
  return name === undefined ? undefined : pathToFileURL(join(folder, name)).href
}

/** How tsx marks a file that it takes for CommonJS, for its own load hook: `part.ts%3F...?...`. */
const VIRTUAL = /(\.ts)(\?|%3f).*tsx-commonjs.*$/i

const isTypeScript = (url: string): boolean => /\.ts(\?|$)/.test(url)
