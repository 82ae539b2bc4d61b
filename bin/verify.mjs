#!/usr/bin/env node
/**
 * The command. It runs the compiled code in dist/ where that is at least as new as the sources, which starts in a
 * fraction of a second, and otherwise the sources themselves: whoever edits splitbrain or its corpus sees the edit at
 * once, and nobody runs a stale build by mistake. An installed package has nothing to edit: there it is always dist/.
 */
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const problem = problemHere()
if (problem === undefined) await begin()
else {
  console.error(`verify: ${problem}`)
  process.exitCode = 2
}

/** What keeps any command from beginning. */
function problemHere() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    return `splitbrain needs Node 20.19 or newer, and this is ${process.versions.node}`
  }
  try {
    process.cwd()
    return undefined
  } catch {
    return 'the working folder is gone; go to one that exists'
  }
}

async function begin() {
  process.env.TSX_DISABLE_CACHE = '1' // it lies where others may write: what it holds would be run
  const root = fileURLToPath(new URL('..', import.meta.url))
  const built = `${root}dist/src/cli/main.js`
  const runsFromSources = !isBuildCurrent(root, built)
  const program = pathToFileURL(runsFromSources ? `${root}src/cli/main.ts` : built).href
  const { supervise } = await import('./supervisor/supervise.mjs')
  supervise({ program, runsFromSources, args: process.argv.slice(2) })
}

/** @param {string} root @param {string} built */
function isBuildCurrent(root, built) {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs
  if (builtAt === undefined) return false
  return /[\\/]node_modules[\\/]/.test(root) || ['src', 'specs'].every((folder) => newestIn(root + folder) <= builtAt)
}

/** When a file of this folder was last written. @param {string} folder @returns {number} */
function newestIn(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs
  })
  return Math.max(0, ...times)
}
