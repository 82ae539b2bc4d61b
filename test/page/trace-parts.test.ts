/** What the page of a trace works out before it draws: rows, cells, arrows, trees. No browser is needed for it. */
import { describe, expect, it } from 'vitest'
import { walk } from '../../src/judge/walk.ts'
import type { Value } from '../../src/model.ts'
import { arrowsOf } from '../../src/page/trace/arrows.ts'
import { cellsOf } from '../../src/page/trace/cells.ts'
import { executionOf } from '../../src/page/trace/execution.ts'
import { choicesIn, NO_FILTER, stepsFound } from '../../src/page/trace/filter.ts'
import { layOut } from '../../src/page/trace/layout.ts'
import { type Row, rowByStep, rowsOf } from '../../src/page/trace/rows.ts'
import { spansOf } from '../../src/page/trace/spans.ts'
import { treeOf } from '../../src/page/trace/state-tree.ts'
import { traceData } from '../../src/report/trace-page.ts'
import { toJson } from '../../src/value/canonical.ts'
import { eventfulModel, eventfulTrace } from '../report/eventful-trace.ts'

const model = eventfulModel()
const data = JSON.parse(JSON.stringify(traceData(model, eventfulTrace(model), { replayCommand: 'verify replay x' })))
const ROOM = { width: 1000, gutter: 270, narrowest: 128 }

describe('the state after each step', () => {
  it('is the one that the judge walked through', () => {
    const trace = eventfulTrace(model)
    const { states } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
    const execution = executionOf(data)
    expect(states).toHaveLength(13)
    expect(states.map((_, step) => execution.stateAfter(step)!.map(toJson))).toEqual(
      states.map((one) => one.map(toJson)),
    )
  })

  it('has these messages in flight', () => {
    const execution = executionOf(data)
    const numbers = Array.from({ length: 13 }, (_, step) => execution.inFlightAfter(step).map(({ number }) => number))
    const [asked, copied, lost] = [
      [1, 2],
      [1, 2, 3],
      [1, 3],
    ]
    expect(numbers).toEqual([[], asked, copied, lost, lost, lost, [3, 4], [3, 4], [4], [4], [4], [], []])
  })
})

describe('rows', () => {
  const told = (row: Row): string =>
    row.kind === 'step' ? `${row.step}` : row.kind === 'end' ? 'end' : `${row.kind} ${row.from}-${row.to}`
  const field = { ...NO_FILTER, field: 'health' }

  it('are all steps, where nothing is asked for', () => {
    expect(rowsOf(data, NO_FILTER, 12).map(told).join(' ')).toBe('0 1 2 3 4 5 6 7 8 9 10 11 12 end')
  })

  it('fold what is not asked for, but for the step that is selected', () => {
    expect(rowsOf(data, field, 12).map(told).join(', ')).toBe(
      'folded 0-4, 5, folded 6-6, 7, folded 8-9, 10, folded 11-11, 12, end',
    )
  })

  it('say where a loop begins, though its first step is folded away', () => {
    expect(
      rowsOf({ ...data, loop: 7 }, field, 5)
        .map(told)
        .join(', '),
    ).toBe('folded 0-4, 5, folded 6-6, 7, loop 8-12, folded 8-9, 10, folded 11-12, end')
    expect(rowsOf({ ...data, loop: 12 }, NO_FILTER, 0).map(told)).not.toContain('loop 12-12')
  })

  it('have every step in one of them', () => {
    expect(rowByStep(rowsOf(data, field, 12))).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4, 4, 5, 6, 7])
  })
})

describe('the filter', () => {
  const found = (filter: Partial<typeof NO_FILTER>) => [...stepsFound(data, { ...NO_FILTER, ...filter })]

  it('asks for processes that act, change, send or are sent to', () => {
    expect(found({ processes: new Set(['n3']) })).toEqual([1, 3, 5, 7])
    expect(found({ processes: new Set(['n3', 'n1']) })).toEqual([1, 2, 3, 5, 6, 7, 8, 11, 12])
  })

  it('asks for all of what is given', () => {
    expect(found({ processes: new Set(['n2']), types: new Set(['Yes']) })).toEqual([2, 6, 8, 11])
    expect(found({ types: new Set(['Yes']), field: 'votes' })).toEqual([11])
  })

  it('knows shared variables and parts of places', () => {
    expect(found({ field: ' Winners ' })).toEqual([12])
    expect(found({ field: 'n2.health' })).toEqual([10])
  })

  it('asks for the steps that matter, where some do not', () => {
    expect(data.matter).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12])
    expect(found({ matter: true, processes: new Set(['n3']) })).toEqual([1, 3, 5])
    expect([...stepsFound({ ...data, matter: undefined }, { ...NO_FILTER, matter: true })]).toHaveLength(12)
  })

  it('offers what is there', () => {
    expect(choicesIn(data)).toEqual({
      processes: ['n1', 'n2', 'n3'],
      types: ['Ask', 'Yes'],
      fields: [
        'health',
        'votedFor',
        'votes',
        'won',
        'crashes',
        'duplicates',
        'losses',
        'partition',
        'partitions',
        'pauses',
        'winners',
      ],
    })
  })
})

