/** `verify history`, as a user meets it. In this process, without a shell. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { JsonHistoryReport } from '../../src/report/history-json.ts'
import { JsonInquiryReport } from '../../src/report/inquiry-report.ts'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'

const folder = newFolder()

function fileOf(name: string, ...lines: readonly string[]): string {
  const file = join(folder, name)
  writeFileSync(file, lines.join('\n'))
  return file
}

async function verify(args: readonly string[], width = 80) {
  const { code, stdout, stderr } = await runHere(['history', ...args], width)
  const told = (text: string) => text.replaceAll(`${folder}/`, '').split('\n')
  return { code, stdout: told(stdout), stderr: told(stderr) }
}

const STALE = fileOf(
  'stale.edn',
  '{:process 0, :type :invoke, :f :write, :value 1}',
  '{:process 2, :type :invoke, :f :write, :value 2}',
  '{:process 0, :type :ok, :f :write, :value 1}',
  '{:process 1, :type :invoke, :f :read, :value nil}',
  '{:process 1, :type :ok, :f :read, :value 1}',
  '{:process 0, :type :invoke, :f :write, :value 7}',
  '{:process 0, :type :fail, :f :write, :value 7}',
  '{:process 1, :type :invoke, :f :read, :value nil}',
  '{:process 1, :type :ok, :f :read, :value 0}',
  '{:process 0, :type :invoke, :f :read, :value nil}',
)

describe('a stale read', () => {
  it('is drawn, and told', async () => {
    expect(await verify([STALE, '--model', 'register', '--initial', '0'])).toEqual({
      code: 1,
      stderr: [''],
      stdout: [
        'stale.edn · register · 6 operations of 3 processes',
        '',
        '(1 other operation not drawn)',
        '',
        '0  ├─ write(1) ─┤                ├─ write(7) ─✗',
        '1                ├─ read() → 1 ─┤              ╞═ read() → 0 ═╡',
        '2   ├─ write(2) ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄',
        '',
        "The longest prefix that can be explained ends before 1's read() returned (line",
        '9); in order:',
        '     process  operation   after it',
        '  1  0        write(1)    1',
        '  2  1        read() → 1  1',
        '  3  2        write(2)    2',
        "  Next would be 1's read() → 0, but here it would return 2.",
        '',
        "✗ linearizable: 1's read returned 0 after 0's write(1) had returned",
        '',
        'Violated: the history is not linearizable, from line 9 on.',
      ],
    })
  })

  it('is drawn in bands where there is no room', async () => {
    const { stdout } = await verify(
      [STALE, '--model', 'register', '--initial', '0', '--consistency', 'monotonic-reads'],
      40,
    )
    expect(stdout).toEqual([
      'stale.edn · register · 6 operations of 3',
      'processes',
      '',
      '(1 other operation not drawn)',
      '',
      '0  ├─ write(1) ─┤',
      '1                ├─ read() → 1 ─┤',
      '2   ├─ write(2) ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄',
      '',
      '0  ├─ write(7) ─✗',
      '1                ╞═ read() → 0 ═╡',
      '2  ┄┄ write(2) ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄',
      '',
      "✗ monotonic-reads: 1's read returned 0",
      'after its read returned 1',
      '',
      'Violated: the history does not keep',
      'reads monotonic, from line 9 on.',
    ])
  })

  it('is a document, for programs', async () => {
    const { code, stdout } = await verify([STALE, '--model', 'register', '--initial', '0', '--json'])
    expect(code).toBe(1)
    const document = JsonHistoryReport.parse(JSON.parse(stdout.join('\n')))
    expect(document).toMatchObject({
      verdict: 'violated',
      consistency: 'linearizable',
      operations: 6,
      place: 'line 9',
      blocked: { process: '1', operation: 'read', result: 0, invokedAt: 7, endedAt: 8, outcome: 'returned' },
      order: [{ state: 1 }, { state: 1 }, { state: 2 }],
    })
  })

  it.each([
    ['read-your-writes', 0, 'Holds: the history lets all read their writes.'],
    ['sequentially-consistent', 1, 'Violated: the history is not sequentially consistent, from line 9 on.'],
    ['convergent', 0, 'Holds: the history converges.'],
  ])('%s', async (consistency, code, last) => {
    const ran = await verify([STALE, '--model', 'register', '--initial', '0', '--consistency', consistency])
    expect({ code: ran.code, last: ran.stdout.at(-1) }).toEqual({ code, last })
  })
})

it('tells the order that explains a short history', async () => {
  const file = fileOf(
    'queue.jsonl',
    '{"type":"invoke","process":"A","operation":"enqueue","argument":"x"}',
    '{"type":"invoke","process":"B","operation":"dequeue"}',
    '{"type":"return","process":"B","result":"x"}',
  )
  const { code, stdout } = await verify([file, '--model', 'queue'])
  expect(code).toBe(0)
  expect(stdout).toEqual([
    'queue.jsonl · queue · 2 operations of 2 processes',
    '',
    'A  ├─ enqueue(x) ┄┄┄┄┄┄',
    'B   ├─ dequeue() → x ─┤',
    '',
    '     process  operation      after it',
    '  1  A        enqueue(x)     [x]',
    '  2  B        dequeue() → x  []',
    '',
    'Holds: the history is linearizable.',
  ])
})

it('checks each key by itself', async () => {
  const file = fileOf(
    'keys.edn',
    '{:process 0, :type :invoke, :f :write, :value [:x 1]}',
    '{:process 0, :type :ok, :f :write, :value [:x 1]}',
    '{:process 0, :type :invoke, :f :read, :value [:y nil]}',
    '{:process 0, :type :ok, :f :read, :value [:y nil]}',
    '{:process 1, :type :invoke, :f :read, :value [:x nil]}',
    '{:process 1, :type :ok, :f :read, :value [:x nil]}',
  )
  const { code, stdout } = await verify([file, '--model', 'register', '--keyed'])
  expect(code).toBe(1)
  expect(stdout).toContain("✗ linearizable: 1's read([x, null]) returned null after 0's write([x, 1]) had")
  expect(stdout).toContain('(1 other operation not drawn)')
})

it('has no answer where the time ran out', async () => {
  const enqueues = Array.from(
    { length: 24 },
    (_, i) => `{"type":"invoke","process":"p${i}","operation":"enqueue","argument":${i}}`,
  )
  const returned = Array.from({ length: 24 }, (_, i) => `{"type":"return","process":"p${i}"}`)
  const last = ['{"type":"invoke","process":"q","operation":"dequeue"}', '{"type":"return","process":"q","result":99}']
  const file = fileOf('hard.jsonl', ...enqueues, ...returned, ...last)
  const { code, stdout } = await verify([file, '--model', 'queue', '--timeout', '200ms'])
  expect(code).toBe(3)
  expect(stdout.join(' ')).toMatch(
    /Unknown: no answer for 25 operations after [\d,]+ configurations; give it more time with --timeout\.$/,
  )
})

it('says so where nothing was put to the test', async () => {
  const file = fileOf('idle.jsonl', '{"type":"invoke","process":"p","operation":"read"}')
  const { code, stdout } = await verify([file, '--model', 'register'])
  expect({ code, last: stdout.at(-1) }).toEqual({ code: 0, last: 'Holds, since no operation returned.' })
})

it('keeps integers exact, up to the document for programs', async () => {
  const file = fileOf(
    'big.edn',
    '\uFEFF{:process 0, :type :invoke, :f :write, :value 1700000000000000001}',
    '{:process 0, :type :ok, :f :write, :value 1700000000000000001}',
    '{:process :nemesis, :type :info, :f :start}',
    '{:process 1, :type :invoke, :f :read, :value nil}',
    '{:process 1, :type :ok, :f :read, :value 1700000000000000002}',
  )
  const { code, stdout } = await verify([file, '--model', 'register'], 100)
  expect(code).toBe(1)
  expect(stdout[0]).toBe('big.edn · register · 2 operations of 2 processes · 1 event of the nemesis skipped')
  expect(stdout.join(' ')).toContain(
    "✗ linearizable: 1's read returned 1700000000000000002, which no order of the operations explains",
  )
  const document = await verify([file, '--model', 'register', '--json'])
  expect(document.stdout).toContain('    "result": 1700000000000000002,')
  expect(document.stdout).toContain('  "skipped": 1,')
})

it('proposes that a nil that was read may mean that nobody knows', async () => {
  const file = fileOf(
    'nil.edn',
    '{:process 0, :type :invoke, :f :write, :value 1}',
    '{:process 0, :type :ok, :f :write, :value 1}',
    '{:process 1, :type :invoke, :f :read, :value nil}',
    '{:process 1, :type :ok, :f :read, :value nil}',
  )
  const { code, stdout } = await verify([file, '--model', 'register'], 200)
  expect(code).toBe(1)
  expect(stdout.at(-1)).toBe(
    'Here a read of nil says that there was nothing. If it says that nobody knows what was read, as in the histories of Knossos, ask again with --nil-is-unknown.',
  )
  expect((await verify([file, '--model', 'register', '--nil-is-unknown'])).code).toBe(0)
})

it('proposes that a get may return "" where there is nothing', async () => {
  const file = fileOf(
    'kv.txt',
    '{:process 0, :type :invoke, :f :get, :key "a", :value nil}',
    '{:process 0, :type :ok, :f :get, :key "a", :value ""}',
    '{:process 1, :type :invoke, :f :get, :key "a", :value nil}',
    '{:process 0, :type :invoke, :f :append, :key "a", :value "x"}',
    '{:process 0, :type :ok, :f :append, :key "a", :value "x"}',
    '{:process 1, :type :ok, :f :get, :key "a", :value "x"}',
  )
  const hint =
    'Here a get returns null where there is nothing. If it returns "", as in the histories of Porcupine, ask again with --absent-is-empty.'
  const { code, stdout } = await verify([file, '--model', 'kv'], 200)
  expect(code).toBe(1)
  expect(stdout.at(-1)).toBe(hint)
  expect(await verify([file, '--model', 'kv', '--absent-is-empty'], 200)).toMatchObject({ code: 0 })

  const wrong = fileOf(
    'wrong.txt',
    '{:process 0, :type :invoke, :f :put, :key "a", :value "x"}',
    '{:process 0, :type :ok, :f :put, :key "a", :value "x"}',
    '{:process 1, :type :invoke, :f :get, :key "a", :value nil}',
    '{:process 1, :type :ok, :f :get, :key "a", :value ""}',
  )
  const asked = await verify([wrong, '--model', 'kv', '--absent-is-empty'], 200)
  expect(asked.code).toBe(1)
  expect(asked.stdout).not.toContain(hint)
})

describe('transactions', () => {
  const skew = fileOf(
    'skew.edn',
    '{:process 0, :type :invoke, :f :txn, :value [[:r x nil] [:append y 1]]}',
    '{:process 1, :type :invoke, :f :txn, :value [[:r y nil] [:append x 1]]}',
    '{:process :nemesis, :type :info, :f :start}',
    '{:process 0, :type :ok, :f :txn, :value [[:r x []] [:append y 1]]}',
    '{:process 1, :type :ok, :f :txn, :value [[:r y []] [:append x 1]]}',
  )

  it('are not serializable where their dependencies go round in a circle', async () => {
    expect(await verify([skew, '--model', 'list-append'])).toEqual({
      code: 1,
      stderr: [''],
      stdout: [
        'skew.edn · list-append · 2 transactions · 1 event of the nemesis skipped',
        '',
        'T1 (0): r(x) → [], append(y, 1)',
        'T2 (1): r(y) → [], append(x, 1)',
        '',
        '  T1 → T2 (rw): T1 read x without the 1 that T2 appended',
        '  T2 → T1 (rw): T2 read y without the 1 that T1 appended',
        '',
        '✗ G2: T1 → T2 → T1 go round in a circle',
        '',
        'Violated: the history is not serializable.',
      ],
    })
  })

  it('may be all that a weaker level asks', async () => {
    const { code, stdout } = await verify([skew, '--model', 'list-append', '--consistency', 'snapshot-isolation'])
    expect({ code, last: stdout.at(-1) }).toEqual({
      code: 0,
      last: 'Holds: nothing that was read contradicts snapshot-isolation.',
    })
  })

  it('are a document, for programs', async () => {
    const { stdout } = await verify([skew, '--model', 'list-append', '--json'])
    expect(JsonInquiryReport.parse(JSON.parse(stdout.join('\n')))).toMatchObject({
      verdict: 'violated',
      consistency: 'serializable',
      operations: 2,
      skipped: 1,
      anomalies: [{ name: 'G2', cycle: [{ step: 'T1 → T2 (rw)' }, { step: 'T2 → T1 (rw)' }] }],
    })
  })

  it.each([
    [
      ['--consistency', 'linearizable'],
      '--consistency linearizable is not for list-append; expected read-uncommitted, read-committed, snapshot-isolation, strong-session-snapshot-isolation, strong-snapshot-isolation, serializable, strong-session-serializable, strict-serializable',
    ],
    [['--keyed'], '--keyed is not for list-append'],
    [['--absent-is-empty'], '--absent-is-empty is not for list-append'],
  ])('%j', async (args, message) => {
    expect(await verify([skew, '--model', 'list-append', ...args])).toMatchObject({
      code: 2,
      stderr: [`verify: ${message}`],
    })
  })
})

it('takes an object of a file', async () => {
  fileOf(
    'account.ts',
    "import { sequentialObject } from 'splitbrain'",
    "export default sequentialObject({ name: 'account', initial: 0, queries: { balance: (held: number) => held },",
    '  updates: { withdraw: (held: number, n: number) =>',
    '    held < n ? { state: held, result: false } : { state: held - n, result: true } } })',
  )
  fileOf(
    'account.jsonl',
    '{"type":"invoke","process":"a","operation":"withdraw","argument":1}',
    '{"type":"return","process":"a","result":true}',
  )
  const { code, stdout } = await runVerify(folder, ['history', 'account.jsonl', '--model', './account.ts'])
  expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    code: 1,
    last: 'Violated: the history is not linearizable, from line 2 on.',
  })
})

describe('wrong use', () => {
  const lonely = fileOf(
    'lonely.jsonl',
    '{"type":"invoke","process":"c1","operation":"put"}',
    '{"type":"return","process":"c1"}',
  )
  const torn = fileOf('torn.jsonl', '{"type":"invoke","process":"c1","operation":"read"}', '{"type":"ret')
  it.each([
    [[STALE], "required option '--model <name>' not specified"],
    [
      [STALE, '--model', 'regster'],
      'there is no model regster; did you mean register?; expected one of register, cas-register, counter, set, queue, stack, mutex, kv, list-append, rw-register, bank, long-fork, set-full, or a file such as ./regster.ts',
    ],
    [[STALE, '--model', 'register', '--absent-is-empty'], '--absent-is-empty is for kv, not for register'],
    [[STALE, '--model', './bank.ts', '--absent-is-empty'], '--absent-is-empty is for kv, not for ./bank.ts'],
    [
      [STALE, '--model', 'register', '--consistency', 'strong'],
      '--consistency strong is not for register; expected linearizable, sequentially-consistent, read-your-writes, monotonic-reads, monotonic-writes, convergent',
    ],
    [
      [STALE, '--model', 'queue'],
      'stale.edn is about a queue, which has no operation write; expected some of peek, enqueue, dequeue',
    ],
    [[STALE, '--model', 'counter', '--initial', '"x"'], 'a counter cannot start with x; expected a number'],
    [
      [STALE, '--model', 'register', '--initial', 'x y'],
      "option '--initial <json>' argument 'x y' is invalid. Expected JSON: 0, null, [1, 2], \"text\".",
    ],
    [
      [STALE, '--model', 'register', '--keyed'],
      'stale.edn, line 1: write(1); expected [key, argument] where the model is keyed',
    ],
    [
      [STALE, '--model', 'register', '--consistency', 'monotonic-writes'],
      'stale.edn asks for monotonic writes of a register, where every update replaces what was there, so that no result tells whether an earlier one is missing; expected monotonicReads, which sees a value come back, or an object that keeps its updates, such as a set',
    ],
    [['nowhere.json', '--model', 'register'], 'nowhere.json: there is no such file; expected a history'],
    [[torn, '--model', 'register'], 'torn.jsonl, line 2: the file is cut off; expected a JSON object on each line'],
    [[lonely, '--model', 'kv'], 'lonely.jsonl, line 1: put(null); expected a pair [key, value]'],
    [[STALE, '--model', './nowhere.ts'], 'there is no file ./nowhere.ts'],
    [
      [STALE, '--model', './nowhere.ts', '--initial', '3'],
      '--initial is for the ready models; ./nowhere.ts says itself what it starts with',
    ],
    [[STALE, STALE, '--model', 'register'], 'too many arguments. Expected 1 argument but got 2.'],
  ])('%j', async (args, message) => {
    expect(await verify(args)).toEqual({ code: 2, stdout: [''], stderr: [`verify: ${message}`] })
  })
})
