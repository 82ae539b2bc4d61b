/** Objects from outside of a body: what becomes part of the state cannot be changed behind the next run's back. */
import { disabled, never, type Protocol, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'

interface Me {
  first: boolean
  round: { term: number; leads: boolean }
  votes: Set<string>
  log: number[]
}

/** Two nodes that each begin once; only the first is to lead. */
const beginning = (begin: (me: Me) => void): Protocol =>
  protocol(
    {
      name: 'fresh',
      roles: {
        node: {
          prefix: 'n',
          durable: {
            first: z.boolean().default(false),
            begun: z.boolean().default(false),
            round: z.object({ term: z.int(), leads: z.boolean() }).default({ term: 0, leads: false }),
            votes: z.set(z.string()).default(new Set()),
            log: z.array(z.int()).default([]),
          },
        },
      },
    },
    () => ({
      population: { node: 2 },
      start: {
        node(me, { self }) {
          me.first = self === 'n1'
        },
      },
      actions: {
        node: {
          begin(me) {
            if (me.begun) return disabled
            me.begun = true
            begin(me)
          },
        },
      },
      properties: { two: never('two lead', ({ node }) => node.every(({ round }) => round.leads)) },
    }),
  )

describe('an object from outside of the body', () => {
  it.each<[string, () => (me: Me) => void]>([
    [
      'that is changed where it was put',
      () => {
        const fresh = { term: 0, leads: false }
        return (me) => {
          me.round = fresh
          me.round.term = 1
          if (me.first) me.round.leads = true
        }
      },
    ],
    [
      'that is changed by its own name',
      () => {
        const fresh = { term: 0, leads: false }
        return (me) => {
          me.round = fresh
          if (me.first) fresh.leads = true
        }
      },
    ],
    [
      'that is a set',
      () => {
        const none = new Set<string>()
        return (me) => {
          me.votes = none
          me.votes.add('n1')
        }
      },
    ],
    [
      'that is an array inside of another object',
      () => {
        const fresh = { log: [] as number[] }
        return (me) => {
          me.log = fresh.log
          me.log.push(1)
        }
      },
    ],
  ])('%s is refused', async (_, make) => {
    const { broken } = await explore(beginning(make()).instantiate())
    expect(broken?.error.code).toBe('impure')
    expect(broken?.error.message).toContain('an object from outside of the body that has become part of the state')
  })

  it('may be put into the state as it is, and a copy of it be changed', async () => {
    const fresh = { term: 0, leads: false }
    const model = beginning((me) => {
      me.round = fresh
      me.round = { ...fresh }
      me.round.leads = me.first
    }).instantiate()
    const { verdict, distinct } = await explore(model)
    expect({ verdict, distinct }).toEqual({ verdict: 'holds', distinct: 4 })
    expect(fresh).toEqual({ term: 0, leads: false })
  })

  it('may be changed after it was put there, where the body made it', async () => {
    const model = beginning((me) => {
      const round = { term: 0, leads: false }
      me.round = round
      round.leads = me.first
      me.round.term = 1
    }).instantiate()
    expect(await explore(model)).toMatchObject({ verdict: 'holds', distinct: 4 })
  })
})
