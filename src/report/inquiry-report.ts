/** What was found about transactions or a workload, for a person and for programs. */
import { basename } from 'node:path'
import { z } from 'zod'
import { grouped } from '../history/grouped.ts'
import type { Answer, Fault } from '../history/inquiry.ts'
import type { HistoryReportOptions } from './history-report.ts'
import { count, plural } from './quantities.ts'
import { wrap } from './wrap.ts'

export interface Inquired extends Answer {
  readonly file: string
  readonly operations: number
  readonly skipped: number
}

export function inquiryReport(inquired: Inquired, { width, paint }: HistoryReportOptions): string {
  const { file, model, operations, skipped, faults, claim, isLevel } = inquired
  const paragraph = (text: string) => wrap(text, width)
  const others = skipped > 0 ? ` · ${plural(skipped, 'event')} of the nemesis skipped` : ''
  const noun = isLevel ? 'transaction' : 'operation'
  const lines = [...grouped(faults, ({ name }) => name).values()].flatMap((same) => [
    ...faultLines(same[0]!, paragraph),
    paint.bold(paint.red(paragraph(`✗ ${same[0]!.name}: ${same[0]!.because}`))),
    ...(same.length > 1 ? [`  (and ${count(same.length - 1)} more of the kind)`] : []),
    '',
  ])
  const verdicts = {
    holds: () =>
      paint.green(paragraph(isLevel ? `Holds: nothing that was read contradicts ${claim}.` : `Holds: ${claim}.`)),
    unknown: () => paragraph(`Unknown: no answer for ${plural(operations, noun)}; no more ${inquired.ranOut}.`),
    violated: () => paragraph(isLevel ? `Violated: the history is not ${claim}.` : `Violated: expected that ${claim}.`),
  }
  const head = `${basename(file)} · ${model} · ${plural(operations, noun)}${others}`
  return [paint.bold(paragraph(head)), '', ...lines, verdicts[inquired.verdict]()].join('\n')
}

function faultLines({ about, steps }: Fault, paragraph: (text: string) => string): string[] {
  return [
    ...about.map((line) => paragraph(line)),
    '',
    ...steps.map(({ step, because }) => paragraph(`  ${step}: ${because}`)),
    ...(steps.length > 0 ? [''] : []),
  ]
}

export const JsonInquiryReport = z.strictObject({
  format: z.literal('splitbrain history result'),
  version: z.literal(1),
  file: z.string(),
  model: z.string(),
  consistency: z.string().describe('an isolation level, or what the workload asks'),
  verdict: z.enum(['holds', 'violated', 'unknown']),
  operations: z.int(),
  skipped: z.int().optional().describe('events of the nemesis, where there are any'),
  ranOut: z.string().optional().describe('unknown: of what there was no more'),
  anomalies: z.array(
    z.strictObject({
      name: z.string(),
      about: z.array(z.string()),
      cycle: z.array(z.strictObject({ step: z.string(), because: z.string() })),
      because: z.string(),
    }),
  ),
})

export function inquiryJson({ file, model, claim, verdict, operations, skipped, ranOut, faults }: Inquired): string {
  const document: z.input<typeof JsonInquiryReport> = {
    format: 'splitbrain history result',
    version: 1,
    file,
    model,
    consistency: claim,
    verdict,
    operations,
    ...(skipped > 0 ? { skipped } : {}),
    ...(ranOut === undefined ? {} : { ranOut }),
    anomalies: faults.map(({ name, about, steps, because }) => ({
      name,
      about: [...about],
      cycle: [...steps],
      because,
    })),
  }
  return JSON.stringify(JsonInquiryReport.parse(document), null, 2)
}
