/** An error out of a user's file, in words: its message, and the place in the file it came from. */

export function whatWasThrown(thrown: unknown, file: string | undefined): string {
  if (!(thrown instanceof Error)) return `it threw ${String(thrown)}`
  const place = file === undefined ? undefined : placeIn(thrown, file)
  return `${thrown.name}: ${thrown.message}${place === undefined ? '' : ` (at ${place})`}`
}

/** `line 12, column 5`: the innermost frame of the stack that lies in the file. */
function placeIn({ stack = '' }: Error, file: string): string | undefined {
  const frame = stack.split('\n').find((line) => line.trimStart().startsWith('at ') && line.includes(file))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? []
  return line === undefined ? undefined : `line ${line}, column ${column}`
}
