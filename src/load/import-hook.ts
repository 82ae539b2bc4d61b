/**
 * Import hooks for protocols in TypeScript, run by Node in a thread of their own (see enable-imports.ts).
 *
 * `splitbrain` means the copy that is running, wherever the importing file lies: a spec needs no installation beside
 * it, and a protocol made by another copy would not be recognised. And a TypeScript file is an ES module, whatever the
 * nearest package.json says or does not say; taken for CommonJS, its imports would pass these hooks by.
 */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module'

let apiUrl = ''

export const initialize: InitializeHook<string> = (url) => {
  apiUrl = url
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (specifier === 'splitbrain') return { url: apiUrl, format: 'module', shortCircuit: true }
  const resolved = await nextResolve(specifier, context)
  const url = resolved.url.replace(VIRTUAL, '$1')
  return isTypeScript(url) ? { ...resolved, url, format: 'module' } : resolved
}

export const load: LoadHook = (url, context, nextLoad) =>
  nextLoad(url, isTypeScript(url) ? { ...context, format: 'module' } : context)

/** How tsx marks a file that it takes for CommonJS, for its own load hook: `part.ts%3F...?...`. */
const VIRTUAL = /(\.ts)(\?|%3f).*tsx-commonjs.*$/i

const isTypeScript = (url: string): boolean => /\.ts(\?|$)/.test(url)
