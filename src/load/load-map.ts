/** The map of a log, from its file, and the protocol's own file. */
import { pathToFileURL } from 'node:url'
import { type AnyLogMap, isLogMap } from '../conform/log-map.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { importsOf } from './imports.ts'
import { importedFrom } from './load-protocol.ts'

/** @throws SplitbrainError `bad-map` where the file exports none by default */
export async function mapIn(file: string): Promise<AnyLogMap> {
  const { default: exported } = await importedFrom(file)
  if (isLogMap(exported)) return exported
  throw new SplitbrainError(
    'bad-map',
    `${file} does not export a map by default, but ${found(exported)}; expected \`export default logMap(protocol, { event, on })\``,
  )
}

/**
 * The file, among those that a map's file imports, that exports its protocol by default: absolute. A protocol may also be
 * made in the map's own file, or come from a package; then there is none.
 */
export async function protocolFileOf(mapFile: string, { protocol }: AnyLogMap): Promise<string | undefined> {
  for (const file of (await importsOf([mapFile])) ?? []) {
    if (!/\.[cm]?[jt]s$/.test(file) || file.includes('node_modules')) continue
    const exported: Record<string, unknown> = await import(pathToFileURL(file).href) // it is loaded already
    if (exported.default === protocol) return file
  }
  return undefined
}
