/** The map of a log, from its file. */
import { type AnyLogMap, isLogMap } from '../conform/log-map.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
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
