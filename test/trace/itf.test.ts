/** The Informal Trace Format, both ways: what is written and read again is the same trace, and has the same verdict. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { statesOf } from '../../src/judge/states-of.ts'
import type { Value } from '../../src/model.ts'
import { itfText, parseItf, traceOfItf } from '../../src/trace/itf.ts'
import { fromItf, toItf } from '../../src/trace/itf-value.ts'
import { canonical, textOf } from '../../src/value/canonical.ts'
import { tracesOfEach } from '../corpus/committed-traces.ts'
import { comesBack } from '../corpus/trace-comes-back.ts'
import { ballotProtocol } from '../judge/ballot.ts'
import { stepBy } from '../judge/shortest-path.ts'

const model = ballotProtocol.instantiate({ voters: 2 }, ['openEnd'])
const property = model.properties.find(({ name }) => name === 'modest')!
const trace = record(model, property, {
  initial: {},
  steps: [stepBy('n1', 'stand', { reason: 'because I am the best' })],
})
const written = () => JSON.parse(itfText(model, trace, statesOf(model, trace)))
const read = (json: unknown) => traceOfItf(model, parseItf(json, 'x.itf.json'), 'x.itf.json')

describe('values', () => {
  it.each([
    [7, { '#bigint': '7' }],
    [-7, { '#bigint': '-7' }],
    [null, { tag: 'None', value: { '#tup': [] } }],
    [new Set([1, 2]), { '#set': [{ '#bigint': '1' }, { '#bigint': '2' }] }],
    [
      [true, 'a'],
      [true, 'a'],
    ],
    [{ a: [1] }, { a: [{ '#bigint': '1' }] }],
  ] as const)('%j', (value, json) => {
    expect(toItf(canonical(value, 'v'))).toEqual(json)
  })

  it('come back as they went', () => {
    const key = fc.stringMatching(/^[a-z]{1,3}$/)
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.boolean(),
        fc.string(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 3 }).map((elements) => new Set(elements)),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(tree, (input) => {
        const value: Value = canonical(input, 'v')
        const json = JSON.parse(JSON.stringify(toItf(value)))
        expect(textOf(canonical(fromItf(json, 'v'), 'v'))).toBe(textOf(value))
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('that other tools write are read: small integers, tuples, maps', () => {
    expect(fromItf({ a: 1, t: { '#tup': [2] }, m: { '#map': [['k', { '#bigint': '3' }]] } }, 'v')).toEqual({
      a: 1,
      t: [2],
      m: { k: 3 },
    })
  })

  it.each([[1.5, '1.5 cannot be written as ITF, which knows integers only; use --format json']])(
    '%j is refused',
    (value, message) => {
      expect(() => toItf(value)).toThrow(message)
    },
  )

  it.each([
    [null, 'v: found null, which is no value of the Informal Trace Format'],
    [{ '#bigint': 'x' }, 'v: found {"#bigint":"x"}, which is no value of the Informal Trace Format'],
    [
      { '#bigint': '9007199254740993' },
      'v: found {"#bigint":"9007199254740993"}, which is no value of the Informal Trace Format',
    ],
    [
      [{ '#unserializable': 'f' }],
      'v[0]: found {"#unserializable":"f"}, which is no value of the Informal Trace Format',
    ],
  ])('%j is not read', (json, message) => {
    expect(() => fromItf(json, 'v')).toThrow(message)
  })
})

describe('a trace', () => {
  it.each(tracesOfEach())('%s comes back as it went', comesBack)

  it('names the actions as Quint does', () => {
    const [first, second] = written().states
    expect([first['mbt::actionTaken'], second['mbt::actionTaken']]).toEqual(['init', 'n1.stand'])
    expect(second['mbt::nondetPicks']).toEqual({ reason: { tag: 'Some', value: 'because I am the best' } })
    expect(written().vars.slice(-2)).toEqual(['mbt::actionTaken', 'mbt::nondetPicks'])
  })

  it('whose states were edited diverges', () => {
    const json = written()
    json.states[1].n1.won = true
    expect(replay(model, read(json))).toMatchObject({
      outcome: 'diverged',
      step: 1,
      expected: 'n1.won false → true',
      found: 'no such change of n1.won',
    })
  })

  it('of other shape is refused, with what is missing', () => {
    const noStep = written()
    delete noStep.states[1]['#meta'].step
    expect(() => read(noStep)).toThrow(
      'x.itf.json is not a trace that can be replayed: state 1 does not say which step led to it',
    )
    const noVariable = written()
    delete noVariable.states[1].n2
    expect(() => read(noVariable)).toThrow(
      'x.itf.json, state 1 is not a trace that can be replayed: it has no n2, which ballot has',
    )
    expect(() => parseItf({ '#meta': { format: 'ITF' }, vars: [], states: [{}] }, 'x')).toThrow(
      'x is not a trace that can be replayed: #meta.splitbrain: Invalid input: expected object, received undefined. A trace of another tool must say under #meta.splitbrain which protocol',
    )
  })
})
