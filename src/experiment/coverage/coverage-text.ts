/** Which branches are never taken, for a person: as a list, and as a page with the whole text. */
import { relative } from 'node:path'
import { escaped } from '../../report/html-page.ts'
import { count } from '../../report/quantities.ts'
import { visible } from '../../value/visible.ts'
import type { Branch } from './find-branches.ts'
import type { UnreadField } from './unread-fields.ts'

export interface Covered {
  readonly protocol: string
  /** Of what is searched. */
  readonly heading: string
  readonly texts: ReadonlyMap<string, string>
  readonly branches: readonly Branch[]
  readonly never: readonly Branch[]
  readonly unread: readonly UnreadField[]
  /** Whether every search went to its end. */
  readonly isWhole: boolean
}

const WORDS: Readonly<Record<Branch['kind'], string>> = {
  when: 'never true',
  otherwise: 'never false',
  operand: 'never looked at',
  body: 'never run',
}

export const branchText = ({ kind, text }: Branch): string => `${WORDS[kind]}: ${text}`

export function coverageText({ heading, branches, never, unread, isWhole }: Covered, width: number): string {
  const lines = never.map((branch) =>
    cut(`  ${relative('', branch.file)}:${branch.line}  ${branchText(branch)}`, width),
  )
  const taken = branches.length - never.length
  const all = `${count(taken)} of ${count(branches.length)} branches are ${isWhole ? 'taken' : 'taken so far; the search was cut short'}.`
  const fields = unread.map(({ message, field }) => `  ! ${message}.${field} is sent, and nothing reads it`)
  return [heading, ...lines, ...fields, `${never.length === 0 ? '✓' : isWhole ? '✗' : '?'} ${all}`].join('\n')
}

const cut = (line: string, width: number): string => (line.length > width ? `${line.slice(0, width - 1)}…` : line)

const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** Every line of each text; what is never taken is marked, and said behind it. */
export function coveragePage(covered: Covered): string {
  const { protocol, heading, texts, branches, never } = covered
  const files = [...texts].map(([file, text]) => {
    const own = (of: readonly Branch[]) => of.filter((branch) => branch.file === file)
    return `<h2>${safe(relative('', file))}</h2>\n<pre>${text
      .split('\n')
      .map((line, at) => lineOf(line, at + 1, own(branches), own(never)))
      .join('\n')}</pre>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="splitbrain">
<title>${safe(protocol)}: coverage</title>
<style>:root{color-scheme:light dark}body{margin:1.5rem;font:14px/1.45 system-ui,sans-serif}pre{font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;tab-size:2}.no{color:light-dark(#5b6470,#9aa4b2)}.never{background:light-dark(#fdecea,#3a1f1f)}.taken{background:light-dark(#e8f5ec,#1b3022)}em{color:light-dark(#b3261e,#ff8a80);font-style:normal}</style>
</head>
<body>
<h1>${safe(protocol)}</h1>
<p>${safe(heading)} · ${count(branches.length - never.length)} of ${count(branches.length)} branches are taken</p>
${files.join('\n')}
</body>
</html>
`
}

function lineOf(line: string, number: number, branches: readonly Branch[], never: readonly Branch[]): string {
  const here = (of: readonly Branch[]) => of.filter((branch) => branch.line === number)
  const missed = here(never)
  const kind = missed.length > 0 ? 'never' : here(branches).length > 0 ? 'taken' : ''
  const told = missed.map((branch) => ` <em>✗ ${safe(branchText(branch))}</em>`).join('')
  return `<span class="no">${String(number).padStart(4)} </span><span class="${kind}">${safe(line)}</span>${told}`
}

const safe = (text: string): string => escaped(visible(text))
