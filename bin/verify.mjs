#!/usr/bin/env node
/**
 * The command. It runs the compiled code in dist/ where that is at least as new as the sources, which starts in a
 * fraction of a second, and otherwise the sources themselves: whoever edits splitbrain or its corpus sees the edit at
 * once, and nobody runs a stale build by mistake. An installed package has nothing to edit: there it is always dist/.
 */
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = `${root}dist/src/cli/main.js`

const { start } = await import(pathToFileURL(isBuildCurrent() ? built : await sources()).href)
await start()

function isBuildCurrent() {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs
  if (builtAt === undefined) return false
  return /[\\/]node_modules[\\/]/.test(root) || ['src', 'specs'].every((folder) => newestIn(root + folder) <= builtAt)
}

/** When a file of this folder was last written. */
function newestIn(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs
  })
  return Math.max(0, ...times)
}

async function sources() {
  const { enableSources } = await import('./enable-sources.mjs')
  await enableSources()
  return `${root}src/cli/main.ts`
}
