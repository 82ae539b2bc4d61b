/** The README is true: its commands print what it says they print, and its example does what it says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, runVerify } from './cli/run-verify.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** The transcripts, and the one edit that the reader is told to make, in their order. */
const blocks = [...readme.matchAll(/```console\n\$ verify (.*)\n([\s\S]*?)\n```|```ts\n([\s\S]*?)```/g)].map(
  ([, command, output, code]) => (code === undefined ? { command: command!, output: output! } : { code }),
)

describe('the transcripts', () => {
  const folder = newFolder()
  const lock = join(folder, 'lock.ts')

  for (const block of blocks) {
    if ('code' in block) {
      it('adds to lock.ts', () => {
        const before = readFileSync(lock, 'utf8')
        writeFileSync(
          lock,
          before.replace(/^ {4}actions: \{\n/m, (line) => line + block.code),
        )
        expect(readFileSync(lock, 'utf8')).toContain(block.code)
      })
      continue
    }
    it(`verify ${block.command}`, async () => {
      const { code, stdout, stderr } = await runVerify(folder, block.command.split(' '))
      expect(stderr).toBe('')
      expect(elided(stdout, block.output)).toBe(block.output)
      expect(code).toBe(/^(Violated|✗)/m.test(block.output) ? 1 : 0)
    })
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
