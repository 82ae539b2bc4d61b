/**
 * Random protocols by random views, most of them unsound, held to an oracle. Which of the states that look alike comes first
 * depends on the order of the search, so the engine says which it has kept; whether they are those that it must keep, and
 * all that follows from them, is the oracle's word.
 */
import fc from 'fast-check'
import { explore } from '../../src/engine/explore.ts'
import { setTraps } from '../../src/purity/traps.ts'
import { exhausted, statesOf } from '../engine/agree.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { assertEvidence, assertStoppedAgrees, assertWholeAgrees, TUNINGS } from './agreement.ts'
import type { Check } from './check-random-protocols.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

type Fields = Readonly<Record<string, unknown>>
interface Seen {
  readonly node: readonly Fields[]
  readonly shared: Fields
  readonly messages: readonly { readonly message: Fields }[]
}

const FIELDS = ['health', 'fuel', 'n', 'flag', 'mode', 'set', 'list', 'nest', 'rows']

/** What of processes, of shared variables and of messages is seen. */
const someView = fc.record({
  own: fc.subarray(FIELDS),
  shared: fc.subarray(['count', 'log', 'seen', 'tree']),
  messages: fc.constantFrom('all', 'how many', 'none'),
})

/** How often a view left any states out. */
export async function checkRandomViews({ runs, cap, seed }: Check): Promise<number> {
  let left = 0
  const agree = fc.asyncProperty(somePlan, someView, async (plan, { own, shared, messages }) => {
    const only = (part: Fields, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, part[name]]))
    const view = (state: Seen) => ({
      own: state.node.map((one) => only(one, own)),
      shared: only(state.shared, shared),
      messages: { all: state.messages, 'how many': state.messages.length, none: null }[messages],
    })
    const free = sizeOf(() => naiveExplore(protocolOf(plan).instantiate(), cap))
    fc.pre(free !== undefined)
    const model = protocolOf(plan, { view }).instantiate()
    for (const tuning of TUNINGS) {
      const { kept, oracle } = trapped(() => {
        const kept = new Set(statesOf(exhausted(model, tuning)))
        return { kept, oracle: naiveExplore(model, cap, { kept }) }
      })
      if (kept.size < free!) left++
      const whole = await explore(model, { tuning, keepGoing: true })
      assertEvidence(model, whole)
      assertWholeAgrees(whole, oracle)
      assertStoppedAgrees(await explore(model, { tuning }), oracle)
    }
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 20, ...(seed === undefined ? {} : { seed }) })
  return left
}

function trapped<T>(run: () => T): T {
  const removeTraps = setTraps()
  try {
    return run()
  } finally {
    removeTraps()
  }
}

/** Undefined where a body throws, or there are too many states, or none. */
function sizeOf(ask: () => { readonly complete: boolean; readonly distinct: number }): number | undefined {
  try {
    const { complete, distinct } = ask()
    return complete && distinct > 0 ? distinct : undefined
  } catch {
    return undefined
  }
}
