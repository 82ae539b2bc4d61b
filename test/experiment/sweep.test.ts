/** Sweeps: which cells there are and which imply others, what they grow like, and what is told of them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Answer, Task } from '../../src/experiment/experiment-thread.ts'
import { type Axis, cellsOf, keyOf } from '../../src/experiment/sweep/axis.ts'
import { growingBudgets } from '../../src/experiment/sweep/growing.ts'
import { growthOf } from '../../src/experiment/sweep/growth.ts'
import { type Result, type SweepPlan, sweep } from '../../src/experiment/sweep/sweep.ts'
import { SweepFile } from '../../src/experiment/sweep/sweep-file.ts'
import { csv, jsonOf, markdown } from '../../src/experiment/sweep/sweep-formats.ts'
import { sweepPage } from '../../src/experiment/sweep/sweep-page.ts'
import { endText, GrowingTable, type Told } from '../../src/experiment/sweep/sweep-text.ts'
import { protocol, z } from '../../src/index.ts'
import { paintIf } from '../../src/report/paint.ts'
import type { Pool } from '../../src/threads/pool.ts'
import { runHere } from '../cli/run-here.ts'
import { newFolder } from '../new-folder.ts'

const clients: Axis = { of: 'parameter', name: 'clients', values: [1, 2, 3] }
const crashes: Axis = { of: 'parameter', name: 'crashes', values: [0, 1, 2] }
const bug: Axis = { of: 'bugs', name: 'bug', values: [[], ['late'], ['late', 'lost']] }

const sized = (distinct: number) => ({ distinct, generated: distinct, depth: 1, ms: 10, fired: {} })

/** A pool whose searches find this. */
function pool(found: (parameters: Record<string, number>, bugs: readonly string[]) => string): Pool<Task, Answer> {
  const ask = async (task: Task) => {
    const { parameters = {}, bugs = [] } = task.what === 'run' ? task.setting : {}
    const numbers = parameters as Record<string, number>
    const verdict = found(numbers, bugs)
    if (verdict === 'refused') return { problem: { code: 'bad-parameter', message: 'too many' } }
    const size = sized(10 ** numbers.clients! * (1 + (numbers.crashes ?? 0)))
    if (verdict === 'violated') return { ran: { ...size, found: { verdict, property: 'safe', steps: 5 } } }
    if (verdict === 'unknown') return { ran: { ...size, found: { verdict, why: 'the search stopped' } } }
    return { ran: { ...size, found: { verdict: 'holds', ...sized(size.distinct) } } }
  }
  return { ask } as unknown as Pool<Task, Answer>
}

const plan = (more: Partial<SweepPlan>): SweepPlan => ({
  name: 'lock',
  axes: [clients, crashes],
  growing: [],
  isForSmallest: false,
  budget: {},
  known: new Map(),
  ...more,
})

const verdicts = (results: readonly Result[]) => results.map(({ outcome }) => outcome.verdict).join(' ')

const breaksFrom = (least: number) =>
  pool(({ clients = 0, crashes = 0 }) => (clients + crashes >= least ? 'violated' : 'holds'))

describe('cells', () => {
  it('are all combinations, the last axis turns fastest', () => {
    expect(cellsOf([clients, crashes]).map(keyOf)).toEqual([
      '0 0',
      '0 1',
      '0 2',
      '1 0',
      '1 1',
      '1 2',
      '2 0',
      '2 1',
      '2 2',
    ])
  })

  it('imply others along what grows only', async () => {
    const all = await sweep(plan({}), breaksFrom(3), () => {})
    expect(verdicts(all)).toBe('holds holds violated holds violated violated violated violated violated')
    const implied = await sweep(plan({ growing: [crashes] }), breaksFrom(3), () => {})
    expect(verdicts(implied)).toBe('holds holds violated holds violated implied violated implied implied')
    expect(implied.at(-1)!.outcome).toEqual({ verdict: 'implied', by: [2, 0], property: 'safe', steps: 5 })
  })

  it('that are smallest are found, and none above them searched', async () => {
    const found = await sweep(plan({ isForSmallest: true }), breaksFrom(3), () => {})
    expect(verdicts(found)).toBe('holds holds violated holds violated beyond violated beyond beyond')
  })

  it('have sets of bugs that contain others above them', async () => {
    const late = pool((_, bugs) => (bugs.includes('late') ? 'violated' : 'holds'))
    const found = await sweep(plan({ axes: [clients, bug], isForSmallest: true }), late, () => {})
    expect(verdicts(found)).toBe('holds violated beyond holds beyond beyond holds beyond beyond')
  })

  it('are not said to violate where they are unknown or refused', async () => {
    const open = pool(({ clients }) => (clients === 2 ? 'unknown' : clients === 3 ? 'refused' : 'holds'))
    const found = await sweep(plan({ growing: [clients, crashes] }), open, () => {})
    expect(verdicts(found)).toBe('holds holds holds unknown unknown unknown refused refused refused')
  })
})

