/** A trace as a list, for more processes than lanes would have room for: every change and every message on a line. */
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { show } from '../value/show.ts'
import { Line } from './canvas.ts'
import type { Happening } from './happenings.ts'
import { wrap } from './text-width.ts'

const INDENT = 5

/** What a step changed and sent; what was received or lost, the headline has told. */
export function listHappening({ ended, changes, sent, shared, recorded }: Happening, width: number): Line[] {
  const told = (text: string, style?: 'message') =>
    wrap(text, width - INDENT, 2).map((line) => new Line().put(INDENT, line, style))
  return [
    ...changes.flatMap((change) => told(describeChange(change, placeOf(change)))),
    ...recorded.flatMap((recording) => told(`${recording.process} ${recording.told}`)),
    ...sent.flatMap(({ number, from, to, message }) =>
      told(`${from} ╌╌▷ ${to}  #${number} ${show(message)}`, 'message'),
    ),
    ...(ended.length + changes.length + sent.length + shared.length + recorded.length === 0
      ? told('nothing changes')
      : []),
  ]
}
