/** `verify history --json`: what a consistency check found, as one document for programs. The schema documents it. */
import { z } from 'zod'
import type { Operation } from '../history/operation.ts'
import type { Value } from '../model.ts'
import { toJson } from '../value/canonical.ts'
import type { Checked } from './history-report.ts'

const operation = z.strictObject({
  process: z.string(),
  operation: z.string(),
  argument: z.json().optional(),
  result: z.json().optional().describe('of one that returned'),
  outcome: z.enum(['returned', 'failed', 'unknown', 'pending']),
  invokedAt: z.int().describe('the number of the event, from 0'),
  endedAt: z.int().optional().describe('absent where it may still take effect'),
})

export const JsonHistoryReport = z.strictObject({
  format: z.literal('splitbrain history result'),
  version: z.literal(1),
  file: z.string(),
  model: z.string(),
  consistency: z.string(),
  verdict: z.enum(['holds', 'violated', 'unknown']),
  operations: z.int(),
  configurations: z.int().optional().describe('unknown: how many were tried'),
  because: z.string().optional(),
  part: z.string().optional().describe('violated: the part of the object that this is about'),
  blocked: operation.optional().describe('violated: consistent up to the return of this one, and not with it'),
  place: z.string().optional().describe('violated: where that return stands in the file'),
  order: z
    .array(z.strictObject({ operation, state: z.json() }))
    .optional()
    .describe('holds: an order that explains all; violated: one that explains what returned before'),
})

export function historyJson({ file, object, consistency, operations, outcome, placeOf }: Checked): string {
  const document: z.input<typeof JsonHistoryReport> = {
    format: 'splitbrain history result',
    version: 1,
    file,
    model: object.name,
    consistency,
    verdict: outcome.verdict,
    operations: operations.length,
  }
  if (outcome.verdict === 'unknown') document.configurations = outcome.configurations
  if (outcome.verdict === 'violated') {
    const { because, part, blocked } = outcome.evidence
    Object.assign(document, { because, ...(part === undefined ? {} : { part }) })
    Object.assign(document, { blocked: jsonOf(blocked), place: placeOf(blocked.endedAt) })
  }
  const order =
    outcome.verdict === 'violated' ? outcome.evidence.order : outcome.verdict === 'holds' ? outcome.order : undefined
  if (order !== undefined) {
    document.order = order.map((placed) => ({ operation: jsonOf(placed.operation), state: plain(placed.state) }))
  }
  return JSON.stringify(JsonHistoryReport.parse(document), null, 2)
}

function jsonOf({
  process,
  name,
  argument,
  result,
  outcome,
  invokedAt,
  endedAt,
}: Operation): z.input<typeof operation> {
  return {
    process,
    operation: name,
    ...(argument === undefined ? {} : { argument: plain(argument) }),
    ...(outcome === 'returned' ? { result: plain(result ?? null) } : {}),
    outcome,
    invokedAt,
    ...(endedAt === Number.POSITIVE_INFINITY ? {} : { endedAt }),
  }
}

const plain = (value: Value) => z.json().parse(toJson(value))
