/** A message to oneself: an arrow with both ends at one lifeline. */
import { protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { record } from '../../src/judge/record.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { stepBy } from '../judge/shortest-path.ts'
import { ENDED } from './eventful-trace.ts'

it('is drawn as a hook', () => {
  const model = protocol(
    {
      name: 'note-to-self',
      roles: { node: { prefix: 'n', volatile: { count: z.int().default(0) } } },
      messages: { Note: { count: z.int() } },
      network: { order: 'fifo', toSelf: true },
    },
    () => ({
      population: { node: 2 },
      actions: {
        node: {
          remember({ count }, { self, send }) {
            send(self, { type: 'Note', count: count + 1 })
          },
        },
      },
      receive: {
        node: {
          Note(me, { count }) {
            me.count = count
          },
        },
      },
      properties: {},
    }),
  ).instantiate()
  const message = { type: 'Note', count: 1 }
  const steps = [stepBy('n1', 'remember'), stepBy('n1', 'receive', { from: 'n1', message })]
  const drawn = renderTrace(model, record(model, ENDED, { initial: {}, steps }), { width: 60 }).split('\n')
  expect(drawn.slice(7, 14)).toEqual([
    '      n1',
    '      │',
    '  1  n1 remember',
    '      ├╌╮ #1 Note{count 1}',
    '  2  n1 receives #1 Note{count 1} from n1',
    '      │◀╯ #1 Note',
    '      ● count 0 → 1',
  ])
})
