/**
 * `--json`: everything a search found, as one document for programs. The schema is its documentation; field names are
 * stable, and `version` changes when a reader would have to.
 */
import { z } from 'zod'
import type { Orbits, PropertyResult, SearchResult } from '../engine/result.ts'
import { mappingOf } from '../judge/refinement.ts'
import type { Fairness, Model } from '../model.ts'
import type { Path } from '../trace/path.ts'
import { toJson } from '../value/canonical.ts'
import { type Evidence, evidenceAgainst } from './evidence.ts'
import { JsonProfile, profileJson } from './profile-json.ts'
import { swollenName } from './swollen.ts'

const STOP_REASONS = [
  'exhausted',
  'collisions',
  'violation',
  'walks',
  'max-states',
  'max-depth',
  'timeout',
  'max-memory',
  'interrupted',
  'broken',
] as const

const whole = z.int().min(0)

/** What may be more than a number is exact for. */
const large = whole.or(z.string().regex(/^\d+$/).describe('its digits, beyond 2^53 - 1'))
const verdict = z.enum(['holds', 'violated', 'unknown'])

const path = z.strictObject({
  initial: z.record(z.string(), z.json()).describe('the choices made in the initial state'),
  steps: z.array(
    z.strictObject({
      action: z.string(),
      process: z.string().nullable().describe('null: the environment or the network'),
      arguments: z.record(z.string(), z.json()),
    }),
  ),
  loop: whole
    .optional()
    .describe('of an execution that never ends: the steps before its loop; all of them: it stops for ever'),
})

const fairness = z.strictObject({ of: z.string(), strength: z.enum(['weak', 'strong']) })

export const JsonReport = z.strictObject({
  format: z.literal('splitbrain result'),
  version: z.literal(1),
  protocol: z.string(),
  parameters: z.record(z.string(), z.json()),
  bugs: z.array(z.string()),
  verdict: verdict.describe('of all properties together'),
  stop: z.strictObject({
    reason: z.enum(STOP_REASONS),
    elapsedMs: whole,
    shortage: z
      .enum(['budget', 'heap', 'system'])
      .optional()
      .describe("with max-memory: what ran short, the budget, V8's heap or what the system gives"),
    unrepeated: whole
      .optional()
      .describe("runs of the protocol's code that the audit had no time to repeat; absent: none"),
    overrun: z
      .strictObject({ what: z.string(), ms: whole })
      .optional()
      .describe("with timeout, where it was late: the run of the protocol's code that was under way when time was up"),
  }),
  within: z.array(z.string()).optional().describe('the constraints: what holds, holds within them'),
  viewed: z
    .literal(true)
    .optional()
    .describe("the protocol's view told states apart: what holds, holds as far as it tells them apart"),
  order: z.enum(['bfs', 'dfs', 'random']),
  simulation: z
    .strictObject({ seed: whole, walks: whole.describe('begun'), maxDepth: whole.describe('steps of a walk, at most') })
    .optional()
    .describe('with order random'),
  distinct: whole.describe('distinct states'),
  generated: whole.describe('transitions, and the initial states'),
  depth: whole.describe('the greatest depth at which a state was first found; initial states have depth 0'),
  frontier: whole.describe('states found and not explored further'),
  properties: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum([
        'always',
        'never',
        'sometimes',
        'step',
        'refines',
        'deadlock',
        'canAlways',
        'eventually',
        'alwaysEventually',
        'eventuallyAlways',
        'alwaysEventuallyStep',
        'leadsTo',
        'ltl',
        'forEach',
      ]),
      claim: z.string(),
      refines: z.string().optional().describe('of a refinement: the abstract protocol'),
      verdict,
      exercised: z.boolean().describe('false: nothing ever put it to the test'),
      because: z.string().optional().describe('violated: which processes and values broke it'),
      fairness: z.array(fairness).optional().describe('of questions about executions: what is assumed'),
      cures: z.array(fairness).optional().describe('violated: each single assumption that would make it hold'),
      statesBeyond: whole
        .optional()
        .describe('of a violated canAlways: the states that can be reached from the end of the path without a fault'),
      neverTriggered: z
        .literal(true)
        .optional()
        .describe('of a leadsTo, or what implies something in a formula: it was never true'),
      restsOnProgress: z
        .literal(true)
        .optional()
        .describe('violated if an execution may stop where something can happen'),
      idleFairness: z.array(z.string()).optional().describe('what is assumed of steps that never could happen'),
      unasked: z
        .enum(['simulate', 'dfs', 'compact', 'workers', 'constraint', 'view', 'symmetry'])
        .optional()
        .describe(
          'unknown, for a search with this option, a constraint or a view, asks nothing about whole executions',
        ),
      path: path.optional().describe('violated: the way to the violation; sometimes that holds: to the witness'),
      trace: z.string().optional().describe('violated: the file of the saved trace'),
    }),
  ),
  actions: z.array(
    z.strictObject({
      name: z.string(),
      fired: whole.describe('transitions'),
      discovered: whole.describe('transitions to a state not seen before'),
    }),
  ),
  components: z.array(
    z.strictObject({
      name: z.string(),
      distinctValues: whole,
      largestText: whole.describe('characters of the largest value'),
      stillGrowing: z.boolean(),
    }),
  ),
  swelling: z
    .array(z.string())
    .optional()
    .describe(
      'of a search that was cut short: the components that went on taking new values, the worst first, and what of them grows: client1.asked',
    ),
  stats: z.strictObject({
    bodyRuns: whole.describe("calls into the protocol's own code"),
    predicateRuns: whole,
    values: whole,
    trieNodes: whole,
    trieLeaves: whole,
    storeBytes: whole,
  }),
  orbits: z
    .strictObject({
      roles: z.array(z.string()).describe('whose names do not matter'),
      isChecked: z.boolean().describe('whether that was checked under all renamings; false: under some'),
      distinct: large.describe('states in the orbits; the `distinct` above are orbits'),
      generated: large.describe('transitions between those states, and the initial states'),
    })
    .optional()
    .describe('with --symmetry, where there is any'),
  unlike: z
    .array(z.strictObject({ role: z.string(), why: z.string() }))
    .optional()
    .describe('with --symmetry: the roles whose names matter, and to whom'),
  compact: z
    .strictObject({
      bytes: whole.describe('of the array of bits'),
      hashes: whole.describe('bits that a state sets'),
      fill: z.number().describe('the share of the bits that are set'),
      expectedMissed: z.number().describe('of the states that were met, those to be expected to have been missed'),
      chanceOfNoneMissed: z.number(),
    })
    .optional()
    .describe('with --compact: what may have been taken for known states, and missed'),
  profile: JsonProfile.optional().describe('with --stats'),
  broken: z
    .strictObject({ code: z.string(), message: z.string(), path })
    .optional()
    .describe('the spec itself is broken: a body threw, was impure, or did what no body may'),
})

