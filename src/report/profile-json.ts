/** The profile in `--json --stats`: the same that `--stats` prints, as data. */
import { z } from 'zod'
import type { Profile } from '../engine/profile/profile.ts'

const whole = z.int().min(0)

const list = <T extends z.ZodType>(element: T) => z.array(element).readonly()

const field = z.strictObject({
  name: z
    .string()
    .describe('such as log, next.n2; of a channel a type of message; empty of a value that has no fields'),
  distinctValues: whole.describe('of messages: distinct messages of the type'),
  range: z.strictObject({ least: z.number(), most: z.number() }).optional().describe('where all are numbers, or null'),
  mostAtOnce: whole
    .optional()
    .describe('of lists, sets and tables: the most elements; of messages: the most at a time'),
  stillGrowing: z.boolean(),
})

export const JsonProfile = z.strictObject({
  levels: list(whole).optional().describe('distinct states by depth, breadth first; the last may be unfinished'),
  components: list(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['process', 'channel', 'history', 'shared', 'budget']),
      sort: z.string().describe('components of the same sort hold the same kind of value'),
      fields: list(field).describe('those that take more than one value'),
    }),
  ),
  bodyRuns: list(z.strictObject({ name: z.string().describe('an action'), runs: whole })),
  emptyRuns: whole.describe('runs of deliveries that found nothing to deliver'),
  predicateRuns: list(
    z.strictObject({ name: z.string().describe('a property'), runs: whole, looksAt: list(z.string()) }),
  ),
  tries: list(
    z.strictObject({
      of: z.string().describe('an action, the deliveries to a role, a property'),
      nodes: whole,
      leaves: whole,
      bytes: whole,
      widest: z
        .strictObject({ component: z.string(), asks: z.string(), answers: whole })
        .optional()
        .describe('the question with the most answers'),
    }),
  ),
  tables: list(
    z.strictObject({
      name: z.string(),
      entries: whole,
      bytes: whole,
      load: z.number().optional().describe('of a hash table: the share of its slots that are taken'),
    }),
  ),
  residentBytes: whole.describe('of the whole process, when the search was over'),
  startUpMs: whole.describe('from the start of the process to that of the search'),
  phases: list(z.strictObject({ phase: z.enum(['search', 'audit', 'questions', 'profile', 'paths']), ms: whole })),
  protocolMs: whole.describe("of all phases: in the protocol's own code"),
})

export function profileJson(profile: Profile, startUpMs: number): z.infer<typeof JsonProfile> {
  return {
    ...profile,
    startUpMs: Math.round(startUpMs),
    phases: profile.phases.map(({ phase, ms }) => ({ phase, ms: Math.round(ms) })),
    protocolMs: Math.round(profile.protocolMs),
  }
}