describe('a budget grows behaviours', () => {
  const growing = (define: string) =>
    growingBudgets(
      protocol(
        { name: 'p', roles: { s: {} }, faults: { crash: 's', lose: true }, parameters: { n: z.int().default(1) } },
        () => ({
          properties: {},
        }),
      ),
      `export default protocol({ name: 'p' }, ${define})`,
    )

  it.each<[define: string, grow: string[]]>([
    ['() => ({})', ['crashes', 'losses']],
    ['({ n }, bug) => ({})', ['crashes', 'losses']],
    ['({ n, crashes }) => ({})', ['losses']],
    ['({ n, losses: most }) => ({})', ['crashes']],
    ['({ n, ...others }) => ({})', []],
    ['(parameters) => ({})', []],
    ['define', []],
    ['function () { return arguments[0] }', []],
  ])('where the definition is %s: %j', (define, grow) => expect(growing(define)).toEqual(grow))
})

describe('growth', () => {
  const grown = (...sizes: number[]) => {
    const axis: Axis = { of: 'parameter', name: 'n', values: sizes.map((_, i) => i + 1) }
    const results = sizes.map(
      (distinct, i): Result => ({ cell: [i], outcome: { verdict: 'holds', distinct, ms: distinct } }),
    )
    const [growth] = growthOf([axis], results)
    return growth && { rule: growth.rule, guess: Math.round(growth.guess.distinct), error: growth.error?.toFixed(2) }
  }

  it.each<[sizes: number[], guessed: ReturnType<typeof grown>]>([
    [[10], undefined],
    [[10, 100], { rule: 'factor', guess: 1000, error: undefined }],
    [[10, 100, 1000], { rule: 'factor', guess: 10_000, error: '1.00' }],
    [[1, 8, 27, 64], { rule: 'power', guess: 125, error: '1.00' }],
    [[2, 4, 16, 128, 2048], { rule: 'changing factor', guess: 65_536, error: '1.00' }],
  ])('of %j', (sizes, guessed) => expect(grown(...sizes)).toEqual(guessed))
})

const RESULTS: Result[] = [
  { cell: [0, 0], outcome: { verdict: 'holds', distinct: 10, ms: 20 } },
  { cell: [0, 1], outcome: { verdict: 'holds', distinct: 1000, ms: 2000 } },
  { cell: [1, 0], outcome: { verdict: 'violated', property: 'safe', steps: 7, distinct: 40, ms: 30 } },
  { cell: [1, 1], outcome: { verdict: 'implied', by: [1, 0], property: 'safe', steps: 7 } },
  { cell: [2, 0], outcome: { verdict: 'unknown', why: 'the time was up' } },
  { cell: [2, 1], outcome: { verdict: 'unwitnessed', property: 'aHolder', distinct: 12, ms: 10 } },
]
const two: Axis = { ...crashes, values: [0, 1] } as Axis
const told: Told = {
  name: './lock.ts',
  protocol: 'lock',
  axes: [clients, two],
  results: RESULTS,
  growths: growthOf([clients, two], RESULTS),
  isForSmallest: false,
  ms: 3000,
}

describe('a sweep is told', () => {
  it('as a table', () => {
    const table = new GrowingTable(told.axes, ['safe', 'aHolder'], [two])
    expect([table.head, ...RESULTS.map((result) => table.row(result, paintIf(false)))]).toEqual([
      'clients  crashes  verdict                      steps     distinct  time',
      '1        0        holds                                        10  0.02 s',
      '1        1        holds                                     1,000  2.0 s',
      '2        0        violated: safe                   7          40+  0.03 s',
      '2        1        violated, as with crashes 0    ≤ 7',
      '3        0        unknown',
      '3        1        no witness: aHolder                          12  0.01 s',
    ])
    expect(endText(told, { width: 100, paint: paintIf(false) }).split('\n')).toEqual([
      '  clients 3, crashes 0: unknown: the time was up',
      '  crashes (clients 1): 10 with 0, 1,000 with 1 (×100) states',
      '    with 2 some 100,000, 200 s: the same factor again, which nothing confirms yet'.replace(
        '200 s',
        '3 min 20 s',
      ),
      '',
      'Violated in 2 of 6 cells, 1 of them implied, holds in 2, unknown in 1, no witness in 1 · 3.0 s',
    ])
  })

  it('with the command that shows a smallest one', () => {
    const smallest = { ...told, isForSmallest: true, results: RESULTS.slice(0, 3) }
    expect(endText(smallest, { width: 100, paint: paintIf(false) })).toContain(
      [
        'Violated from here on, and in no smaller cell that was searched:',
        '  clients 2, crashes 0: safe after 7 steps',
        '  verify ./lock.ts --clients 2 --crashes 0',
      ].join('\n'),
    )
  })

  it('in other formats', () => {
    expect(csv(told).split('\r\n').slice(0, 4)).toEqual([
      'clients,crashes,verdict,property,steps,distinct,ms',
      '1,0,holds,,,10,20',
      '1,1,holds,,,1000,2000',
      '2,0,violated,safe,7,40,30',
    ])
    expect(markdown(told)).toContain('| 2 | 1 | violated, as with crashes 0 | ≤ 7 |  |  |')
    expect(jsonOf(told)).toMatchObject({
      verdict: 'violated',
      cells: [
        { parameters: { clients: 1, crashes: 0 }, bugs: [], verdict: 'holds' },
        {},
        {},
        { by: { parameters: { clients: 2, crashes: 0 } } },
        {},
        {},
      ],
      growth: [{ parameter: 'crashes', rule: 'factor', next: 2, guess: { distinct: 100_000, ms: 200_000 } }],
    })
  })

  it('as a page without a script, that shows what a protocol calls things as text', () => {
    const page = sweepPage({ ...told, protocol: '<script>' })
    expect(page).not.toContain('<script')
    expect(page).toContain('<td class="violated" title="violated: safe · after 7 · 40 · 0.03 s">')
    expect(page).toContain('<path class="guess"')
    expect(page.length).toBeLessThan(8000)
  })
})

