/** The README is true: its commands print what it says they print, and its example does what it says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newFolder, runVerify } from './cli/run-verify.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** The transcripts, the line that the reader deletes (the one `ts` block), where it is put back, and the history to save. */
const blocks = [
  ...readme.matchAll(
    /```console\n\$ verify (.*)\n([\s\S]*?)\n```|```ts\n([\s\S]*?)```|^(Put the line back)|```edn\n([\s\S]*?)```/gm,
  ),
].map(([, command, output, deleted, putBack, history]) => ({ command, output, deleted, putBack, history }))

describe('the transcripts', () => {
  const folder = newFolder()
  const clone = fileURLToPath(new URL('..', import.meta.url)) // where evidence is told by its path in it
  const lock = join(folder, 'lock.ts')
  let whole = ''

  for (const { command, output, deleted, putBack, history } of blocks) {
    if (deleted !== undefined) {
      it('deletes a line of lock.ts', () => {
        whole = readFileSync(lock, 'utf8')
        expect(whole.split(deleted)).toHaveLength(2)
        writeFileSync(lock, whole.replace(deleted, ''))
      })
    } else if (history !== undefined) {
      it('saves history.edn', () => writeFileSync(join(folder, 'history.edn'), history))
    } else if (putBack !== undefined) {
      it('puts it back', () => writeFileSync(lock, whole))
    } else {
      it(`verify ${command}`, async () => {
        const { code, stdout, stderr } = await runVerify(
          command!.startsWith('claims') ? clone : folder,
          command!.split(' '),
        )
        expect(stderr).toBe('')
        expect(elided(stdout, output!)).toBe(output)
        expect(code).toBe(/^(Violated|✗)/m.test(output!) ? 1 : 0)
      }, 180_000)
    }
  }
})

/** What was printed, with `…` for the lines that the README leaves out. */
function elided(printed: string, shown: string): string {
  const [start, end] = shown.split('\n…\n')
  if (end === undefined) return printed
  return printed.startsWith(start!) && printed.endsWith(end) ? shown : printed
}

it('names scripts that exist', () => {
  const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script!)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((script) => !(script in scripts))).toEqual([])
})

it('links to files and headings that exist', () => {
  const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
    text!.toLowerCase().replace(/[?.]/g, '').replaceAll(' ', '-'),
  )
  for (const [, target] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    if (target!.startsWith('#')) expect(headings).toContain(target!.slice(1))
    else expect(() => readFileSync(new URL(`../${target}`, import.meta.url))).not.toThrow()
  }
})
