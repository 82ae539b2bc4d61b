/** A long trace of many processes, as a random walk makes one: what a page must still be usable with. */
import { always, id, protocol, z } from 'splitbrain'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import { record } from '../../src/judge/record.ts'
import type { Model, Property, Rule, State, Step } from '../../src/model.ts'
import type { Trace } from '../../src/trace/trace.ts'

const gossip = protocol(
  {
    name: 'gossip',
    roles: {
      node: {
        prefix: 'n',
        volatile: {
          round: z.int().default(0),
          heard: z.array(z.object({ round: z.int(), from: id('node') })).default([]),
        },
      },
    },
    messages: { Rumour: { round: z.int() }, Thanks: {} },
    shared: { thanks: z.int().default(0) },
    faults: { crash: 'node', lose: true },
  },
  () => ({
    population: { node: 20 },
    actions: {
      node: {
        tell(me, { peers, send, choose }) {
          me.round += 1
          send(choose('peer', peers), { type: 'Rumour', round: me.round })
        },
      },
    },
    receive: {
      node: {
        Rumour(me, { round }, { from, send }) {
          me.heard.push({ round, from })
          send(from, { type: 'Thanks' })
        },
        Thanks(_me, _message, { shared }) {
          shared.thanks += 1
        },
      },
    },
    properties: { quiet: always('nobody speaks', ({ node }) => node.every(({ round }) => round === 0)) },
  }),
)

export const gossipModel = (): Model => gossip.instantiate({ crashes: 9, losses: 9 }, [])

/** The same walk every time. */
export function gossipTrace(model: Model, length: number): Trace {
  const [start] = [...initialOutcomes(model)]
  const steps: Step[] = []
  let { state } = start!
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % below
  }
  const deliveries = model.rules.filter(({ kind }) => kind === 'receive')
  const others = model.rules.filter(({ kind }) => kind !== 'receive')
  while (steps.length < length) {
    const [first, second] = random(3) > 0 ? [deliveries, others] : [others, deliveries]
    const chosen =
      anyStep(model, state, rotated(first, random), random) ?? anyStep(model, state, rotated(second, random), random)
    steps.push(chosen!.step)
    state = chosen!.state
  }
  return record(model, quiet(model), { initial: start!.choices, steps })
}

const quiet = ({ properties }: Model): Property => properties.find(({ name }) => name === 'quiet')!

const rotated = (rules: readonly Rule[], random: (below: number) => number): readonly Rule[] => {
  const at = random(rules.length)
  return [...rules.slice(at), ...rules.slice(0, at)]
}

/** A step of the first of these rules that has any. */
function anyStep(model: Model, state: State, rules: readonly Rule[], random: (below: number) => number) {
  for (const rule of rules) {
    const possible = [...stepsFrom({ ...model, rules: [rule] }, state)]
    if (possible.length > 0) return possible[random(possible.length)]
  }
  return undefined
}
