/** How an execution goes on for ever, in a drawing: its loop with a line along the numbers, or where it stops. */
import { Line } from './canvas.ts'

/** Between the numbers of the steps and what they did. */
const COLUMN = 3
const INDENT = 5

/**
 * The lines of all steps, with the loop drawn along them.
 * @param steps the lines of each step
 * @param loop how many steps lie before the loop, as in a trace
 * @param blank a line with nothing on it yet
 */
export function drawLoop(steps: readonly (readonly Line[])[], loop: number | undefined, blank: () => Line): Line[] {
  if (loop === undefined) return steps.flat()
  const told = (text: string) => blank().cover(new Line().put(INDENT, text, 'strong'))
  if (loop === steps.length) return [...steps.flat(), told('■ and there it stops for ever').put(COLUMN, ' ')]
  const round = steps.slice(loop).flat()
  for (const line of round) line.put(COLUMN, '║', 'strong')
  return [
    ...steps.slice(0, loop).flat(),
    told('from here on, again and again:').put(COLUMN, '╔', 'strong'),
    ...round,
    told(`back to ${loop === 0 ? 'the initial state' : `the state after step ${loop}`}`).put(COLUMN, '╚', 'strong'),
  ]
}
