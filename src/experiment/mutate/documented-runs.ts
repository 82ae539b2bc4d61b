/**
 * The searches that documented runs come to: those that hold at the same parameters are one, which asks whatever any of them
 * asks. A mutant has the same states in all of them, and what one property does not notice another may.
 */
import type { Scenario } from '../../language/scenario.ts'
import type { Setting } from '../run.ts'

/** At least one scenario; several only where they hold. */
export type Together = readonly [Scenario, ...Scenario[]]

export function together(scenarios: readonly Scenario[]): Together[] {
  const groups = new Map<string, [Scenario, ...Scenario[]]>()
  for (const scenario of scenarios) {
    const { name, expect, parameters = {}, bugs = [] } = scenario
    const searched = JSON.stringify([Object.entries(parameters).sort(), [...bugs].sort()])
    const key = expect.verdict === 'holds' ? searched : name
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [scenario])
    else known.push(scenario)
  }
  return [...groups.values()]
}

export function settingOf(group: Together): Setting {
  const [{ parameters, bugs }] = group
  const named = [...new Set(group.flatMap(({ properties = [] }) => properties))]
  if (group.every(({ properties }) => properties !== undefined)) return { parameters, bugs, properties: named }
  return { parameters, bugs, ...(named.length > 0 && { besides: named }) }
}

/** The scenario of a group that asks a property by name, or asks all. */
export const askerOf = (group: Together, property: string): string =>
  (
    group.find(({ properties }) => properties?.includes(property)) ??
    group.find(({ properties }) => properties === undefined) ??
    group[0]
  ).name
