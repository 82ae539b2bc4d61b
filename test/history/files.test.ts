/** History files in every format, and everything that can be wrong with one. */
import { describe, expect, it } from 'vitest'
import { readEdn } from '../../src/history/files/edn.ts'
import { parseHistory } from '../../src/history/files/read-history.ts'

const lines = (...text: string[]) => text.join('\n')
const events = (text: string) => parseHistory(text, 'FILE').events

const EVENTS = [
  { type: 'invoke', process: '0', operation: 'read' },
  { type: 'invoke', process: '1', operation: 'cas', argument: [0, 3] },
  { type: 'return', process: '0', operation: 'read', result: 3 },
  { type: 'unknown', process: '1', operation: 'cas' },
  { type: 'invoke', process: '0', operation: 'read' },
  { type: 'fail', process: '0', operation: 'read' },
]

describe('one history', () => {
  it.each([
    [
      'a document',
      JSON.stringify({
        format: 'splitbrain history',
        version: 1,
        events: EVENTS.map((event, i) => ({ ...event, process: Number(event.process), id: i < 4 ? i % 2 : 4 })),
      }),
    ],
    [
      'an array, ends without their operations',
      JSON.stringify(EVENTS.map(({ operation, ...rest }) => (rest.type === 'invoke' ? { operation, ...rest } : rest))),
    ],
    ['JSON lines', `\n${EVENTS.map((event) => JSON.stringify(event)).join('\n')}\n\n`],
    [
      "Jepsen's EDN, an operation per line",
      lines(
        '; a comment',
        '{:process 0, :type :invoke, :f :read, :value nil, :index 0, :time 12N}',
        '{:process 1, :type :invoke, :f :cas, :value [0 3], :index 1}',
        '{:process :nemesis, :type :info, :f :start, :value [:isolated {"n1" #{"n2" \\a}}], :index 2}',
        '#jepsen.history.Op{:process 0, :type :ok, :f :read, :value 3, :index 3}',
        '#_ {:dropped 1} {:process 1, :type :info, :f :cas, :value [0 3], :error "timed \\"out\\""}',
        '{:process 0 :type :invoke :f :read :value nil} {:process 0 :type :fail :f :read :value nil}',
      ),
    ],
    [
      "Jepsen's EDN, a vector",
      '[{:process 0 :type :invoke :f :read}{:process 1 :type :invoke :f :cas :value (0 3)}{:process 0 :type :ok :f :read :value 3}{:process 1 :type :info :f :cas}{:process 0 :type :invoke :f :read}{:process 0 :type :fail :f :read}]',
    ],
    [
      "Jepsen's JSON lines",
      lines(
        '{"process":0,"type":"invoke","f":"read","value":null}',
        '{"process":1,"type":"invoke","f":"cas","value":[0,3]}',
        '{"process":"nemesis","type":"info","f":"start","value":null}',
        '{"process":0,"type":"ok","f":"read","value":3}',
        '{"process":1,"type":"info","f":"cas","value":[0,3],"error":"timeout"}',
        '{"process":0,"type":"invoke","f":"read","value":null}',
        '{"process":0,"type":"fail","f":"read","value":null}',
      ),
    ],
    [
      "Jepsen's log, as in Porcupine's test data",
      lines(
        'INFO  jepsen.core - Running test',
        'INFO  jepsen.util - 0\t:invoke\t:read\tnil',
        'INFO  jepsen.util - 1\t:invoke\t:cas\t[0 3]',
        'INFO  jepsen.util - :nemesis\t:info\t:start\tnil',
        'INFO  jepsen.util - 0\t:ok\t:read\t3',
        'INFO  jepsen.util - 1\t:info\t:cas\t:timed-out',
        'INFO  jepsen.util - 0\t:invoke\t:read\tnil',
        'INFO  jepsen.util - 0\t:fail\t:read\t:timed-out',
      ),
    ],
    [
      "Jepsen's history.txt",
      lines(
        '0\t:invoke\t:read\tnil',
        '1\t:invoke\t:cas\t[0 3]',
        ':nemesis\t:info\t:start\t[:isolated {"n1" #{"n2"}}]',
        '0\t:ok\t:read\t3',
        '1\t:info\t:cas\t[0 3]\tjava.net.SocketTimeoutException: "Read {timed out',
        '0\t:invoke\t:read\tnil',
        '0\t:fail\t:read\tnil\t:timed-out',
      ),
    ],
    [
      "Jepsen's log of today",
      lines(
        '2024-08-10 07:24:27,635{GMT}\tINFO\t[main] jepsen.core: {:perf',
        ' {:latency-graph {:valid? true}}',
        '2024-08-10 07:24:27,636{GMT}\tINFO\t[jepsen worker 0] jepsen.util: 0\t:invoke\t:read\tnil',
        '2024-08-10 07:24:27,636{GMT}\tINFO\t[jepsen worker 1] jepsen.util: 1\t:invoke\t:cas\t[0 3]',
        '2024-08-10 07:24:27,637{GMT}\tINFO\t[jepsen nemesis] jepsen.util: :nemesis\t:info\t:start\tnil',
        '2024-08-10 07:24:27,638{GMT}\tINFO\t[jepsen worker 0] jepsen.util: 0\t:ok\t:read\t3',
        '2024-08-10 07:24:27,639{GMT}\tWARN\t[jepsen worker 1] jepsen.core: Process 1 crashed',
        'java.lang.RuntimeException: no answer',
        '\tat jepsen.core$worker.invoke(core.clj:291)',
        '2024-08-10 07:24:27,639{GMT}\tINFO\t[jepsen worker 1] jepsen.util: 1\t:info\t:cas\t[0 3]\tindeterminate: no answer',
        '2024-08-10 07:24:27,640{GMT}\tINFO\t[jepsen worker 0] jepsen.util: 0\t:invoke\t:read\tnil',
        '2024-08-10 07:24:27,641{GMT}\tINFO\t[jepsen worker 0] jepsen.util: 0\t:fail\t:read\tnil',
      ),
    ],
    [
      'tuples, as EDN',
      lines('[0 :invoke :read nil]', '[1 :invoke :cas [0 3]]', '[:nemesis :info :start nil]', '[0 :ok :read 3]') +
        '[1 :info :cas [0 3]] [0 :invoke :read nil] [0 :fail :read nil :timed-out]',
    ],
    [
      'tuples, as JSON',
      lines(
        '[0, "invoke", "read", null]',
        '[1, "invoke", "cas", [0, 3]]',
        '[0, "ok", "read", 3]',
        '[1, "info", "cas", null, "timeout"]',
        '[0, "invoke", "read", null]',
        '[0, "fail", "read", null]',
      ),
    ],
  ])('%s', (_, text) => expect(events(text)).toEqual(EVENTS))
})

