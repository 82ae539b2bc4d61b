/** The README is true: its commands print what it says they print, and its example does what it says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runVerify } from './cli/run-verify.ts'
import { newFolder } from './new-folder.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** The transcripts, the line that the reader deletes (the one `ts` block), where it is put back, changes to make, and the history to save. */
const blocks = [
  ...readme.matchAll(
    /```console\n\$ verify (.*)\n([\s\S]*?)\n```|```ts\n([\s\S]*?)```|^(Put the line back)|```edn\n([\s\S]*?)```|```diff\n([\s\S]*?)\n```/gm,
  ),
].map(([, command, output, deleted, putBack, history, diff]) => ({ command, output, deleted, putBack, history, diff }))

describe('the transcripts', () => {
  const folder = newFolder()
  const clone = fileURLToPath(new URL('..', import.meta.url)) // where evidence is told by its path in it
  const lock = join(folder, 'lock.ts')
  let whole = ''

  for (const { command, output, deleted, putBack, history, diff } of blocks) {
    if (deleted !== undefined) {
      it('deletes a line of lock.ts', () => {
        whole = readFileSync(lock, 'utf8')
        expect(whole.split(deleted)).toHaveLength(2)
        writeFileSync(lock, whole.replace(deleted, ''))
      })
    } else if (diff !== undefined) {
      it('changes lock.ts', () => {
        const text = readFileSync(lock, 'utf8')
        expect(text.split(side(diff, '+'))).toHaveLength(2)
        writeFileSync(lock, text.replace(side(diff, '+'), side(diff, '-')))
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
        expect(code).toBe(/^(Violated|✗)/m.test(output!) ? 1 : /^Unknown/m.test(output!) ? 3 : 0)
      })
    }
  }
})

/** The lines of a diff without those that begin with `without`. */
function side(diff: string, without: '+' | '-'): string {
  const lines = diff.split('\n').filter((line) => !line.startsWith(without))
  return lines.map((line) => line.slice(1)).join('\n')
}

/** What was printed, with `…` for the lines that the README leaves out. */
function elided(printed: string, shown: string): string {
  const parts = shown.split('\n…\n')
  if (parts.length === 1) return printed
  let at = 0
  const areInOrder = parts.every((part) => {
    const found = printed.indexOf(part, at)
    at = found + part.length
    return found >= 0
  })
  return areInOrder && printed.startsWith(parts[0]!) && printed.endsWith(parts.at(-1)!) ? shown : printed
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
