/** A documented run as a test of vitest. */
import { expect } from 'vitest'
import { type Ran, runScenario, type ScenarioRun, traceIn } from '../check/run-scenario.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import { withinTraps } from '../load/within-traps.ts'
import { isSame } from '../report/claims.ts'
import { outcomeText } from '../report/claims-text.ts'
import { renderTrace } from '../report/inspect.ts'
import { commandTo } from '../report/program.ts'

/** @throws where a run comes out otherwise than documented; what it came to is drawn */
export async function meet(run: ScenarioRun): Promise<void> {
  const { name, properties, expect: expected } = run.scenario
  const ran = await runScenario(run, { slow: true, budget: {} })
  if (!isSame(ran.found!, expected)) {
    const drawn = drawnIn(ran, run.loaded)
    const repeat = commandTo(run.name, '--scenario', name)
    expect(outcomeText(ran.found!, properties), `${drawn}${repeat}`).toBe(outcomeText(expected, properties))
  }
  expect(ran.evidence?.outcome ?? 'reproduced', ran.evidence?.file).toBe('reproduced')
}

/** Its violation in lanes, as the matchers show it. */
function drawnIn(ran: Ran, loaded: LoadedProtocol): string {
  const trace = traceIn(ran, loaded)
  return trace === undefined ? '' : `${withinTraps(() => renderTrace(ran.search!.model, trace))}\n\n`
}
