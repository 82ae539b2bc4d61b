/** What the peers are built with: found before anything is measured, and run in a folder that the benchmark throws away. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const TOOLS = [
  { program: 'spin', version: '-V' },
  { program: 'rumur', version: '--version' },
  { program: 'gcc', version: '--version' },
]

/** Throws where one of them is missing, naming every one that is. */
export function requirePeers(works = (program: string, version: string) => spawnSync(program, [version]).status === 0) {
  const missing = TOOLS.filter(({ program, version }) => !works(program, version)).map(({ program }) => program)
  if (missing.length === 0) return
  throw new Error(
    `${missing.join(', ')} not found: the peers cannot be measured. Install them (Debian: apt-get install ` +
      `${missing.join(' ')}), or name a section that needs none: npm run bench -- --only corpus`,
  )
}

export function newFolder(parent: string, name: string): string {
  const folder = join(parent, name)
  mkdirSync(folder)
  return folder
}

export function compile(args: readonly string[]): void {
  execFileSync('gcc', args, { stdio: ['ignore', 'ignore', 'pipe'] }) // what is printed shows where it fails
}
