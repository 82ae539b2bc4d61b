/** The reporters that a command line asks for, and where each of them writes. */

import { dirname } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { Reporter, Sum } from '../testing/reporter.ts'
import { github } from '../testing/reporters/github.ts'
import { json } from '../testing/reporters/json.ts'
import { junit } from '../testing/reporters/junit.ts'
import { markdown } from '../testing/reporters/markdown.ts'
import { sarif } from '../testing/reporters/sarif.ts'
import { terminal } from '../testing/reporters/terminal.ts'
import type { Listening } from '../testing/run-tests.ts'
import type { TestResult } from '../testing/test.ts'
import { nearestName } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'
import { complainAbout } from './failure.ts'
import { save, saveOrComplain } from './save.ts'
import { checkWritable } from './trace-folder.ts'

const MAKERS = {
  default: terminal,
  junit,
  github: () => github(),
  sarif,
  json,
  markdown,
} as const satisfies Readonly<Record<string, (console: Console) => Reporter>>

type Name = keyof typeof MAKERS | 'html'

/** `html` writes a page for each violation, and is no text that could be printed. */
export const REPORTERS = [...Object.keys(MAKERS), 'html'] as readonly Name[]

export interface ReporterGiven {
  readonly name: Name
  /** Of `html`, a folder. Absent: it is printed. */
  readonly file?: string
}

/** For commander: `default`, `junit=report.xml`, several by commas. @throws InvalidArgumentError */
export function parseReporter(text: string, before: readonly ReporterGiven[] = []): readonly ReporterGiven[] {
  const given = text.split(',').map((part): ReporterGiven => {
    const [name = '', ...rest] = part.trim().split('=')
    if (!isName(name)) {
      const near = nearestName(name, REPORTERS)
      throw new InvalidArgumentError(
        `Expected ${REPORTERS.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`,
      )
    }
    const file = rest.join('=')
    if (name === 'html' && file === '') throw new InvalidArgumentError('Expected a folder for the pages: html=FOLDER.')
    if (rest.length > 0 && file === '') throw new InvalidArgumentError(`Expected a file after ${name}=.`)
    return { name, ...(rest.length > 0 && { file }) }
  })
  return [...before, ...given]
}

const isName = (name: string): name is Name => REPORTERS.some((known) => known === name)

/**
 * @param person what `default` is
 * @throws SplitbrainError `bad-option` where two would be printed, `cannot-write` where a file cannot be written
 */
export function reportersFor(
  given: readonly ReporterGiven[] = [{ name: 'default' }],
  console: Console,
  person: (console: Console) => Reporter = terminal,
): Listening & { end(sum: Sum): Promise<void> } {
  const printed = given.filter(({ name, file }) => file === undefined && name !== 'github')
  if (printed.length > 1) {
    const names = printed.map(({ name }) => name)
    throw new SplitbrainError(
      'bad-option',
      `${names.join(' and ')} would both be printed; write all but one to a file: ${names[1]}=FILE`,
    )
  }
  for (const { name, file } of given) {
    if (file === undefined) continue
    const remedy = `Give another place: --reporter ${name}=...`
    checkWritable(name === 'html' ? file : dirname(file), { what: 'reports', remedy })
  }
  const pages = given.flatMap(({ name, file }) => (name === 'html' && file !== undefined ? [file] : []))
  const makers: Readonly<Record<keyof typeof MAKERS, (console: Console) => Reporter>> = { ...MAKERS, default: person }
  const reporters = given.flatMap(({ name, file }) =>
    name === 'html' ? [] : [{ reporter: makers[name](console), file }],
  )
  const live = (tell: (reporter: Reporter) => string | undefined) => {
    for (const { reporter, file } of reporters) {
      const text = file === undefined ? tell(reporter) : undefined
      if (text) console.print(text)
    }
  }
  return {
    begin: (count: number) => live((reporter) => reporter.begin?.(count)),
    result: (result: TestResult) => live((reporter) => reporter.result?.(result)),
    async end(sum) {
      live((reporter) => reporter.end(sum))
      for (const { reporter, file } of reporters) {
        if (file === undefined) continue
        const whole = `${wholeOf(reporter, sum)}\n`
        saveOrComplain(console, () => save(console, file, whole, 'the report', 'give another file'))
      }
      for (const folder of pages)
        await tellPages(folder, sum, console).catch((thrown) => complainAbout(thrown, console))
    },
  }
}

async function tellPages(folder: string, { results }: Sum, console: Console): Promise<void> {
  const { writeViolationPages } = await import('../testing/violation-pages.ts')
  for (const file of await writeViolationPages(folder, results)) console.complain(`${file} is written`)
}

/** As it would have been printed. */
const wholeOf = (reporter: Reporter, sum: Sum): string =>
  [...(reporter.result ? sum.results.map((result) => reporter.result!(result)) : []), reporter.end(sum)].join('\n')
