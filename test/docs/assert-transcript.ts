/** A transcript is true: the command prints what the page shows, and ends with the exit code that this verdict has. */
import { expect } from 'vitest'
import { runVerify } from '../cli/run-verify.ts'
import { CLONE, type Transcript } from './page.ts'

/** @param folder where the command is typed. Claims are told by the path of their evidence in the clone: those there */
export async function assertTranscript({ command, output }: Transcript, folder: string): Promise<void> {
  const at = command.startsWith('claims') ? CLONE : folder
  const { code, stdout, stderr } = await runVerify(at, wordsOf(command))
  expect(stderr, command).toBe('')
  const shown = levelled(output)
  expect(elided(levelled(stdout), shown), command).toBe(shown)
  expect(code, command).toBe(/^(Violated|Survived|✗)/m.test(output) ? 1 : isUnknown(output) ? 3 : 0)
}

/** In a table a time stands to the right, by its length. */
const levelled = (text: string): string => text.replace(/ +TIME/g, ' TIME')

/** A verdict, or one at least of the mutants or cells that are counted. */
const isUnknown = (output: string): boolean => /^Unknown|· [1-9]\d* unknown ·/m.test(output)

/** As a shell takes a command line apart: what is quoted is one word. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare!)

/** What was printed, with `…` for the lines that the page leaves out. */
function elided(printed: string, shown: string): string {
  const parts = shown.split(/(?:^|\n)…\n/)
  if (parts.length === 1) return printed
  let at = 0
  const areInOrder = parts.every((part) => {
    const found = printed.indexOf(part, at)
    at = found + part.length
    return found >= 0
  })
  return areInOrder && printed.startsWith(parts[0]!) && printed.endsWith(parts.at(-1)!) ? shown : printed
}