describe("Porcupine's operations", () => {
  const OPERATIONS = [
    '{"ClientId":0,"Input":{"Op":"put","Key":"x","Value":1},"Call":0,"Output":{},"Return":10}',
    '{"ClientId":1,"Input":{"op":"get","key":"x"},"Call":10,"Output":{"Value":1},"Return":1700000000000000001}',
    '{"ClientId":0,"Input":{"op":"get","key":"x"},"Call":10,"Output":1,"Return":9223372036854775807}',
  ]
  it.each([
    ['a line each', OPERATIONS.join('\n')],
    ['an array', `[${OPERATIONS.join()}]`],
  ])('%s', (_, text) => {
    const { operations } = parseHistory(text, 'FILE')
    const told = operations.map(({ process, name, argument, outcome, result, invokedAt, endedAt }) => {
      return [process, name, argument, outcome, result, invokedAt, endedAt]
    })
    expect(told).toEqual([
      ['0', 'put', ['x', 1], 'returned', {}, 0, 3], // what is called as it returns overlaps with it
      ['1', 'get', 'x', 'returned', 1, 1, 4],
      ['0', 'get', 'x', 'unknown', undefined, 2, Number.POSITIVE_INFINITY],
    ])
  })

  it.each([
    [
      '{"ClientId":0,"Input":{"Op":1},"Call":0,"Output":1,"Return":10}',
      'FILE, line 1: Input does not say which operation it is; expected "Input": {"op": "put", "key": "x", "value": 1}, with the name of an operation of the model',
    ],
    [
      '{"ClientId":0,"Input":{"op":"get","key":1},"Call":11,"Output":1,"Return":10}',
      'FILE, line 1: it returns before its call; expected Call <= Return',
    ],
    [
      `${OPERATIONS[0]}\n${OPERATIONS[1]}\n{"ClientId":0,"Input":{"op":"get","key":1},"Call":9,"Output":1,"Return":10}`,
      'FILE, line 3: client 0 calls while its call of line 1 has not returned; expected one call at a time, or a ClientId for each',
    ],
  ])('%s', (text, message) => expect(() => parseHistory(text, 'FILE')).toThrow(message))
})

it('reads what EDN has', () => {
  const text = '[nil true -1 +2.5e1 3/* "a\\nb\\u0041" \\newline \\x :k/w sym #{1 2} {:a {1 "x"}} #inst "2020" (1, 2)]'
  expect(() => readEdn(text, 'FILE')).toThrow(
    'FILE, line 1: 3/* is not a number that can be read; expected an integer or a decimal',
  )
  expect(readEdn(text.replace('3/* ', ''), 'FILE')).toEqual([
    {
      line: 1,
      value: [null, true, -1, 25, 'a\nbA', '\n', 'x', 'k/w', 'sym', new Set([1, 2]), { a: { 1: 'x' } }, '2020', [1, 2]],
    },
  ])
})

