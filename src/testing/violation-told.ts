/** A violation as reports tell it: in words, drawn, and by what each step is in the source. */

import { receivedBy } from '../judge/moves.ts'
import { ruleOf } from '../judge/walk.ts'
import { withinTraps } from '../load/within-traps.ts'
import { groupOf, type Model } from '../model.ts'
import { mermaid } from '../report/formats/mermaid.ts'
import { renderTrace } from '../report/inspect.ts'
import { tracePageContent } from '../report/trace-page.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { Trace } from '../trace/trace.ts'
import type { ViolationTold } from './test.ts'

/** @param repeat the command that shows it again */
export const violationTold = (model: Model, trace: Trace, repeat: string): ViolationTold => ({
  property: trace.property.name,
  claim: trace.property.claim,
  because: trace.because,
  text: withinTraps(() => renderTrace(model, trace, { heading: false })),
  mermaid: mermaid(model, trace),
  page: withinTraps(() => tracePageContent(model, trace, { replayCommand: repeat })),
  steps: trace.steps.map((step) => {
    const rule = ruleOf(model, step)
    return { group: rule === undefined ? step.action : groupOf(rule, receivedBy(step)), told: describeStep(step) }
  }),
})
