/** The model's own behaviours as logs: each conforms, thinned out as well; none does with a field that no behaviour shows. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { conform } from '../../src/conform/conform.ts'
import { type Line, logMap } from '../../src/conform/log-map.ts'
import { seeded } from '../../src/engine/walks/random.ts'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import { recordExplanation } from '../../src/judge/record.ts'
import type { Model, Step } from '../../src/model.ts'
import { ndjson } from '../../src/report/formats/ndjson.ts'
import mailbox from './mailbox.ts'

const parameters = { losses: 1, duplicates: 1 }
const model = mailbox.instantiate(parameters)

const fieldsOf = ({ node, after }: Line) => (after === undefined ? {} : { after: { [String(node)]: after as object } })

const delivered = (line: Line) => ({
  steps: { process: String(line.node), receive: line.message as { type: 'Item'; n?: number }, from: String(line.from) },
  ...fieldsOf(line),
})

const done = (line: Line) => ({
  steps: { process: String(line.node), action: String(line.event).split('.')[1]! },
  ...fieldsOf(line),
})

/** What the lines of `verify inspect --format ndjson` mean; what is left out of a log may have happened without a line. */
const map = logMap(mailbox, {
  parameters,
  event: ({ event }) => String(event),
  on: {
    'sender.post': done,
    'sender.leave': done,
    'receiver.Item': delivered,
    'network.duplicate': delivered,
    'network.lose': ({ message }) => ({ steps: { action: 'lose', chose: { message } } }),
  },
  silent: ['sender.post', 'sender.leave', 'receiver.Item', 'lose', 'duplicate'],
})

/** A walk through the model at random, as a log. */
function logOf({ seed, length }: { seed: number; length: number }, of: Model): Line[] {
  const random = seeded(seed)
  const pick = <T>(options: readonly T[]): T | undefined => options[Math.floor(random() * options.length)]
  const { state: start, choices } = pick([...initialOutcomes(of)])!
  const steps: Step[] = []
  let state = start
  for (let next = pick([...stepsFrom(of, state)]); next !== undefined && steps.length < length; ) {
    steps.push(next.step)
    state = next.state
    next = pick([...stepsFrom(of, state)])
  }
  const text = ndjson(of, recordExplanation(of, { initial: choices, steps }))
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]))
}

const verdictOf = async (lines: readonly Line[]) =>
  (await conform(model, map, [{ name: 'log', lines: lines.map((line) => JSON.stringify(line)) }])).verdict

const walks = fc.record({ seed: fc.nat(), length: fc.integer({ min: 1, max: 10 }) })

it('logs a step as a line', () => {
  expect(logOf({ seed: 1, length: 2 }, model)).toEqual([
    { step: 1, event: 'sender.post', node: 's1', after: { note: 'none', sent: 1 } },
    {
      step: 2,
      event: 'receiver.Item',
      node: 'r1',
      from: 's1',
      message: { n: 1, type: 'Item' },
      after: { last: 1 },
    },
  ])
})

it('explains every behaviour, whatever is left out of its log', async () => {
  await fc.assert(
    fc.asyncProperty(walks, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (walk, draws) => {
      const lines = logOf(walk, model)
      expect(await verdictOf(lines)).toBe('conforms')
      const thin = lines.flatMap((line) => {
        const draw = draws.next().value
        const { after, message, ...rest } = line
        if (draw === 0) return []
        if (draw === 1) return [message === undefined ? rest : { ...rest, message }]
        return [draw === 2 && message !== undefined ? { ...line, message: { type: 'Item' } } : line]
      })
      if (thin.length > 0) expect(await verdictOf(thin)).toBe('conforms')
    }),
    { numRuns: 20, seed: 4 },
  )
})

it('explains none in which one field is what no behaviour shows', { tags: 'slow' }, async () => {
  await fc.assert(
    fc.asyncProperty(walks, fc.nat(), async (walk, draw) => {
      const lines = logOf(walk, model)
      const at = draw % lines.length
      const line = lines[at]!
      const isMessage = line.message !== undefined && (line.after === undefined || draw % 2 === 0)
      const changed = isMessage
        ? { ...line, message: { type: 'Item', n: 9 } }
        : { ...line, after: { ...(line.after as object), [line.node === 's1' ? 'sent' : 'last']: 9 } }
      expect(await verdictOf(lines.with(at, changed))).toBe('does not conform')
    }),
    { numRuns: 20, seed: 5 },
  )
})
