/** Where a command's words go. Passed to every command, so that a command never asks what kind of terminal there is. */
import { type Paint, paintIf } from '../report/paint.ts'
import { WIDTH } from '../report/wrap.ts'
import { visibleInColour, visibleLines } from '../value/visible.ts'
import { pager } from './pager.ts'
import type { Keys, Stream, Supervisor } from './supervisor.ts'

export interface Console {
  /** Prints the answer: lines on stdout. */
  print(text: string): void
  /** As `print`, through a pager where it is longer than the terminal is high; absent where there is no terminal. */
  readonly page?: (text: string) => void
  /** Shows a page in place of all that the terminal shows; absent where there is none. */
  readonly redraw?: (page: string) => void
  /** Everything that is not the answer: lines on stderr. */
  complain(text: string): void
  /** Columns that stdout has. */
  readonly width: number
  readonly colour: boolean
  readonly paint: Paint
  /** A line on stderr that is drawn over again and again; absent where nobody would see it move. */
  readonly statusLine?: { readonly width: number; show(text: string): void; clear(): void }
  /** The keys of the terminal, where there is one. */
  readonly keys?: () => Keys
  /** Who watches over the command. Absent: nobody does. */
  readonly supervisor?: Supervisor
}

const CLEAR_LINE = '\r\x1b[2K'
const CLEAR_SCREEN = '\x1b[2J\x1b[H'

/** What COLUMNS says, for output that is piped; NaN where it says nothing that can be printed in. */
const columnsAsked = ({ COLUMNS }: NodeJS.ProcessEnv): number =>
  /^\d{2,}$/.test(COLUMNS ?? '') ? Number(COLUMNS) : Number.NaN

export interface Terminal {
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: NodeJS.ProcessEnv
}

export function terminalConsole({ stdout, stderr, env }: Terminal): Console {
  const colour = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const widthOf = (stream: Stream) => Math.min(WIDTH, stream.columns || columnsAsked(env) || WIDTH)
  const statusLine = {
    width: widthOf(stderr) - 1,
    show: (text: string) => stderr.write(CLEAR_LINE + text),
    clear: () => stderr.write(CLEAR_LINE),
  }
  const shown = colour ? visibleInColour : visibleLines // whatever it is made of, no control of a terminal but our colours
  const print = (text: string): void => {
    stdout.write(`${shown(text)}\n`)
  }
  return {
    print,
    ...(stdout.isTTY === true ? { page: (text: string) => pager(stdout.rows, env, print)(shown(text)) } : {}),
    ...(stdout.isTTY === true
      ? { redraw: (page: string) => stdout.write(`${CLEAR_SCREEN}${shown(page).replaceAll('\n', '\r\n')}\r\n`) }
      : {}),
    complain: (text) => stderr.write(`${visibleLines(text)}\n`),
    width: widthOf(stdout),
    colour,
    paint: paintIf(colour),
    ...(stderr.isTTY === true ? { statusLine } : {}),
  }
}
