/**
 * Many starts: fields whose values are chosen as the system is set up. A memo that has missed a question is seen where two
 * states differ in its answer alone; few states that come one after another do.
 */
import type { Draw } from './draw.ts'
import type { Field } from './fields.ts'
import type { World } from './world.ts'

/** The most starts. */
const MOST = 24

const ROWS = ['[]', '[{ k: 1, l: [] }]', '[{ k: 0, l: [1] }, { k: 1, l: [] }]', '[{ k: 1, l: [] }, { k: 0, l: [1] }]']

const POOLS: Readonly<Record<string, readonly string[]>> = {
  int: ['0', '1', '2'],
  bool: ['false', 'true'],
  mode: ["'idle'", "'busy'", "'done'"],
  who: ['null', "'a1'", "'a2'"],
  list: ['[]', '[0]', '[1]', '[0, 1]', '[1, 0]', '[2, 2]', '[0, 0]'],
  names: [
    'new Set()',
    "new Set(['x'])",
    "new Set(['y'])",
    "new Set(['x', 'y'])",
    "new Set(['a1'])",
    "new Set(['a1', 'x'])",
  ],
  votes: [
    'new Set()',
    "new Set([['a1', 0]])",
    "new Set([['a1', 1]])",
    "new Set([['a1', 0], ['x', 1]])",
    "new Set([['x', 0]])",
  ],
  book: ['{}', '{ x: 0 }', '{ y: 0 }', '{ x: 1, y: 0 }', "{ '10': 2, x: 0 }", '{ a1: 1 }', '{ constructor: 1 }'],
  shelf: [
    '{}',
    '{ x: { n: 0, l: [] } }',
    '{ x: { n: 0, l: [1] } }',
    '{ y: { n: 1, l: [] } }',
    '{ a1: { n: 2, l: [0, 1] } }',
  ],
  tree: [
    'seed()',
    '{ ...seed(), opt: 0 }',
    '{ ...seed(), opt: 1 }',
    '{ x: 0, kid: { y: 1, list: [] } }',
    '{ x: 1, kid: { y: 1, list: [0] } }',
  ],
  rows: [...ROWS, "[{ k: 1, l: [], by: 'a1' }]", '[{ k: 0, l: [] }, { k: 0, l: [] }]'],
  any: [
    'null',
    '0',
    "'0'",
    'false',
    '[]',
    '{}',
    '[0]',
    '{ a: 0 }',
    'new Set()',
    'new Set([0])',
    'new Set([null])',
    "{ 0: 'x' }",
  ],
}

export interface Strewn {
  /** Statements, by role. */
  readonly ofRoles: Readonly<Record<string, readonly string[]>>
  readonly ofShared: readonly string[]
}

export function strew(draw: Draw, { roles, shared, isImpartial }: World): Strewn {
  let left = MOST
  const choicesOf = (owner: string, fields: readonly Field[], times: number): string[] =>
    fields.flatMap(({ name, kind }) => {
      const options = draw.some(POOLS[kind]!, 60).filter((value) => !(isImpartial && /\ba\d/.test(value)))
      const ways = options.length ** times
      if (options.length < 2 || ways > left) return []
      left = Math.floor(left / ways)
      return [`${owner}.${name} = choose('${owner} ${name}', [${options.join(', ')}])`]
    })
  return {
    ofShared: choicesOf('shared', shared, 1),
    ofRoles: Object.fromEntries(roles.map(({ name, fields, processes }) => [name, choicesOf('me', fields, processes)])),
  }
}
