/**
 * `verify init NAME`: writes a small, commented protocol that runs, for its author to change into their own, and beside
 * it the scenarios that `verify test` runs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { corpus } from '../../../specs/index.ts'
import { packageRoot } from '../../own-code.ts'
import { commandTo } from '../../report/program.ts'
import { wrap } from '../../report/wrap.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'

/** The template is a protocol like any other, checked by the compiler and by our tests. */
const TEMPLATE = 'src/cli/template'
const TEMPLATE_NAME = 'lock-service'
const ENDINGS = ['.ts', '.scenarios.ts']
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

export async function init(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify init', 'Write a small protocol to start from.', console)
    .argument('<name>', 'its name, in lower case with dashes; the files are <name>.ts and <name>.scenarios.ts')
    .allowExcessArguments(false)
    .parse(args, { from: 'user' })
  const given = command.args[0]!
  const name = basename(given, '.ts')
  if (!NAME.test(name)) {
    throw new SplitbrainError(
      'bad-option',
      `${name} cannot name a protocol; expected lower case with dashes: my-protocol`,
    )
  }
  const files = ENDINGS.map((ending) => join(dirname(given), `${name}${ending}`))
  writeNew(files.map((file, at) => [file, templateNamed(name, ENDINGS[at]!)]))
  const [file, scenarios] = files as [string, string]
  const path = file.includes('/') || file.includes('\\') ? file : `./${file}`
  const told = `${file} and ${basename(scenarios)} are written: a lock service to change into your own, and its tests.`
  console.print(`${wrap(told, console.width)}

${commandTo(path)}
${commandTo(path, '--bug', 'forget-holder')}
${commandTo('test', path)}`)
  if (Object.hasOwn(corpus, name)) {
    console.print(
      `\n${wrap(`A protocol ${name} comes with splitbrain, too: without ./ and .ts that one is meant.`, console.width)}`,
    )
  }
  if (isTakenForCommonJs(file)) console.print('\nFor tsc, say that it is an ES module: npm pkg set type=module')
  return EXIT.holds
}

const templateNamed = (name: string, ending: string) =>
  readFileSync(join(packageRoot(), TEMPLATE, `${TEMPLATE_NAME}${ending}`), 'utf8').replaceAll(TEMPLATE_NAME, name)

/** Whether the nearest package.json has the compiler refuse the file's imports. `verify` takes it for a module anyway. */
function isTakenForCommonJs(file: string): boolean {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const found = join(folder, 'package.json')
    if (existsSync(found)) return !/"type"\s*:\s*"module"/.test(readFileSync(found, 'utf8'))
    if (folder === dirname(folder)) return false
  }
}

/** Makes the folder, writes all or none, and never overwrites. */
function writeNew(texts: readonly (readonly [file: string, text: string])[]): void {
  const taken = texts.find(([file]) => existsSync(file))
  if (taken !== undefined) throw new SplitbrainError('cannot-write', `${taken[0]} exists already; give another name`)
  for (const [file, text] of texts) {
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text, { flag: 'wx' })
    } catch (thrown) {
      throw new SplitbrainError('cannot-write', `${file} cannot be written: ${(thrown as Error).message}`, {
        cause: thrown,
      })
    }
  }
}
