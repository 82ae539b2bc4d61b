/** A page of the documentation: what it shows a reader type, and what it shows the command answer. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the reader stands: in a clone. */
export const CLONE = fileURLToPath(new URL('../..', import.meta.url))

export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(CLONE, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

export const textOf = (page: string): string => readFileSync(join(CLONE, page), 'utf8')

export interface Transcript {
  readonly kind: 'transcript'
  readonly command: string
  readonly output: string
}

/**
 * In the order of the page. `ts` is the line of lock.ts that the reader deletes, and `Put the line back` undoes that; a
 * `diff` is a change to lock.ts; `edn` is saved as history.edn, `ndjson` as server.log, and a block that begins with the name of a file in that.
 */
export type Block =
  | Transcript
  | { readonly kind: 'deletes' | 'changes'; readonly text: string }
  | { readonly kind: 'saves'; readonly file: string; readonly text: string }
  | { readonly kind: 'puts back' }

export function blocksOf(page: string): Block[] {
  const found = textOf(page).matchAll(
    /```console\n\$ verify (.*)\n([\s\S]*?)\n```|```ts\n([\s\S]*?)```|```diff\n([\s\S]*?)\n```|```edn\n([\s\S]*?)```|```ndjson\n([\s\S]*?)```|```typescript\n\/\/ (\S+\.ts)\n([\s\S]*?)```|^Put the line back/gm,
  )
  return [...found].map(([, command, output, line, diff, history, log, file, code]): Block => {
    if (command !== undefined) return { kind: 'transcript', command, output: output! }
    if (line !== undefined) return { kind: 'deletes', text: line }
    if (diff !== undefined) return { kind: 'changes', text: diff }
    if (history !== undefined) return { kind: 'saves', file: 'history.edn', text: history }
    if (log !== undefined) return { kind: 'saves', file: 'server.log', text: log }
    return file === undefined ? { kind: 'puts back' } : { kind: 'saves', file, text: code! }
  })
}

/** Thousands of states or walks, or many searches: seconds, which the slow tests have. */
export function takesSeconds({ command, output }: Transcript): boolean {
  const told = [...output.matchAll(/([\d,]+) distinct/g)].map(([, distinct]) => Number(distinct!.replaceAll(',', '')))
  return (
    told.some((distinct) => distinct > 5_000) ||
    /--walks 10k|--source|--symmetry|^(mutate|sweep|compare|test) /.test(command)
  )
}
