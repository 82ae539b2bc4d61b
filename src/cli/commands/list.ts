/** `verify list`: the corpus, one line each, by subject. */
import { corpus, SUBJECTS } from '../../../specs/index.ts'
import { wrap } from '../../report/wrap.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'

export async function list(args: readonly string[], console: Console): Promise<ExitCode> {
  commandLine('verify list', 'The protocols that come with splitbrain.', console)
    .allowExcessArguments(false)
    .parse(args, {
      from: 'user',
    })
  const column = Math.max(...Object.keys(corpus).map((name) => name.length))
  const indent = ' '.repeat(column + 4)
  for (const subject of SUBJECTS) {
    const entries = Object.entries(corpus).filter(([, entry]) => entry.subject === subject)
    if (entries.length === 0) continue
    console.print(subject)
    for (const [name, { protocol }] of entries) {
      const { summary = '' } = (await protocol()).declaration
      console.print(wrap(`  ${name.padEnd(column)}  ${summary}`, console.width, indent))
    }
  }
  return EXIT.holds
}
