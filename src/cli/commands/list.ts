/** `verify list`: the corpus, one line each. */
import { corpus } from '../../../specs/index.ts'
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
  const names = Object.keys(corpus)
  const column = Math.max(...names.map((name) => name.length))
  for (const [name, { protocol }] of Object.entries(corpus)) {
    const { summary = '' } = (await protocol()).declaration
    console.print(wrap(`${name.padEnd(column)}  ${summary}`, console.width, ' '.repeat(column + 2)))
  }
  return EXIT.holds
}
