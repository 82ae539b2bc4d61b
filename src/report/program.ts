/** How the command is called here, for every command line that a person is to paste. */

/** Called through npx, `verify` alone would not be found. */
export const PROGRAM = process.env.npm_command === 'exec' ? 'npx verify' : 'verify'

export const commandTo = (...args: readonly string[]): string => [PROGRAM, ...args.map(quoted)].join(' ')

/** For a POSIX shell. */
function quoted(argument: string): string {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
