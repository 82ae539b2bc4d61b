/** Writes specs at random, and holds the engine to the oracles on each (check-spec.ts). */
import { checkSpec } from './check-spec.ts'
import { Draw } from './draw.ts'
import { featuresOf } from './features.ts'
import { shrunken } from './shrink.ts'
import { drawSpec, type Spec } from './spec.ts'

/** How often a spec that fails is tried to be made smaller. */
const PATIENCE = 400

export interface Written {
  readonly runs: number
  /** The most distinct states; a spec with more is not counted as a run. */
  readonly cap: number
  /** Of the first spec; that of each is one more. */
  readonly seed: number
}

/** In how many specs what was seen. @throws Error with the seed and the shrunken text where engine and oracles differ */
export async function checkWrittenSpecs({ runs, cap, seed }: Written): Promise<ReadonlyMap<string, number>> {
  const census = new Map<string, number>()
  for (let done = 0, at = seed; done < runs; at++) {
    const draw = Draw.seeded(at)
    const spec = drawSpec(draw)
    const seen = await checkSpec(spec, cap).catch(async (thrown: Error) => {
      throw await explained(thrown, at, draw.taken, cap)
    })
    if (seen === undefined) continue
    done++
    for (const feature of new Set([...seen, ...featuresOf(spec.text)])) {
      census.set(feature, (census.get(feature) ?? 0) + 1)
    }
  }
  return census
}

async function explained(thrown: Error, seed: number, taken: readonly number[], cap: number): Promise<Error> {
  const smallest = await shrunken(taken, async (list) => (await failureOf(list, cap)) === kindOf(thrown), PATIENCE)
  const { text } = drawSpec(Draw.again(smallest))
  return new Error(`seed ${seed}: ${thrown.message}\n${text.slice(text.indexOf('\nreturn protocol('))}`, {
    cause: thrown,
  })
}

/** A list may draw what is no spec: that is not the failure that is looked for. */
async function failureOf(list: readonly number[], cap: number): Promise<string | undefined> {
  let spec: Spec
  try {
    spec = drawSpec(Draw.again(list))
  } catch {
    return undefined
  }
  return checkSpec(spec, cap).then(
    () => undefined,
    (thrown: Error) => kindOf(thrown),
  )
}

/** What is common to failures of one kind. */
const kindOf = ({ name, message }: Error): string => `${name} ${message.split('\n')[0]!.replace(/[sae]?\d+/g, '')}`
