/** Formulas and questions of each process: what they take, and what is refused. */
import { alwaysEventuallyStep, eventually, eventuallyAlways, every, forEach, ltl, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

type Loose = (...args: unknown[]) => unknown
const yes = () => true
const refused = (message: string) => new SplitbrainError('bad-protocol', message)

it.each<[string, () => unknown, string]>([
  [
    'a claim',
    () => (ltl as unknown as Loose)(yes),
    'found ltl(a function, undefined); expected the claim in words, then a formula',
  ],
  [
    'a formula',
    () => (ltl as unknown as Loose)('x', true),
    'found true in ltl(...); expected a predicate, or a formula: ({ server }) => ..., or what ltl.finally(...) and the like return',
  ],
  [
    'a part of one',
    () => (ltl.until as Loose)(yes, 'done'),
    'found "done" in ltl.until(...); expected a predicate, or a formula: ({ server }) => ..., or what ltl.finally(...) and the like return',
  ],
  [
    'a question in one',
    () => (ltl.globally as Loose)(eventually('x', yes)),
    'found an object in ltl.globally(...); expected a predicate, or a formula: ({ server }) => ..., or what ltl.finally(...) and the like return',
  ],
  [
    'a goal',
    () => (eventuallyAlways as Loose)('x'),
    'found eventuallyAlways("x", undefined); expected the claim in words, then a function: eventuallyAlways(\'...\', ({ server }) => ...)',
  ],
  [
    'steps',
    () => (alwaysEventuallyStep as Loose)(yes),
    "found alwaysEventuallyStep(a function, undefined); expected the claim in words, then a function: alwaysEventuallyStep('...', (before, after) => ...)",
  ],
])('%s is asked for', (_, call, message) => expect(call).toThrow(refused(message)))

describe('forEach', () => {
  const expected =
    "expected a role and a question about executions: forEach('client', eventually('...', ({ me }) => ...)); " +
    'what is true of every state is said of all by `every`'

  it.each<[string, unknown[], string]>([
    ['a predicate', ['client', yes], 'forEach("client", a function)'],
    ['no role', [eventually('x', yes)], 'forEach(an object, undefined)'],
    ['a question of states', ['client', { kind: 'always' }], 'forEach("client", a question of kind always)'],
    [
      'forEach in itself',
      ['client', forEach('client' as never, eventually('x', yes) as never)],
      'forEach("client", a question of kind forEach)',
    ],
  ])('refuses %s', (_, args, found) => {
    expect(() => (forEach as unknown as Loose)(...args)).toThrow(refused(`found ${found}; ${expected}`))
  })

  const counting = (role: string) =>
    protocol({ name: 'counting', roles: { client: { volatile: { count: z.int().default(0) } } } }, () => ({
      population: { client: 2 },
      properties: {
        counts: forEach(
          role as 'client',
          eventually('it counts', ({ me, client }) => me.count > 0 && every(client, yes)),
        ),
      },
    }))

  it('refuses a role that there is not', () => {
    expect(() => counting('clent').instantiate()).toThrow(
      refused('properties.counts asks forEach("clent", ...); did you mean client? Expected client'),
    )
  })

  it('asks of every process of the role, and knows it as one of them', () => {
    const [counts] = counting('client').instantiate().properties
    expect(counts).toMatchObject({ kind: 'forEach', each: [{ process: 'client1' }, { process: 'client2' }] })
  })
})
