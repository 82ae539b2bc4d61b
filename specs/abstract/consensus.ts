/**
 * What an agreement on one value is, whoever takes part in it: Lamport's module Consensus. Nothing is chosen, then one
 * value is, for good. `voting` refines it.
 */
import { always, declare, disabled, protocol, sometimes, z } from 'splitbrain'

const consensus = declare({
  name: 'consensus',
  summary: 'one value is chosen, for good: what agreement is',
  sources: ['Lamport, module Consensus (tlaplus/Examples, PaxosHowToWinATuringAward)'],
  parameters: {
    values: z.int().min(1).max(9).default(2).describe('values that may be chosen'),
  },
  shared: { chosen: z.set(z.int()).default(new Set()) },
})

export default protocol(consensus, ({ values }) => ({
  actions: {
    environment: {
      choose({ shared: { chosen }, choose }) {
        if (chosen.size > 0) return disabled
        const all = Array.from({ length: values }, (_, i) => i + 1)
        chosen.add(choose('value', all))
      },
    },
  },

  properties: {
    agreement: always('at most one value is chosen', ({ shared }) => shared.chosen.size <= 1),
    aChoice: sometimes('a value is chosen', ({ shared }) => shared.chosen.size > 0),
  },
}))
