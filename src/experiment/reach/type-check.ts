/**
 * The compiler's word on a text that stands in place of a file's: TypeScript as it is installed beside that file. It has no
 * interface for programs, so its command is run, on the text in a folder that mirrors the project's.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { packageRoot, runsFromSources } from '../../own-code.ts'

/** `problems` in the compiler's words, each with the number of its line; none where there is no compiler; undefined where it did not end. */
export async function typeProblems(
  file: string,
  text: string,
  timeoutMs: number,
): Promise<readonly string[] | undefined> {
  const compiler = compilerFor(file)
  if (compiler === undefined) return []
  const folder = mkdtempSync(join(tmpdir(), 'splitbrain-types-'))
  try {
    const path = join(folder, relative(compiler.root, file))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    const project = join(folder, 'tsconfig.json')
    writeFileSync(project, JSON.stringify(settings(compiler.root, folder, path)))
    const said = await outputOf(compiler.command, ['-p', project, '--pretty', 'false'], timeoutMs)
    return said?.split('\n').flatMap((line) => problemIn(line, path))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Only what is wrong with the text itself. */
function problemIn(line: string, path: string): string[] {
  const [, place, message] = /^(.*)\(\d+,\d+\): error TS\d+: (.*)$/.exec(line) ?? []
  return place !== undefined && path.endsWith(place.replace(/^(\.\.?[\\/])+/, '')) ? [withoutDeclaration(message!)] : []
}

/** A type of the language has all of the declaration in its name. */
const withoutDeclaration = (message: string): string => message.replace(/<\{.*\}, "/g, '<"')

interface Compiler {
  /** The folder that has it, above the file. */
  readonly root: string
  readonly command: string
}

function compilerFor(file: string): Compiler | undefined {
  for (let root = dirname(file); ; root = dirname(root)) {
    const command = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    if (existsSync(command)) return { root, command }
    if (root === dirname(root)) return undefined
  }
}

/** As strict as a project of ours; its own settings may forbid that a file lies elsewhere. */
const settings = (root: string, folder: string, path: string) => ({
  compilerOptions: {
    noEmit: true,
    strict: true,
    target: 'es2023',
    module: 'nodenext',
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
    rootDirs: [root, folder],
    paths: { splitbrain: [join(packageRoot(), runsFromSources ? 'src/index.ts' : 'dist/src/index.d.ts')] },
  },
  files: [path],
})

/** Undefined where it did not end in time, or could not be run. */
function outputOf(command: string, args: readonly string[], timeoutMs: number): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(process.execPath, [command, ...args], { timeout: timeoutMs }, (problem, stdout) => {
      const isAnswer = problem === null || (typeof problem.code === 'number' && !problem.killed)
      done(isAnswer ? stdout : undefined)
    })
  })
}