describe('cells', () => {
  it('tell what arrived, what changed, what was sent, in this order', () => {
    expect([...cellsOf(data.steps[1])]).toEqual([
      [
        'n2',
        [
          { kind: 'received', text: '#1 Ask received, a copy' },
          { kind: 'change', text: 'votedFor null → n1', place: 'votedFor' },
          { kind: 'sent', text: '#3 Yes to n1' },
        ],
      ],
    ])
  })

  it('tell equal messages to several at once', () => {
    expect(cellsOf(data.steps[0]).get('n1')!.at(-1)!.text).toBe('#1 #2 Ask to n2, n3 {reason 因为我最好}')
  })

  it('are cut short where there is too much', () => {
    const changes = Array.from({ length: 9 }, (_, i) => ({
      component: 'n1',
      process: 'n1',
      kind: 'process' as const,
      path: `f${i}`,
      text: `f${i} 0 → 1`,
    }))
    const lines = cellsOf({ ...data.steps[11], changes }).get('n1')!
    expect(lines).toHaveLength(7)
    expect(lines.at(-1)).toEqual({ kind: 'quiet', text: '… 3 more' })
  })
})

describe('the layout', () => {
  const layout = layOut(data, rowsOf(data, NO_FILTER, 12), ROOM)

  it('has a lane for everyone who takes part, and one for shared variables', () => {
    expect(layout.lanes.map(({ name }) => name)).toEqual(['n1', 'n2', 'n3', 'shared state'])
    const few = layOut(data, rowsOf(data, { ...NO_FILTER, field: 'n3' }, 5), ROOM)
    expect([few.lanes.map(({ name }) => name), few.idle]).toEqual([['n3'], ['n1', 'n2']])
  })

  it('puts rows under each other without a gap', () => {
    for (const [i, { top, height }] of layout.rows.entries()) {
      expect(height).toBeGreaterThan(20)
      expect(layout.rows[i + 1]?.top ?? layout.height).toBe(top + height)
    }
  })

  it('leads every arrow downwards, between the lanes of its two ends', () => {
    const x = new Map(layout.lanes.map((lane) => [lane.name, lane.x]))
    const arrows = arrowsOf(data, layout)
    expect(arrows.map(({ number, fate, sentAt, endedAt }) => [number, fate, sentAt, endedAt])).toEqual([
      [1, 'copied', 1, 2],
      [1, 'received', 1, 6],
      [2, 'lost', 1, 3],
      [3, 'lost', 2, 8],
      [4, 'received', 6, 11],
    ])
    for (const { from, to } of arrows) expect(to.y).toBeGreaterThan(from.y)
    expect([arrows[1]!.from.x, arrows[1]!.to.x]).toEqual([x.get('n1'), x.get('n2')])
    expect(arrows[2]!.to.x).toBeLessThan(x.get('n3')!)
  })

  it('draws a message that never arrives a short way', () => {
    const cut = { ...data, steps: data.steps.slice(0, 1), known: 1 }
    const arrows = arrowsOf(cut, layOut(cut, rowsOf(cut, NO_FILTER, 1), ROOM))
    expect(arrows.map(({ fate, endedAt }) => [fate, endedAt])).toEqual([
      ['in flight', undefined],
      ['in flight', undefined],
    ])
  })

  it('knows how long a process is down, and a network cut', () => {
    const spans = spansOf(executionOf(data), layout)
    expect(spans.map(({ kind, process, label }) => [kind, process, label])).toEqual([
      ['cut', undefined, 'network cut: n3 | n1, n2'],
      ['down', 'n3', 'down'],
      ['paused', 'n2', 'paused'],
    ])
    for (const { top, bottom } of spans) expect(bottom).toBeGreaterThan(top)
  })
})

describe('the tree of a component', () => {
  const lines = (before: Value, after: Value) =>
    treeOf(before, after).map(({ depth, key, mark, before: was, after: is }) => [depth, key, mark, was, is])

  it('marks a field in a field', () => {
    const before = { term: 1, next: { n2: 1, n3: 1 } }
    expect(lines(before, { term: 1, next: { n2: 2, n3: 1 } })).toEqual([
      [0, 'term', 'same', '1', '1'],
      [0, 'next', 'changed', undefined, undefined],
      [1, 'n2', 'changed', '1', '2'],
      [1, 'n3', 'same', '1', '1'],
    ])
  })

  it('tells what was added to a list of objects, and what is gone', () => {
    expect(lines({ log: [{ term: 1 }] }, { log: [{ term: 1 }, { term: 2 }] })).toEqual([
      [0, 'log', 'changed', undefined, undefined],
      [1, '[0]', 'same', '{term 1}', '{term 1}'],
      [1, '[1]', 'added', undefined, '{term 2}'],
    ])
    expect(lines({ log: [{ term: 1 }] }, { log: [] })).toEqual([
      [0, 'log', 'changed', undefined, undefined],
      [1, '[0]', 'removed', '{term 1}', undefined],
    ])
  })

  it('tells what is small, or becomes something else, as a whole', () => {
    expect(lines({ a: [1], s: new Set(['n1']), b: null }, { a: [1, 2], s: new Set(), b: { c: 1 } })).toEqual([
      [0, 'a', 'changed', '[1]', '[1, 2]'],
      [0, 's', 'changed', '{n1}', '{}'],
      [0, 'b', 'changed', 'null', '{c 1}'],
    ])
    expect(lines(3, 2)).toEqual([[0, '', 'changed', '3', '2']])
    expect(lines([], [])).toEqual([[0, '', 'same', '[]', '[]']])
  })
})
