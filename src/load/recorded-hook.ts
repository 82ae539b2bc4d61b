/**
 * Import hooks of a thread that loads again what another has loaded (recorder.ts), from the same text. It needs neither
 * the files nor what made JavaScript of them.
 */
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module'
import { importKey, type Recording } from './recorder.ts'

let recording: Recording = { resolved: new Map(), loaded: new Map() }

export const initialize: InitializeHook<Recording> = (given) => {
  recording = given
}

export const resolve: ResolveHook = (specifier, context, nextResolve) => {
  const isRoot = recording.loaded.has(specifier)
  const resolved = isRoot ? { url: specifier } : recording.resolved.get(importKey(context.parentURL ?? '', specifier))
  return resolved === undefined ? nextResolve(specifier, context) : { ...resolved, shortCircuit: true }
}

export const load: LoadHook = (url, context, nextLoad) => {
  const loaded = recording.loaded.get(url)
  return loaded === undefined ? nextLoad(url, context) : { ...loaded, shortCircuit: true }
}