export type JsonReport = z.infer<typeof JsonReport>
type JsonValue = z.infer<ReturnType<typeof z.json>>

/** @param startUpMs what went by before the search began; told in a profile */
export function jsonReport(
  model: Model,
  result: SearchResult,
  evidence: readonly Evidence[],
  startUpMs = 0,
): JsonReport {
  const { verdict, stop, order, distinct, generated, depth, frontier, groups, components, stats, broken, simulation } =
    result
  return {
    format: 'splitbrain result',
    version: 1,
    protocol: model.protocol,
    parameters: toJson(model.parameters) as JsonReport['parameters'],
    bugs: [...model.bugs],
    verdict,
    stop: stopJson(stop),
    ...(result.within && { within: [...result.within] }),
    ...(result.viewed && { viewed: true }),
    order,
    ...(simulation && { simulation: { ...simulation } }),
    distinct,
    generated,
    depth,
    frontier,
    properties: result.properties.map((checked) => propertyJson(checked, evidence)),
    actions: groups.map(({ group, fired, discovered }) => ({ name: group, fired, discovered })),
    components: components.map((component) => ({ ...component })),
    ...(result.swelling && { swelling: result.swelling.map(swollenName) }),
    stats: { ...stats },
    ...(result.orbits && { orbits: orbitsJson(result.orbits) }),
    ...(result.unlike && { unlike: result.unlike.map((one) => ({ ...one })) }),
    ...(result.compact && { compact: { ...result.compact } }),
    ...(result.profile && { profile: profileJson(result.profile, startUpMs) }),
    ...(broken && {
      broken: {
        code: broken.error.code,
        message: broken.error.message,
        path: pathJson(broken.path),
      },
    }),
  }
}

function stopJson({ reason, elapsedMs, shortage, unrepeated, overrun }: SearchResult['stop']): JsonReport['stop'] {
  return {
    reason,
    elapsedMs: Math.round(elapsedMs),
    ...(shortage && { shortage: shortage.of }),
    ...(unrepeated !== undefined && { unrepeated }),
    ...(overrun && { overrun: { what: overrun.what, ms: Math.round(overrun.ms) } }),
  }
}

function propertyJson(checked: PropertyResult, evidence: readonly Evidence[]): JsonReport['properties'][number] {
  const { property, verdict, exercised, path, cures, proof, neverTriggered, idleFairness, restsOnProgress, unasked } =
    checked
  const against = evidenceAgainst(property.name, evidence)
  const mapping = mappingOf(property)
  return {
    name: property.name,
    kind: property.kind,
    claim: property.claim,
    ...(mapping && { refines: mapping.abstract.protocol }),
    verdict,
    exercised,
    ...(against && { because: against.trace.because }),
    ...('fairness' in property && { fairness: property.fairness.map(fairnessJson) }),
    ...(cures && { cures: cures.map(fairnessJson) }),
    ...(proof && { statesBeyond: proof.states }),
    ...(neverTriggered && { neverTriggered }),
    ...(restsOnProgress && { restsOnProgress }),
    ...(idleFairness && { idleFairness: [...idleFairness] }),
    ...(unasked && { unasked }),
    ...(path && { path: pathJson(path) }),
    ...(against?.file !== undefined && { trace: against.file }),
  }
}

function orbitsJson({ roles, isChecked, distinct, generated }: Orbits): JsonReport['orbits'] {
  const digits = (sum: number | bigint) => (typeof sum === 'bigint' ? String(sum) : sum)
  return { roles: [...roles], isChecked, distinct: digits(distinct), generated: digits(generated) }
}

const fairnessJson = ({ of, strength }: Pick<Fairness, 'of' | 'strength'>) => ({ of, strength })

function pathJson({ initial, steps, loop }: Path): z.infer<typeof path> {
  return {
    initial: toJson(initial) as Record<string, JsonValue>,
    steps: steps.map((step) => ({ ...step, arguments: toJson(step.arguments) as Record<string, JsonValue> })),
    ...(loop !== undefined && { loop }),
  }
}
