/** Long output on a terminal: shown by the reader's pager, `$PAGER` or else `less`, as git does. */
import { spawnSync } from 'node:child_process'

/** Runs a command line with text as its input. True where it could be run. */
export type RunPager = (command: string, text: string, env: NodeJS.ProcessEnv) => boolean

/** With these, less shows colours and leaves the text on the screen. */
const LESS = { LESS: 'FRX' }

/**
 * @param rows how many lines the terminal has
 * @param print for what fits on it, and where there is no pager (`PAGER=` or `PAGER=cat` asks for none)
 */
export function pager(
  rows: number,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
  run: RunPager = runPager,
): (text: string) => void {
  return (text) => {
    const { PAGER = 'less' } = env
    const isLong = text.split('\n').length >= rows
    const isShown = isLong && PAGER !== '' && PAGER !== 'cat' && run(PAGER, `${text}\n`, { ...LESS, ...env })
    if (!isShown) print(text)
  }
}

function runPager(command: string, input: string, env: NodeJS.ProcessEnv): boolean {
  const { status } = spawnSync(command, { input, env, shell: true, stdio: ['pipe', 'inherit', 'ignore'] })
  return status !== null && status !== COMMAND_NOT_FOUND
}

const COMMAND_NOT_FOUND = 127
