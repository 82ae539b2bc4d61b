/**
 * Clocks of bounded drift. Each goes at a rate of its own, yet at no time does one show more than `skew` ticks more than
 * another; so of two that measure the same stretch of time, one may count twice that many more. What they show is kept as
 * how far each is ahead of the slowest, so that time may go on for ever in finitely many states; timers count down.
 */
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** A process with a clock: `durable: { ahead: z.int().default(0) }`, as no crash sets a clock back. */
export interface Clock {
  readonly id: string
  ahead: number
}

type Choose = (name: string, options: readonly string[]) => string

/**
 * One of the clocks goes on by a tick; which, is chosen. To be called by the environment, which then lets that process's
 * timers go on: `const it = tick(client, { skew, choose }); if (it.lease > 0) it.lease--`.
 * @throws SplitbrainError `bad-step` where `skew` is no integer from 1
 */
export function tick<C extends Clock>(
  clocks: readonly C[],
  { skew, choose }: { readonly skew: number; readonly choose: Choose },
): C {
  if (!Number.isInteger(skew) || skew < 1) {
    throw new SplitbrainError('bad-step', `found tick with skew ${found(skew)}; expected an integer from 1`)
  }
  const behind = clocks.filter(({ ahead }) => ahead < skew).map(({ id }) => id)
  const ticked = choose('clock', behind)
  const it = clocks.find(({ id }) => id === ticked)!
  it.ahead++
  if (clocks.every(({ ahead }) => ahead > 0)) for (const clock of clocks) clock.ahead--
  return it
}
