/** The command line that a person can paste to see it again. */

/** Called through npx, `verify` alone would not be found. */
const PROGRAM = process.env.npm_command === 'exec' ? 'npx verify' : 'verify'

export const replayCommand = (files: readonly string[]): string => [PROGRAM, 'replay', ...files.map(quoted)].join(' ')

/** For a POSIX shell. */
function quoted(argument: string): string {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
