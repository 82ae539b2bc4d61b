/** `--inductive --json`: what an inductive step came to, as one document for programs. The schema documents it. */
import { z } from 'zod'
import type { Induction } from '../engine/induction.ts'
import type { Invariant } from '../judge/starting-in.ts'
import type { Model } from '../model.ts'
import type { Trace } from '../trace/trace.ts'
import { toJson } from '../value/canonical.ts'

const whole = z.int().min(0)

export const InductionJson = z.strictObject({
  format: z.literal('splitbrain induction'),
  version: z.literal(1),
  protocol: z.string(),
  parameters: z.record(z.string(), z.json()),
  bugs: z.array(z.string()),
  property: z.string(),
  claim: z.string(),
  verdict: z.enum(['holds', 'violated', 'unknown']).describe('holds: it is inductive'),
  states: whole.nullable().describe('by the schemas; null: beyond counting'),
  looked: whole.describe('states that were looked at'),
  satisfying: whole.describe('of these, those in which the invariant is true'),
  steps: whole.describe('that lead from those'),
  seed: whole.optional().describe('states were drawn, by this seed'),
  omitted: z.array(z.string()).describe('what was not looked at, by component'),
  counterexample: z
    .strictObject({
      because: z.string().describe('which processes and values broke it'),
      state: z.record(z.string(), z.json()).describe('by component; empty channels are left out'),
      action: z.string(),
      process: z.string().nullable().describe('null: the environment or the network'),
      arguments: z.record(z.string(), z.json()),
      trace: z.string().optional().describe('the file of the saved trace'),
    })
    .optional()
    .describe('violated: a state in which the invariant is true, and the step after which it is not'),
})

export type InductionJson = z.infer<typeof InductionJson>
type Table = InductionJson['parameters']

export interface InductionFound {
  readonly verdict: InductionJson['verdict']
  readonly induction: Induction
  readonly seed: number
  readonly trace: Trace | undefined
  readonly file: string | undefined
}

export function inductionJson(
  model: Model,
  { name, claim }: Invariant,
  { verdict, induction, seed, trace, file }: InductionFound,
): InductionJson {
  const { states, looked, satisfying, steps, isDrawn, omits } = induction
  return {
    format: 'splitbrain induction',
    version: 1,
    protocol: model.protocol,
    parameters: toJson(model.parameters) as Table,
    bugs: [...model.bugs],
    property: name,
    claim,
    verdict,
    states: Number.isSafeInteger(states) ? states : null,
    looked,
    satisfying,
    steps,
    ...(isDrawn && { seed }),
    omitted: [...omits],
    ...(trace && { counterexample: counterexampleOf(trace, file) }),
  }
}

function counterexampleOf(
  { because, initial, steps }: Trace,
  file: string | undefined,
): NonNullable<InductionJson['counterexample']> {
  const { action, process, arguments: choices } = steps[0]!
  return {
    because,
    state: toJson(initial.state) as Table,
    action,
    process,
    arguments: toJson(choices) as Table,
    ...(file !== undefined && { trace: file }),
  }
}
