/** `verify history --json`: what a consistency check found, as one document for programs. The schema documents it. */
import { stringify } from 'lossless-json'
import { z } from 'zod'
import type { Operation } from '../history/operation.ts'
import { plainJson } from '../history/recorded.ts'
import type { Checked } from './history-report.ts'

const value = z.unknown().describe('as JSON; a set is {"#set": [...]}; integers are exact, of any size')

const operation = z.strictObject({
  process: z.string(),
  operation: z.string(),
  argument: value.optional(),
  result: value.optional().describe('of one that returned'),
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
  skipped: z.int().optional().describe('events of the nemesis, where there are any'),
  configurations: z.int().optional().describe('unknown: how many were tried'),
  because: z.string().optional(),
  part: z.string().optional().describe('violated: the part of the object that this is about'),
  blocked: operation.optional().describe('violated: consistent up to the return of this one, and not with it'),
  place: z.string().optional().describe('violated: where that return stands in the file'),
  order: z
    .array(z.strictObject({ operation, state: value }))
    .optional()
    .describe('holds: an order that explains all; violated: one that explains what returned before'),
})

export function historyJson({ file, object, consistency, operations, outcome, placeOf, skipped }: Checked): string {
  const document: z.input<typeof JsonHistoryReport> = {
    format: 'splitbrain history result',
    version: 1,
    file,
    model: object.name,
    consistency,
    verdict: outcome.verdict,
    operations: operations.length,
    ...(skipped > 0 ? { skipped } : {}),
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
    document.order = order.map((placed) => ({ operation: jsonOf(placed.operation), state: plainJson(placed.state) }))
  }
  return stringify(JsonHistoryReport.parse(document), undefined, 2)!
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
    ...(argument === undefined ? {} : { argument: plainJson(argument) }),
    ...(outcome === 'returned' ? { result: plainJson(result ?? null) } : {}),
    outcome,
    invokedAt,
    ...(endedAt === Number.POSITIVE_INFINITY ? {} : { endedAt }),
  }
}
