/** A trace as a list, for more processes than lanes would have room for: every change and every message on a line. */
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { show } from '../value/show.ts'
import { Line } from './canvas.ts'
import type { Happening } from './happenings.ts'
import { wrap } from './text-width.ts'

const INDENT = 5

export function listHappening({ ended, changes, sent, shared }: Happening, width: number): Line[] {
  const told = (text: string, style?: 'message' | 'bad') =>
    wrap(text, width - INDENT, 2).map((line) => new Line().put(INDENT, line, style))
  return [
    ...ended.flatMap(({ number, from, to, message, fate }) =>
      fate === 'lost'
        ? told(`${from} ──✗ ${to}  #${number} ${message.type}`, 'bad')
        : told(`${from} ──▶ ${to}  #${number} ${message.type}`, 'message'),
    ),
    ...changes.flatMap((change) => told(describeChange(change, placeOf(change)))),
    ...sent.flatMap(({ number, from, to, message }) =>
      told(`${from} ╌╌▷ ${to}  #${number} ${show(message)}`, 'message'),
    ),
    ...(ended.length + changes.length + sent.length + shared.length === 0 ? told('nothing changes') : []),
  ]
}
