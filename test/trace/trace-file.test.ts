import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { propertyNamed } from '../../src/judge/ending.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { parseTrace, readTrace, traceText } from '../../src/trace/trace-file.ts'
import { traceName, writeTrace } from '../../src/trace/write-trace.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { ballotProtocol } from '../judge/ballot.ts'
import { stepBy } from '../judge/shortest-path.ts'
import { newFolder } from '../new-folder.ts'

const model = ballotProtocol.instantiate({ voters: 2 }, ['twoVotes'])
const trace = record(
  model,
  propertyNamed(model, 'modest'),
  { initial: {}, steps: [stepBy('n1', 'stand', { reason: '因为我最好' })] },
  { spec: './ballot.ts' },
)
const text = traceText(trace)

const TEXT = `{
  "format": "splitbrain trace",
  "version": 1,
  "protocol": "ballot",
  "spec": "./ballot.ts",
  "parameters": {"crashes":0,"duplicates":0,"losses":0,"partitions":0,"pauses":0,"voters":2},
  "bugs": ["twoVotes"],
  "property": {"name":"modest","claim":"nobody votes for oneself"},
  "verdict": "violated",
  "because": "n1.votedFor = n1",
  "initial": {
    "choices": {},
    "state": {
      "n1": {"votedFor":null,"votes":{"#set":[]},"won":false},
      "n2": {"votedFor":null,"votes":{"#set":[]},"won":false},
      "winners": []
    },
    "hash": "a146ba24e173354b"
  },
  "steps": [
    {
      "action": "stand",
      "process": "n1",
      "arguments": {"reason":"因为我最好"},
      "changes": [
        {"component":"n1","path":"votedFor","before":null,"after":"n1"},
        {"component":"n1","path":"votes","before":{"#set":[]},"after":{"#set":["n1"]}},
        {"component":"n1→n2","path":"","after":{"reason":"因为我最好","type":"Ask"}}
      ],
      "hash": "09bef35d6a93405a"
    }
  ],
  "checksum": "sha256:61f310a322ddfe8e6237771008d1ac5b8fe2f0cf957e451ded845c8aeb48f71e"
}
`

/** The code and message that `text` is refused with. */
function refusal(changed: string): string {
  try {
    parseTrace(changed, 'ballot.json')
    return 'accepted'
  } catch (error) {
    if (!(error instanceof SplitbrainError)) throw error
    return `${error.code}: ${error.message}`
  }
}

describe('the text of a trace', () => {
  it('is JSON that a person can read', () => {
    expect(text).toBe(TEXT)
  })

  it('is read back as it was written, and written again as it was read', () => {
    const back = parseTrace(text, 'ballot.json')
    expect(back).toEqual(trace)
    expect(traceText(back)).toBe(text)
    expect(replay(model, back)).toEqual({ outcome: 'reproduced', because: 'n1.votedFor = n1' })
  })

  it('may be laid out in another way', () => {
    expect(parseTrace(JSON.stringify(JSON.parse(text), null, 4), 'ballot.json')).toEqual(trace)
  })
})

