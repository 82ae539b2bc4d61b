/** One of the protocols that are compared, searched to its end: what it holds, how large it is, what its answers cost. */
import { confirm } from '../../check/confirm.ts'
import { type Instance, investigate, modelOf } from '../../check/investigate.ts'
import type { Budget, Interruption } from '../../engine/search-options.ts'
import { loadProtocol } from '../../load/load-protocol.ts'
import { TYPES } from '../../property/types.ts'
import { boundsText, whyStopped } from '../../report/conclusion.ts'
import { headline } from '../../report/headline.ts'
import { trapped } from '../trapped.ts'
import { fewestMessages } from './fewest-messages.ts'

export interface Variant {
  /** What it is loaded by. */
  readonly name: string
  readonly instance: Instance
}

export interface Asked {
  readonly name: string
  readonly isWitness: boolean
  readonly verdict: 'holds' | 'violated' | 'unknown'
  /** To a violation, or to a witness. */
  readonly steps?: number
}

export interface Studied {
  readonly heading: string
  readonly verdict: 'holds' | 'violated' | 'unknown'
  /** Of what was cut short. */
  readonly why?: string
  /** A constraint or a view that the verdicts rest on. */
  readonly bounds?: string
  readonly properties: readonly Asked[]
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly ms: number
  /** How many messages are sent, at least, until an operation of a client has completed; absent where nothing is recorded. */
  readonly messages?: number
}

/** @throws SplitbrainError */
export async function study({ name, instance }: Variant, budget: Budget, signal: Interruption): Promise<Studied> {
  const loaded = await loadProtocol(name)
  const model = modelOf(loaded, instance)
  const searched = await investigate(model, loaded, { budget, signal, keepGoing: true })
  if (searched.broken !== undefined) throw searched.broken.error
  const { result } = confirm(model, searched, {})
  const { verdict, distinct, generated, depth, stop } = result
  const bounds = boundsText(result).trimStart()
  const messages = trapped(() => fewestMessages(model, budget.timeoutMs ?? Number.POSITIVE_INFINITY))
  return {
    heading: headline(model, Object.keys(loaded.protocol.parameters), Number.POSITIVE_INFINITY),
    verdict,
    ...(stop.reason !== 'exhausted' && { why: `the search stopped ${whyStopped(result, budget)}` }),
    ...(bounds !== '' && { bounds }),
    properties: result.properties
      .filter(({ property, verdict: of }) => property.name !== TYPES || of !== 'holds')
      .map(({ property, verdict: of, path }) => ({
        name: property.name,
        isWitness: property.kind === 'sometimes',
        verdict: of,
        ...(path && { steps: path.steps.length }),
      })),
    distinct,
    generated,
    depth,
    ms: Math.round(stop.elapsedMs),
    ...(messages !== undefined && { messages }),
  }
}
