/** An error out of a user's file, in words: its message, and the place in the file it came from. */
import { basename, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeFolder, packageRoot } from '../own-code.ts'
import { thrownText } from '../value/visible.ts'

export function whatWasThrown(thrown: unknown, file: string | undefined): string {
  if (!(thrown instanceof Error)) return `it threw ${thrownText(thrown)}`
  const place = importPlace(thrown) ?? (file === undefined ? undefined : placeIn(thrown, file))
  return `${thrownText(thrown)}${place === undefined ? '' : ` (at ${place})`}${hintFor(thrown, file)}`
}

/** `lock.ts:12:5`: the innermost frame of the stack that lies in the file. */
function placeIn({ stack = '' }: Error, file: string): string | undefined {
  const frame = stack.split('\n').find((line) => line.trimStart().startsWith('at ') && line.includes(file))
  const [, place] = /(:\d+:\d+)\)?$/.exec(frame ?? '') ?? []
  return place === undefined ? undefined : `${relative('', file)}${place}`
}

/** `lock.ts:3`: the import of what a module does not export, which Node tells before the message. */
function importPlace({ stack = '' }: Error): string | undefined {
  const [, url, line] = /^(file:\/\/\S+?):(\d+)\n/.exec(stack) ?? []
  return url === undefined ? undefined : `${relative('', fileURLToPath(url))}:${line}`
}

function hintFor({ name, message }: Error, file: string | undefined): string {
  if (name === 'ReferenceError' && message.endsWith(' is not defined')) return '; is it imported?'
  if (file === undefined || !/\.js$/.test(file) || !TAKEN_FOR_COMMONJS.test(message)) return ''
  return (
    '\nIt is taken for CommonJS, since the nearest package.json does not say otherwise; call it ' +
    `${basename(file, '.js')}.mjs or ${basename(file, '.js')}.ts, or: npm pkg set type=module`
  )
}

const TAKEN_FOR_COMMONJS = /import statement outside a module|Unexpected token 'export'|Cannot require\(\) ES Module/

/** `lock.ts:31:11`: the line of a protocol that an error comes from, wrapped in others though it may be. */
export function placeOf(error: Error): string | undefined {
  if (error.cause instanceof Error) {
    const inner = placeOf(error.cause)
    if (inner !== undefined) return inner
  }
  const place = (error.stack ?? '').split('\n').map(placeInFrame).find(isUsers)
  return place === undefined ? undefined : relative('', place)
}

/**
 * The users' files in a stack, the innermost first, up to the library or the part of Node that called them: who waits for
 * that has not called them.
 */
export function usersFilesIn(stack: string): string[] {
  const places = stack
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .map(placeInFrame)
  const first = places.findIndex(isUsers)
  const end = places.findIndex((place, i) => i > first && !isUsers(place))
  const row = first < 0 ? [] : places.slice(first, end < 0 ? undefined : end)
  return row.filter(isUsers).map((place) => place.replace(/(\?[^?]*)?:\d+:\d+$/, ''))
}

const isUsers = (place: string | undefined): place is string => place !== undefined && !isOurs(place)

/** Undefined of what is in no file. */
function placeInFrame(line: string): string | undefined {
  const path = FRAME.exec(line)?.[1]
  return path === undefined ? undefined : pathOf(path)
}

/** A frame of a stack, with the file, line and column in it. */
const FRAME = /^ +at (?:.*[ (])?((?:file:\/\/)?\/[^()]*:\d+:\d+)\)?$/

const pathOf = (place: string): string => (place.startsWith('file://') ? fileURLToPath(place) : place)

/** The engine runs bodies, and libraries run in them. */
const isOurs = (path: string): boolean =>
  [codeFolder(), join(packageRoot(), 'bin')].some((folder) => path.startsWith(folder + sep)) ||
  /[\\/]node_modules[\\/]/.test(path)
