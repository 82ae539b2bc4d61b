/** `--inductive --json`: what an inductive step came to, as one document for programs. The schema documents it. */
import { z } from 'zod'
import type { Break, Broken, Induction } from '../engine/induction.ts'
import type { Invariant } from '../judge/starting-in.ts'
import type { Model } from '../model.ts'
import { recordInitial } from '../trace/recorded.ts'
import type { Trace } from '../trace/trace.ts'
import { toJson } from '../value/canonical.ts'
import { thrownText } from '../value/visible.ts'

const whole = z.int().min(0)

const STATE = z.record(z.string(), z.json()).describe('by component; empty channels are left out')

const STEP = z.strictObject({
  action: z.string(),
  process: z.string().nullable().describe('null: the environment or the network'),
  arguments: z.record(z.string(), z.json()),
})

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
  within: z.array(z.string()).optional().describe('the constraints: what is inductive is so within them'),
  broken: z
    .strictObject({
      states: whole.describe('in which a body or the predicate breaks off'),
      by: z.record(z.string(), whole).describe('in how many of them, by what breaks off'),
      first: z.strictObject({
        because: z.string().describe('what was thrown'),
        of: z.enum(['body', 'predicate', 'predicate after the step']),
        state: STATE,
        ...STEP.partial().shape,
      }),
    })
    .optional()
    .describe('where there are any; then nothing is proved'),
  counterexample: z
    .strictObject({
      breaks: z.string().describe('the invariant, or `types`: a value does not fit its schema'),
      because: z.string().describe('which processes and values broke it'),
      state: STATE,
      ...STEP.shape,
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
  const { states, looked, satisfying, steps, isDrawn, omits, broken } = induction
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
    ...(model.within && { within: [...model.within] }),
    ...(broken.first && { broken: brokenOf(model, broken, broken.first) }),
    ...(trace && { counterexample: counterexampleOf(trace, file) }),
  }
}

function brokenOf(
  model: Model,
  { states, by }: Broken,
  { state, step, isPredicate, thrown }: Break,
): NonNullable<InductionJson['broken']> {
  return {
    states,
    by: Object.fromEntries(by),
    first: {
      because: thrownText(thrown),
      of: !isPredicate ? 'body' : step === undefined ? 'predicate' : 'predicate after the step',
      state: toJson(recordInitial(model, state).state) as Table,
      ...(step && { ...step, arguments: toJson(step.arguments) as Table }),
    },
  }
}

function counterexampleOf(
  { property, because, initial, steps }: Trace,
  file: string | undefined,
): NonNullable<InductionJson['counterexample']> {
  const { action, process, arguments: choices } = steps[0]!
  return {
    breaks: property.name,
    because,
    state: toJson(initial.state) as Table,
    action,
    process,
    arguments: toJson(choices) as Table,
    ...(file !== undefined && { trace: file }),
  }
}
