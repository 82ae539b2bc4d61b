/** Deadlock by role: whoever is not done is named, and messages in flight are told apart from having come to an end. */
import { deadlockFree, disabled, fails, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'

/** A client asks a server, which answers unless it is deaf; asked by role whether all are done. */
const service = (deaf: boolean) =>
  protocol(
    {
      name: 'service',
      roles: {
        client: { volatile: { at: z.enum(['idle', 'waiting', 'served']).default('idle') } },
        server: { volatile: { served: z.int().default(0) } },
      },
      messages: { Ask: {}, Answer: {} },
    },
    () => ({
      population: { client: 2, server: 1 },
      actions: {
        client: {
          ask(me, { ids, send }) {
            if (me.at !== 'idle') return disabled
            me.at = 'waiting'
            send(ids.server, { type: 'Ask' })
          },
        },
      },
      receive: {
        server: {
          Ask(me, _, { from, send }) {
            if (deaf && me.served === 1) return disabled
            me.served += 1
            send(from, { type: 'Answer' })
          },
        },
        client: {
          Answer(me) {
            me.at = 'served'
          },
        },
      },
      properties: {
        ends: deadlockFree('it ends with everybody served', {
          client: ({ at }) => at === 'served' || fails(`it is ${at}`),
          server: ({ served }) => served === 2,
        }),
      },
    }),
  ).instantiate()

it('holds where all are done', async () => {
  expect(await explore(service(false))).toMatchObject({ verdict: 'holds', distinct: 16 })
})

it('names who is not, and what nobody receives', async () => {
  const model = service(true)
  const { verdict, properties } = await explore(model)
  const { property, path } = properties[1]!
  expect([verdict, property.name, path!.steps.length]).toEqual(['violated', 'ends', 4])
  expect(record(model, property, path!).because).toBe(
    'nothing but faults can happen, and client2 is not done: it is waiting; in flight: Ask to server1',
  )
})
