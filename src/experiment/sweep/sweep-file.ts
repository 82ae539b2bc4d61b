/**
 * What is known of a sweep, in a file, so that it can go on: after Ctrl-C, with larger ranges, or with another budget. What was found
 * holds for the protocol's text as it was; a file of another text is refused. Unknown cells are searched anew.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'
import { packageVersion } from '../../own-code.ts'
import { writeWhole } from '../../trace/write-trace.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { type Axis, type Cell, cellsOf, instanceOf, keyOf } from './axis.ts'
import type { Outcome, Result } from './sweep.ts'

const FORMAT = 'splitbrain sweep'

const size = { distinct: z.int().min(0), ms: z.number().min(0) }
const OUTCOME = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('holds'), ...size, bounds: z.string().exactOptional() }),
  z.strictObject({
    verdict: z.literal('violated'),
    property: z.string(),
    steps: z.int().min(0),
    loop: z.int().min(0).exactOptional(),
    ...size,
  }),
  z.strictObject({ verdict: z.literal('unwitnessed'), property: z.string(), ...size }),
  z.strictObject({ verdict: z.literal('refused'), why: z.string() }),
  z.strictObject({ verdict: z.literal('broken'), why: z.string() }),
])
const FILE = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  protocol: z.string(),
  /** Of all that the answers rest on. */
  stamp: z.string(),
  cells: z.array(z.strictObject({ at: z.string(), outcome: OUTCOME })),
})

/** What a sweep's answers rest on: the protocol's texts, the properties that are asked, and this program. */
export function stampOf(texts: ReadonlyMap<string, string>, properties: readonly string[] | undefined): string {
  const hash = createHash('sha256')
  for (const part of [packageVersion(), JSON.stringify(properties ?? null), ...texts.values()]) hash.update(`${part}\0`)
  return hash.digest('hex')
}

export class SweepFile {
  /** By a cell's settings, which mean the same whatever the ranges are. */
  readonly #cells = new Map<string, Outcome>()

  /** @throws SplitbrainError `bad-option` where the file is of something else */
  constructor(
    readonly file: string,
    readonly protocol: string,
    readonly stamp: string,
    readonly axes: readonly Axis[],
  ) {
    if (!existsSync(file)) return
    const told = readSweep(file)
    if (told.protocol !== protocol) throw refused(file, `it is a sweep of ${told.protocol}, not of ${protocol}`)
    if (told.stamp !== stamp) {
      throw refused(file, 'the protocol, what is asked of it, or splitbrain has changed since it was written')
    }
    for (const { at, outcome } of told.cells) this.#cells.set(at, outcome as Outcome)
  }

  get known(): ReadonlyMap<string, Outcome> {
    const found = cellsOf(this.axes).flatMap((cell): [string, Outcome][] => {
      const outcome = this.#cells.get(this.#settings(cell))
      return outcome === undefined ? [] : [[keyOf(cell), outcome]]
    })
    return new Map(found)
  }

  /** @throws SplitbrainError `cannot-write` */
  keep({ cell, outcome }: Result): void {
    if (!OUTCOME.safeParse(outcome).success) return // nothing was found out
    this.#cells.set(this.#settings(cell), outcome)
    const cells = [...this.#cells].map(([at, found]) => ({ at, outcome: found }))
    const { protocol, stamp } = this
    const text = JSON.stringify({ format: FORMAT, version: 1, protocol, stamp, cells }, undefined, 1)
    writeWhole(this.file, `${text}\n`, 'what is known of the sweep', 'give another file with --resume')
  }

  #settings(cell: Cell): string {
    const { parameters, bugs } = instanceOf(this.axes, cell)
    const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))
    return JSON.stringify([Object.fromEntries(sorted), [...bugs].sort()])
  }
}

function readSweep(file: string): z.infer<typeof FILE> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    throw refused(file, `it cannot be read (${(thrown as Error).message})`)
  }
  const parsed = FILE.safeParse(content)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw refused(file, `it is no sweep: ${path.join('.') || 'it'}: ${message}`)
}

const refused = (file: string, why: string) =>
  new SplitbrainError('bad-option', `--resume ${relative('', file) || file}: ${why}; give the name of a new file`)
