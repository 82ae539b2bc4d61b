/** Finds the protocol that a command line names: one of the corpus, or a file anywhere on disk. */
import { existsSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { corpus } from '../../specs/index.ts'
import type { SequentialObject } from '../history/sequential-object.ts'
import type { Protocol } from '../language/protocol.ts'
import { beatingUntilDone } from '../purity/heartbeat.ts'
import { setTraps } from '../purity/traps.ts'
import { commandTo } from '../report/program.ts'
import { didYouMeanFile } from '../value/nearest-file.ts'
import { nearestName } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { checkBuiltIns, rememberBuiltIns } from './built-ins.ts'
import { checkNothingLeftRunning, noted } from './left-running.ts'
import type { Recording } from './recorder.ts'
import { whatWasThrown } from './what-was-thrown.ts'

export interface LoadedProtocol {
  readonly protocol: Protocol
  /** The file it comes from, absolute; absent for a protocol of the corpus. */
  readonly file?: string
  /** What it takes to load the file again, as it was. */
  readonly recording?: Recording
}

/** @throws SplitbrainError `unknown-protocol`, or `bad-protocol` where a file holds none */
export async function loadProtocol(name: string): Promise<LoadedProtocol> {
  if (!looksLikeFile(name)) return corpusProtocol(name)
  const [protocol, file] = [await protocolIn(name), resolve(name)]
  const { askRecording } = await import('./enable-imports.ts')
  const recording = await askRecording(pathToFileURL(file).href)
  return { protocol, file, ...(recording && { recording }) }
}

/** One that comes with splitbrain, whatever its name looks like. @throws SplitbrainError `unknown-protocol` */
export async function corpusProtocol(name: string): Promise<LoadedProtocol> {
  const entry = Object.hasOwn(corpus, name) ? corpus[name] : undefined
  if (entry === undefined) throw unknownProtocol(name)
  return { protocol: await entry.protocol() }
}

/** @throws SplitbrainError `bad-protocol` where a file holds no object */
export async function objectIn(file: string): Promise<SequentialObject> {
  const { default: exported } = await importedFrom(file)
  if (typeof exported === 'object' && exported !== null && 'apply' in exported) return exported as SequentialObject
  throw new SplitbrainError(
    'bad-protocol',
    `${file} does not export an object of histories by default; expected \`export default sequentialObject({ name, initial, queries, updates })\``,
  )
}

export const looksLikeFile = (name: string) => /[\\/]|^\.|\.[cm]?[jt]s$/.test(name)

function unknownProtocol(name: string): SplitbrainError {
  const names = Object.keys(corpus)
  const near = existsSync(`${name}.ts`) ? `./${name}.ts` : nearestName(name, [...names, ...COMMAND_NAMES])
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  return new SplitbrainError(
    'unknown-protocol',
    `there is no protocol or command ${name}${hint}\n` +
      `${commandTo('list')} shows the protocols. One of your own is given as a file: ${commandTo(`./${name}.ts`)}`,
  )
}

const COMMAND_NAMES = [
  'list',
  'show',
  'test',
  'claims',
  'replay',
  'inspect',
  'graph',
  'mutate',
  'sweep',
  'coverage',
  'reach',
  'compare',
  'conform',
  'history',
  'diff',
  'init',
]

/** What a file exports. @param query what makes it another instance of its module. @throws SplitbrainError `unknown-protocol`, `bad-protocol` */
export async function importedFrom(file: string, query = ''): Promise<Record<string, unknown>> {
  const found = statOf(file)
  if (found === undefined)
    throw new SplitbrainError('unknown-protocol', `there is no file ${file}${didYouMeanFile(file)}`)
  if (!found.isFile()) throw new SplitbrainError('unknown-protocol', `${file} is not a file`)
  return importFile(file, query)
}

async function protocolIn(file: string): Promise<Protocol> {
  const exported = await importedFrom(file)
  if (!isProtocol(exported.default)) throw notAProtocol(file, exported)
  return exported.default
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch (thrown) {
    throw new SplitbrainError('unknown-protocol', `${file} cannot be read (${(thrown as Error).message})`)
  }
}

async function importFile(file: string, query: string): Promise<Record<string, unknown>> {
  const { enableImports } = await import('./enable-imports.ts')
  await enableImports()
  rememberBuiltIns()
  const url = pathToFileURL(resolve(file)).href + query
  const removeTraps = setTraps(false) // what the file takes for later, as in `const { random } = Math`, is trapped, too
  try {
    const exported = await beatingUntilDone(`the loading of ${file}`, () => noted(url, () => import(url)))
    checkBuiltIns(file)
    checkNothingLeftRunning(file, url)
    return exported
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) throw told(thrown, file)
    const hint = lacksZod(thrown) ? "\nsplitbrain brings zod along: import { z } from 'splitbrain'" : ''
    throw new SplitbrainError(
      'bad-protocol',
      `${file} cannot be loaded: ${whatWasThrown(thrown, resolve(file))}${hint}`,
    )
  } finally {
    removeTraps()
  }
}

const told = (error: SplitbrainError, file: string): SplitbrainError =>
  error.message.startsWith(`${file} `) ? error : new SplitbrainError(error.code, `${file}: ${error.message}`)

const lacksZod = (thrown: unknown): boolean =>
  thrown instanceof Error && /^Cannot find (package|module) 'zod'/.test(thrown.message)

export function isProtocol(value: unknown): value is Protocol {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'splitbrain protocol'
}

export function notAProtocol(file: string, exported: Readonly<Record<string, unknown>>): SplitbrainError {
  const names = Object.keys(exported).filter((name) => name !== 'default')
  const named = names.find((name) => isProtocol(exported[name]))
  const found =
    named !== undefined
      ? `it exports one under the name ${named}`
      : 'default' in exported
        ? `its default export is ${exported.default === null ? 'null' : `of type ${typeof exported.default}`}`
        : `it exports ${names.join(', ') || 'nothing'}`
  return new SplitbrainError(
    'bad-protocol',
    `${file} does not export a protocol by default: ${found}; expected \`export default protocol({ ... }, ...)\``,
  )
}