const invoke = (process: string, operation = 'read') =>
  `{"type":"invoke","process":"${process}","operation":"${operation}"}`
const returns = (process: string, operation = 'read') =>
  `{"type":"return","process":"${process}","operation":"${operation}"}`

describe('a bad file is refused with its place', () => {
  it.each([
    ['empty', ' \n', 'FILE: it is empty; expected a history'],
    [
      'a document that is cut off',
      '{\n  "format": "splitbrain history",\n  "version": 1,\n  "events": [',
      'FILE, line 4: the file is cut off; expected JSON, a JSON object per line, or EDN, history.txt or a log as Jepsen writes it',
    ],
    [
      'lines that are cut off',
      lines(invoke('c1'), '{"type": "retu'),
      'FILE, line 2: the file is cut off; expected a JSON object on each line',
    ],
    [
      'EDN that is cut off',
      lines('{:process 0 :type :invoke :f :read}', '{:process 0 :type :ok'),
      'FILE, line 2: the file is cut off; expected the } of the { of line 2',
    ],
    ['EDN with a bracket too many', '{:process 0}}', 'FILE, line 1: } closes nothing; expected a value'],
    [
      'EDN with a string that does not end',
      '{:process "0}',
      'FILE, line 1: the file is cut off; expected the end of the string of line 1',
    ],
    [
      'EDN with a lonely key',
      '{:process}',
      'FILE, line 1: a map has a key without a value; expected keys and values in turn',
    ],
    [
      'another document',
      '{"format": "splitbrain trace", "version": 1, "events": []}',
      'FILE: format: Invalid input: expected "splitbrain history"; expected "format": "splitbrain history", "version": 1',
    ],
    [
      'no events',
      '{"format": "splitbrain history", "version": 1}',
      'FILE: it has no list of events; expected { "format": "splitbrain history", "version": 1, "events": [...] }',
    ],
    ['a number', '7', 'FILE: it holds 7; expected events'],
    [
      'something else',
      'hello',
      "FILE, line 1: JSON value expected but got 'h'; expected JSON, a JSON object per line, or EDN, history.txt or a log as Jepsen writes it",
    ],
    [
      'an event of no known type',
      lines(invoke('c1'), '{"type":"returned","process":"c1"}'),
      `FILE, line 2: type: Invalid discriminator value. Expected 'invoke' | 'return' | 'fail' | 'unknown'; expected an event such as {"type": "invoke", "process": "c1", "operation": "write", "argument": 1}`,
    ],
    [
      'a return without an invocation',
      lines(invoke('c1'), returns('c2')),
      'FILE, line 2: c2 returns from read without having invoked it; expected its invocation before it',
    ],
    [
      'an operation that ends twice',
      lines(invoke('c1'), returns('c1'), '{"type":"fail","process":"c1"}'),
      'FILE, line 3: c1 fails read without having invoked it; expected its invocation before it',
    ],
    [
      'a process that does two things at once',
      lines(invoke('c1', 'write'), invoke('c1')),
      'FILE, line 2: c1 invokes read while its write() of line 1 is still pending; expected one thing at a time: let it return, fail or be unknown first, or give each client a process of its own',
    ],
    [
      'the return of another operation',
      lines(invoke('c1'), returns('c1', 'write')),
      'FILE, line 2: c1 returns from write, but has invoked read (line 1); expected the end of read',
    ],
    [
      'an id that occurs twice',
      JSON.stringify([
        { type: 'invoke', process: 'c1', operation: 'read', id: 7 },
        { type: 'invoke', process: 'c2', operation: 'read', id: 7 },
      ]),
      'FILE, events[1]: the operation 7 occurs twice (first in events[0]); expected each once',
    ],
    [
      'the end of another id',
      JSON.stringify([
        { type: 'invoke', process: 'c1', operation: 'read', id: 7 },
        { type: 'return', process: 'c1', id: 8 },
      ]),
      'FILE, events[1]: c1 ends the operation 8, and has invoked 7; expected the end of that one',
    ],
    [
      'an index of Jepsen that occurs twice',
      lines('{:process 0 :type :invoke :f :read :index 3}', '{:process 0 :type :ok :f :read :index 3}'),
      'FILE, line 2: the index 3 occurs twice (first in line 1); expected each once',
    ],
  ])('%s', (_, text, message) => expect(() => parseHistory(text, 'FILE')).toThrow(message))
})
