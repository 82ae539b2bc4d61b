/**
 * The files that hold tests: `lock.scenarios.ts` beside a protocol, a protocol that exports `scenarios`, and saved traces
 * in folders `counterexamples`. Nothing is imported here: what is in them is read by the threads that run it.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { corpus } from '../../specs/index.ts'
import { protocolOfScenarios, scenariosBeside } from '../load/scenarios.ts'
import { specOf } from '../load/spec-path.ts'
import { commandTo } from '../report/program.ts'
import { didYouMeanFile } from '../value/nearest-file.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** A file with tests in it; or a protocol of the corpus, with its documented runs. */
export type Source =
  | { readonly kind: 'scenarios'; readonly protocol: string; readonly file?: string }
  | { readonly kind: 'trace'; readonly file: string }

/**
 * In the order of the paths, within a folder by name; each once.
 * @param paths files, folders, or names of the corpus
 * @throws SplitbrainError `bad-option` for a path that is none
 */
export function findTests(paths: readonly string[]): Source[] {
  const sources = new Map<string, Source>()
  for (const path of paths) {
    for (const source of sourcesAt(path)) sources.set(source.kind === 'trace' ? source.file : source.protocol, source)
  }
  return [...sources.values()]
}

function sourcesAt(path: string): Source[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) return inFolder(path)
  if (found !== undefined) return ofFile(relative('', path))
  if (Object.hasOwn(corpus, path)) return [{ kind: 'scenarios', protocol: path }]
  return refuse(path, `there is no such file, and no such protocol${didYouMeanFile(path)}`)
}

/** Of a protocol its documented runs, and the traces of it that are saved beside it. */
function ofFile(file: string): Source[] {
  const source = sourceIn(file)
  const traces = source?.kind === 'trace' ? [] : tracesOf(source?.protocol ?? file)
  return source === undefined && traces.length === 0 ? refuseFile(file) : [...(source ? [source] : []), ...traces]
}

function tracesOf(protocol: string): Source[] {
  const folder = join(dirname(protocol), TRACES)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  return inFolder(folder).filter(
    (source) => source.kind === 'trace' && specOf(source.file, specIn(source.file)) === resolve(protocol),
  )
}

const refuse = (path: string, why: string): never => {
  throw new SplitbrainError(
    'bad-option',
    `${path}: ${why}; expected a folder, a protocol with scenarios (lock.ts, lock.scenarios.ts), a saved trace, or the name ` +
      'of a protocol that comes with splitbrain',
  )
}

/** A file that nothing is documented of: what is missing is said. */
function refuseFile(file: string): never {
  if (!CODE.test(file)) return refuse(file, 'it is neither a protocol nor a trace')
  const beside = basename(scenariosBeside(file))
  throw new SplitbrainError(
    'bad-option',
    EXPORTS_DEFAULT.test(readFileSync(file, 'utf8'))
      ? `${file}: nothing says what it is to come out as; write it beside it, in ${beside}:\n${EXAMPLE}\n` +
          `Without any, ${commandTo(pathOf(file))} checks it.`
      : `${file}: it exports no protocol by default, and no scenarios are beside it (${beside})`,
  )
}

/** The folders that are looked into for these paths, absolute. */
export function foldersIn(paths: readonly string[]): string[] {
  const within = (folder: string): string[] => [
    resolve(folder),
    ...readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !IGNORED.test(entry.name))
      .flatMap((entry) => within(join(folder, entry.name))),
  ]
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory()).flatMap(within)
}

function inFolder(folder: string): Source[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry): Source[] => {
    const path = relative('', join(folder, entry.name))
    if (entry.isDirectory()) return IGNORED.test(entry.name) ? [] : inFolder(path)
    if (!entry.isFile()) return []
    const isTrace = entry.name.endsWith('.json') && basename(dirname(path)) === TRACES
    if (isTrace) return isSavedTrace(path) ? [{ kind: 'trace', file: path }] : []
    const source = CODE.test(entry.name) ? sourceIn(path) : undefined
    return source?.kind === 'scenarios' && source.file !== undefined ? [source] : []
  })
}

/** The folders that traces are saved in. */
const TRACES = 'counterexamples'

/** Packages, what is hidden, and what a build writes: it would be each test a second time. */
const IGNORED = /^(node_modules|dist|\..*)$/
const CODE = /\.[cm]?[jt]s$/

/** @param file relative to the working directory */
function sourceIn(file: string): Source | undefined {
  if (file.endsWith('.json')) return { kind: 'trace', file }
  if (!CODE.test(file)) return undefined
  const protocol = protocolOfScenarios(file)
  if (protocol !== undefined) return { kind: 'scenarios', protocol: pathOf(protocol), file }
  const beside = scenariosBeside(file)
  if (existsSync(beside)) return { kind: 'scenarios', protocol: pathOf(file), file: beside }
  const text = readFileSync(file, 'utf8')
  const exportsBoth = /^export (const scenarios\b|\{[^}]*\bscenarios\b)/m.test(text) && EXPORTS_DEFAULT.test(text)
  return exportsBoth ? { kind: 'scenarios', protocol: pathOf(file), file } : undefined
}

const EXAMPLE = "export const scenarios = [{ name: 'default', expect: { verdict: 'holds' } }]"

/** As every protocol does. */
const EXPORTS_DEFAULT = /^export (default\b|\{[^}]*\bdefault\b)/m

/** As a protocol in a file is named. */
const pathOf = (file: string): string => (/^[./]/.test(file) ? file : `./${file}`)

const isSavedTrace = (file: string): boolean =>
  /^\s*\{\s*"format": "splitbrain trace"/.test(readFileSync(file, 'utf8').slice(0, 200))

/** The path of the protocol that a saved trace is of, as it stands there: among its first lines. */
const specIn = (file: string): string =>
  /^ {2}"spec": "(.*)",$/m.exec(readFileSync(file, 'utf8').slice(0, 2_000))?.[1] ?? ''