describe('a file that is no trace', () => {
  const SAVE_ANEW = 'restore it, or check the protocol again and save a new trace'
  const bad = (problem: string) => `bad-trace: ballot.json is not a trace that can be replayed: ${problem}`
  const cases: readonly [string, string, string][] = [
    ['empty', '', bad('it is empty')],
    ['an array', '[]', bad('it holds an array, expected an object')],
    ['null', 'null', bad('it holds null, expected an object')],
    [
      'not JSON',
      '{\n  "format": "splitbrain trace"\n  "version": 1\n}',
      bad(`it is not JSON at line 3: Expected ',' or '}' after property value; ${SAVE_ANEW}`),
    ],
    [
      'other JSON',
      '{"name":"splitbrain"}',
      bad('its "format" is undefined, expected "splitbrain trace"; is it another kind of file?'),
    ],
    [
      'a version of the future',
      text.replace('"version": 1', '"version": 3'),
      bad(
        'it is of version 3; this splitbrain reads versions 1 and 2; update splitbrain, or check the protocol again and save a new trace',
      ),
    ],
    [
      'a field that is missing',
      text.replace('"verdict"', '"judgement"'),
      bad(
        'verdict: Invalid option: expected one of "violated"|"witnessed"; check the protocol again and save a new trace',
      ),
    ],
    [
      'a hash that is none',
      text.replace(trace.steps[0]!.hash, 'f00'),
      bad('steps.0.hash: expected a hash: 16 hexadecimal digits; check the protocol again and save a new trace'),
    ],
    [
      'a set of what no state holds',
      text.replace('{"#set":[]}', '{"#set":[{"#x":1}]}'),
      bad(
        'initial.state.n1: a value.votes (element): ' +
          'the key "#x" cannot be part of a state; values are JSON, and sets; check the protocol again and save a new trace',
      ),
    ],
  ]
  it.each(cases)('%s', (_, changed, message) => {
    expect(refusal(changed)).toBe(message)
  })

  it('is told to be cut off, wherever it is', () => {
    for (let length = 1; length < text.length - 2; length++) {
      const cutOff = text.slice(0, length)
      const lines = cutOff.trimEnd().split('\n').length
      expect(refusal(cutOff)).toBe(bad(`it is cut off at line ${lines}; ${SAVE_ANEW}`))
    }
  })

  it('is refused after any change of a letter or digit', () => {
    for (const { index } of text.matchAll(/[a-z0-9]/g)) {
      const other = text[index] === '7' ? '8' : '7'
      expect(refusal(text.slice(0, index) + other + text.slice(index + 1))).not.toBe('accepted')
    }
  })

  it('is told to be tampered with', () => {
    expect(refusal(text.replace('nobody votes', 'everybody votes'))).toMatch(
      /^tampered-trace: ballot\.json was changed after it was saved: its checksum is "sha256:[0-9a-f]{64}", its content has sha256:[0-9a-f]{64}\. A trace is evidence and not edited by hand: restore it, or check the protocol again and save a new one\.$/,
    )
  })
})

describe('saving', () => {
  const folder = newFolder()

  it('makes the folder, replaces the file and leaves nothing else', () => {
    const file = join(folder, 'new', 'ballot.json')
    writeTrace(file, { ...trace, because: 'an older one' })
    writeTrace(file, trace)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(readTrace(file)).toEqual(trace)
    expect(readdirSync(join(folder, 'new'))).toEqual(['ballot.json'])
  })

  it('fails with a remedy where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '')
    const file = join(folder, 'file', 'ballot.json')
    expect(() => writeTrace(file, trace)).toThrow(
      expect.objectContaining({
        code: 'cannot-write',
        message: expect.stringMatching(
          /^the trace cannot be saved as .*ballot\.json: .*; choose another folder with --out, or --no-save$/,
        ),
      }),
    )
    expect(readdirSync(folder)).toEqual(['file', 'new'])
  })

  it('tells a missing file from one that cannot be read', () => {
    const missing = join(folder, 'missing.json')
    expect(() => readTrace(missing)).toThrow(`${missing} is not a trace that can be replayed: there is no such file`)
    expect(() => readTrace(folder)).toThrow('it cannot be read: EISDIR')
  })
})

describe('the name of a file', () => {
  const named = (fields: Partial<Trace>, defaults = {}) => traceName({ ...trace, ...fields }, defaults)

  it('tells the protocol, the bugs and the property', () => {
    expect(named({})).toBe('ballot-two-votes-modest.json')
    expect(named({ bugs: [], property: { name: 'electionSafety', claim: '' } })).toBe('ballot-election-safety.json')
  })

  it('tells the variant, but no bounds', () => {
    const parameters = { lock: 'setNx', fencing: false, nodes: 5 }
    expect(named({ bugs: [], parameters })).toBe('ballot-set-nx-no-fencing-modest.json')
    expect(named({ bugs: [], parameters }, { lock: 'setNx', fencing: true })).toBe('ballot-no-fencing-modest.json')
    expect(named({ bugs: [], parameters }, parameters)).toBe('ballot-modest.json')
  })
})

it('a reason longer than anybody reads is cut where a trace is made, and refused in a file', () => {
  const wordy = {
    ...propertyNamed(model, 'modest'),
    judge: () => ({ holds: false, because: 'x'.repeat(20_000), exercised: true }),
  }
  const told = record(model, wordy as Parameters<typeof record>[1], { initial: {}, steps: [] })
  expect(told.because).toBe(`${'x'.repeat(9_999)}…`)
  expect(parseTrace(traceText(told), 'it')).toEqual(told)
  expect(() => parseTrace(traceText({ ...told, because: 'x'.repeat(10_001) }), 'it')).toThrow(
    'it is not a trace that can be replayed: because: expected at most 10000 characters',
  )
})
