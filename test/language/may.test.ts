/** What `may` takes, where it may stand, and how it is shown. */
import { disabled, may, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { isOptional } from '../../src/language/may.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { runHere } from '../cli/run-here.ts'

it('marks an action, and leaves the function that it is given alone', () => {
  const ask = (n: number) => n + 1
  const optional = may(ask)
  expect([isOptional(optional), isOptional(ask), optional(1)]).toEqual([true, false, 2])
})

it.each([
  [false, 'false'],
  [undefined, 'undefined'],
  [{}, 'an object'],
])('%j is no action', (body, found) => {
  expect(() => may(body as never)).toThrow(
    new SplitbrainError('bad-protocol', `found may(${found}); expected an action: may((me) => { ... })`),
  )
})

const counting = (part: object) => () =>
  protocol({ name: 'a', roles: { n: { volatile: { x: z.int().default(0) } } }, messages: { M: {} } }, () => ({
    population: { n: 2 },
    properties: {},
    ...part,
  })).instantiate()

describe('only actions are optional', () => {
  const body = may(() => disabled)
  it.each([
    ['start.n', { start: { n: body } }],
    ['restart.n', { restart: { n: body } }],
    ['receive.n.M', { receive: { n: { M: body } } }],
  ])('%s', (where, part) => {
    const message = `${where} is may(...); expected a function: only actions are optional`
    expect(counting(part)).toThrow(new SplitbrainError('bad-protocol', message))
  })

  it('those of processes and of the environment', () => {
    const { rules } = counting({ actions: { n: { go: body, stop: () => disabled }, environment: { tick: body } } })()
    expect(rules.map(({ action, process, optional }) => `${process} ${action} ${optional === true}`)).toEqual([
      'n1 go true',
      'n1 stop false',
      'n2 go true',
      'n2 stop false',
      'null tick true',
    ])
  })
})

it('verify show says what may happen and need not, and where a crash may come', async () => {
  const { stdout } = await runHere(['show', 'central-mutex'])
  expect(stdout).toContain('client       ask (may), leave, Grant')
  const raft = await runHere(['show', 'raft'])
  expect(raft.stdout).toMatch(/crash \(amid\s+sends, too\)/)
})

describe('verify --stutter', () => {
  const freely = ['cap-register', '--scenario', 'cp-whole', '--no-save']

  it('is what a verdict that rests on progress names', async () => {
    const { code, stdout } = await runHere(freely)
    expect(code).toBe(0)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '! an execution is taken to go on while something can happen that need not be fair; without that (--stutter) answered would be violated',
    )
  })

  it('lets executions stop where something can happen', async () => {
    const { code, stdout } = await runHere([...freely, '--stutter'])
    expect(code).toBe(1)
    expect(stdout).toContain('assuming no fairness, nor that it goes on')
    expect(stdout).toContain('it may stop there, as anywhere')
  })
})
