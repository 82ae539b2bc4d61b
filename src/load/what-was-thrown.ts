/** An error out of a user's file, in words: its message, and the place in the file it came from. */
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeFolder, packageRoot } from '../own-code.ts'
import { thrownText } from '../value/visible.ts'

export function whatWasThrown(thrown: unknown, file: string | undefined): string {
  if (!(thrown instanceof Error)) return `it threw ${thrownText(thrown)}`
  const place = file === undefined ? undefined : placeIn(thrown, file)
  return `${thrownText(thrown)}${place === undefined ? '' : ` (at ${place})`}`
}

/** `line 12, column 5`: the innermost frame of the stack that lies in the file. */
function placeIn({ stack = '' }: Error, file: string): string | undefined {
  const frame = stack.split('\n').find((line) => line.trimStart().startsWith('at ') && line.includes(file))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? []
  return line === undefined ? undefined : `line ${line}, column ${column}`
}

/** `lock.ts:31:11`: the line of a protocol that an error comes from, wrapped in others though it may be. */
export function placeOf(error: Error): string | undefined {
  if (error.cause instanceof Error) {
    const inner = placeOf(error.cause)
    if (inner !== undefined) return inner
  }
  const frames = (error.stack ?? '').split('\n').flatMap((line) => FRAME.exec(line)?.slice(1) ?? [])
  const frame = frames.map(pathOf).find((path) => !isOurs(path))
  return frame === undefined ? undefined : relative('', frame)
}

/** A frame of a stack, with the file, line and column in it. */
const FRAME = /^ +at .*?((?:file:\/\/)?\/[^()]*:\d+:\d+)\)?$/

const pathOf = (place: string): string => (place.startsWith('file://') ? fileURLToPath(place) : place)

/** The engine runs bodies, and libraries run in them. */
const isOurs = (path: string): boolean =>
  [codeFolder(), join(packageRoot(), 'bin')].some((folder) => path.startsWith(folder + sep)) ||
  /[\\/]node_modules[\\/]/.test(path)
