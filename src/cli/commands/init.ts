/** `verify init NAME`: writes a small, commented protocol that runs, for its author to change into their own. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { packageRoot } from '../../own-code.ts'
import { commandTo } from '../../report/program.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'

/** The template is a protocol like any other, checked by the compiler and by our tests. */
const TEMPLATE = 'src/cli/template/lock-service.ts'
const TEMPLATE_NAME = 'lock-service'
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

export async function init(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify init', 'Write a small protocol to start from.', console)
    .argument('<name>', 'its name, in lower case with dashes; the file is <name>.ts')
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
  const file = join(dirname(given), `${name}.ts`)
  writeNew(file, templateNamed(name))
  const path = file.includes('/') || file.includes('\\') ? file : `./${file}`
  console.print(`${file} is written: a lock service to change into your own. Check it, then see its bug caught:

${commandTo(path)}
${commandTo(path, '--bug', 'forget-holder')}`)
  if (isTakenForCommonJs(file)) console.print('\nFor tsc, say that it is an ES module: npm pkg set type=module')
  return EXIT.holds
}

const templateNamed = (name: string) =>
  readFileSync(join(packageRoot(), TEMPLATE), 'utf8').replaceAll(TEMPLATE_NAME, name)

/** Whether the nearest package.json has the compiler refuse the file's imports. `verify` takes it for a module anyway. */
function isTakenForCommonJs(file: string): boolean {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const found = join(folder, 'package.json')
    if (existsSync(found)) return !/"type"\s*:\s*"module"/.test(readFileSync(found, 'utf8'))
    if (folder === dirname(folder)) return false
  }
}

/** Makes the folder, and never overwrites. */
function writeNew(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx' })
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException
    const problem =
      code === 'EEXIST' ? `${file} exists already; give another name` : `${file} cannot be written: ${message}`
    throw new SplitbrainError('cannot-write', problem, { cause: thrown })
  }
}
