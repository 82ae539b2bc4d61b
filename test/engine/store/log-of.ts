/** A log of visited states (src/engine/store/word-log.ts) with these entries. */
import { ENTRY, WordLog } from '../../../src/engine/store/word-log.ts'

type Entry = readonly [major: number, block: number, bits: number, parent: number]

export function logOf(...entries: readonly Entry[]): WordLog {
  const log = new WordLog()
  log.entries = new Int32Array(ENTRY.length * entries.length)
  for (const [i, [major, block, bits, parent]] of entries.entries()) {
    log.write(i, { major, block, bits, parent })
  }
  return log
}
