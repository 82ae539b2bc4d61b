/**
 * A token ring (Le Lann 1977): the token goes round; whoever holds it may enter before passing it on. While it goes
 * round everybody gets in; once it is lost, nobody ever does again.
 */
import { always, canAlways, disabled, leadsTo, noPair, protocol, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

export const tokenRing = (losses: number, fairness: Assumption, nodes = 3) =>
  protocol(
    {
      name: 'token-ring',
      roles: {
        node: {
          prefix: 'n',
          volatile: { at: z.enum(['idle', 'wanting', 'inside']).default('idle'), token: z.boolean().default(false) },
        },
      },
      messages: { Token: {} },
      faults: { lose: { budget: 0 } },
    },
    () => ({
      population: { node: nodes },
      start: {
        environment({ node }) {
          node[0]!.token = true
        },
      },
      actions: {
        node: {
          want(me) {
            if (me.at !== 'idle') return disabled
            me.at = 'wanting'
          },
          /** Everybody has other things to do. */
          work() {},
          enter(me) {
            if (me.at !== 'wanting' || !me.token) return disabled
            me.at = 'inside'
          },
          pass(me, { self, ids, send }) {
            if (!me.token || me.at === 'wanting') return disabled
            if (me.at === 'inside') me.at = 'idle'
            me.token = false
            send(ids.node[(ids.node.indexOf(self) + 1) % nodes]!, { type: 'Token' })
          },
        },
      },
      receive: {
        node: {
          Token(me) {
            me.token = true
          },
        },
      },
      properties: {
        exclusion: always('at most one is inside', ({ node }) =>
          noPair(node, (a, b) => a.at === 'inside' && b.at === 'inside'),
        ),
        canPass: canAlways('the token can always come to the first node', ({ node }) => node[0]!.token),
        n3Enters: leadsTo(
          'the last node, once it wants to, gets in',
          ({ node }) => node.at(-1)!.at === 'wanting',
          ({ node }) => node.at(-1)!.at === 'inside',
          fairness,
        ),
      },
    }),
  ).instantiate({ losses })
