/** A light that goes round: one property of each kind, and nothing but the light. For threads as well. */
import { always, canAlways, eventually, protocol, z } from 'splitbrain'

export const light = (colours: number, ...asked: readonly string[]) =>
  protocol({ name: 'light', shared: { at: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        turn({ shared }) {
          shared.at = (shared.at + 1) % colours
        },
      },
    },
    properties: Object.fromEntries(Object.entries(QUESTIONS).filter(([name]) => asked.includes(name))),
  })).instantiate()

const QUESTIONS = {
  low: always('it is below 3', ({ shared }: Seen) => shared.at < 3),
  back: canAlways('it can get back', ({ shared }: Seen) => shared.at === 0),
  far: eventually('it gets to 2', ({ shared }: Seen) => shared.at === 2, { weak: ['environment.turn'] }),
}

interface Seen {
  readonly shared: { readonly at: number }
}
