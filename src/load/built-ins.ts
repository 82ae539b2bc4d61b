/** A protocol's file, and its definition, leave what JavaScript brings as it is. */
import { changeSince, type Pictures, pictureOfBuiltIns } from '../purity/built-ins.ts'
import { liftingTraps } from '../purity/traps.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

let pictures: Pictures | undefined

/** To be called before anything is loaded that is not ours. */
export function rememberBuiltIns(): void {
  pictures ??= liftingTraps(pictureOfBuiltIns)
}

/** @throws SplitbrainError `bad-protocol` where they are not as they were */
export function checkBuiltIns(file: string): void {
  if (pictures === undefined) return
  const before = pictures
  const what = liftingTraps(() => changeSince(before)) // another check may be under way
  if (what === undefined) return
  throw new SplitbrainError(
    'bad-protocol',
    `${file} ${what}, which changes how values are compared and kept; a protocol's file may only define it`,
  )
}
