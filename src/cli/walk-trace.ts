/** Walking through a trace on a terminal: a step on the screen, keys to go on and back. */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'

/** What the walk is shown on. */
export interface Screen {
  /** Keys as the terminal sends them, until there are no more. */
  readonly keys: AsyncIterable<string>
  /** Shows a page in place of the one before. */
  show(page: string): void
}

const KEYS: Readonly<Record<string, (step: number, last: number) => number>> = {
  '\x1b[C': (step) => step + 1,
  '\x1b[B': (step) => step + 1,
  ' ': (step) => step + 1,
  n: (step) => step + 1,
  '\x1b[D': (step) => step - 1,
  '\x1b[A': (step) => step - 1,
  p: (step) => step - 1,
  '\x1b[H': () => 0,
  g: () => 0,
  '\x1b[F': (_, last) => last,
  G: (_, last) => last,
}

const QUIT: ReadonlySet<string> = new Set(['q', '\x1b', '\x03', '\x04'])

const HELP = '→ or n: on · ← or p: back · g, G: first, last · q: quit'

/** @param render the page of a step; 0 is the initial state */
export async function walkTrace(last: number, render: (step: number) => string, { keys, show }: Screen): Promise<void> {
  let step = 0
  const draw = () => show(`${render(step)}\n\n${HELP}`)
  draw()
  for await (const typed of keys) {
    let isHeard = false
    for (const key of keysIn(typed)) {
      if (QUIT.has(key)) return
      const next = KEYS[key]?.(step, last)
      if (next === undefined) continue
      step = Math.min(last, Math.max(0, next))
      isHeard = true
    }
    if (isHeard) draw()
  }
}

/** One key each: what is typed quickly, or held down, arrives together; a key of more than a character begins with ESC. */
const KEY = new RegExp(`${String.fromCharCode(0x1b)}(?:\\[[0-9;]*[A-Za-z~]|O[A-Z])|.`, 'gsu')

/** Cursor keys have two codes, as the terminal's mode is. */
const keysIn = (typed: string): string[] => (typed.match(KEY) ?? []).map((key) => key.replace(/O(?=[A-Z]$)/, '['))

/** The terminal. @throws SplitbrainError `bad-option` where there is none */
export function terminalScreen({ keys, redraw }: Pick<Console, 'keys' | 'redraw'>): Screen & { close(): void } {
  if (keys === undefined || redraw === undefined) {
    throw new SplitbrainError('bad-option', '--walk reads keys from a terminal, and this is none; use --step N')
  }
  const heard = keys()
  return {
    keys: heard,
    show: redraw,
    close: () => heard.close(),
  }
}
