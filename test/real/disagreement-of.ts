/** What a drive that must fail has found: how many steps its run has, and what is told. */
import { Disagreement } from 'splitbrain/testing'

export async function disagreementOf(driving: Promise<unknown>): Promise<readonly [number, string]> {
  const found = await driving.catch((thrown: unknown) => thrown)
  if (!(found instanceof Disagreement)) throw found
  return [found.steps, found.against.join()]
}