describe('a file to go on from', () => {
  it('gives back what was found, also for other ranges, but not what is unknown', () => {
    const file = join(newFolder(), 'sweep.json')
    const kept = new SweepFile(file, 'lock', 'stamp', told.axes)
    for (const result of RESULTS) kept.keep(result)
    const wider = [clients, { ...crashes, values: [1, 2] } as Axis]
    const known = new SweepFile(file, 'lock', 'stamp', wider).known
    expect([...known.keys()]).toEqual(['0 0', '2 0'])
    expect(known.get('0 0')).toEqual(RESULTS[1]!.outcome)
    expect(JSON.parse(readFileSync(file, 'utf8')).cells).toHaveLength(4)
  })

  it.each([
    ['of another protocol', 'mutex', 'stamp', 'it is a sweep of lock, not of mutex'],
    ['of another text', 'lock', 'other', 'the protocol, what is asked of it, or splitbrain has changed'],
  ])('is refused where it is %s', (_, name, stamp, message) => {
    const file = join(newFolder(), 'sweep.json')
    new SweepFile(file, 'lock', 'stamp', told.axes).keep(RESULTS[0]!)
    expect(() => new SweepFile(file, name, stamp, told.axes)).toThrow(message)
  })

  it('is refused where it is none', () => {
    const file = join(newFolder(), 'sweep.json')
    writeFileSync(file, '{}')
    expect(() => new SweepFile(file, 'lock', 'stamp', told.axes)).toThrow('it is no sweep: format')
  })
})

it.each<[args: string, message: string]>([
  ['--clients 4..1', "option '--clients <values>' argument '4..1' is invalid. 4..1 is reversed; say 1..4."],
  [
    '--clients 1..9',
    "option '--clients <values>' argument '1..9' is invalid. 6 is none of its values; expected 1 to 5.",
  ],
  [
    '--clients 1..',
    "option '--clients <values>' argument '1..' is invalid. Found 1..; expected values by commas, or a range such as 2..5 (1 to 5).",
  ],
  [
    '--clients 1..1000',
    "option '--clients <values>' argument '1..1000' is invalid. 1..1000 has 1,000 values; expected 100 at most.",
  ],
  [
    '--clients=',
    "option '--clients <values>' argument '' is invalid. Found nothing; expected values by commas, or a range such as 2..5 (1 to 5).",
  ],
  ['--client 1..2', "unknown option '--client'\n(Did you mean --clients?)"],
  ['--clients 2', 'there is one combination only; give several values: --clients 1..3'],
  [
    '--clients 1,2 --bug none,forget',
    'lock has no bug forget; did you mean forget-holder?\nThe bugs are: forget-holder, ignore-release',
  ],
  [
    '--clients 1,2 --adds cliants',
    'lock has no parameter cliants; did you mean clients?\nThe parameters are: clients, crashes',
  ],
  ['--clients 1,2 --format html', 'a page needs a file to be written to; give one: --out sweep.html'],
  [
    '--clients 1,2 --property safe',
    'lock has no property safe\nThe properties are: types, mutual-exclusion, a-holder, freeable',
  ],
])('sweep %s is refused', async (args, message) => {
  const lock = join(newFolder(), 'lock.ts')
  await runHere(['init', lock])
  const { code, stderr } = await runHere(['sweep', lock, ...args.split(' ')])
  expect({ code, stderr }).toEqual({ code: 2, stderr: `verify: ${message}` })
})
