/** What is wrong with a protocol's text is refused before any search, in words that say what to do. */
import { always, deadlockFree, declare, disabled, id, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import type { AnyDeclaration } from '../../src/language/declaration.ts'
import type { Protocol } from '../../src/language/protocol.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

const refusal = (code: SplitbrainError['code'], message: string) => new SplitbrainError(code, message)

it.each([
  ['n1', 'a process and a shared variable are both called n1; expected another name for one of them'],
  [
    'losses',
    'a shared variable and the budget of a fault are both called losses; expected another name for one of them',
  ],
])('a shared variable %s that would be taken for something else is refused', (name, message) => {
  const p = protocol(
    {
      name: 'namesakes',
      shared: { [name]: z.int().default(0) },
      roles: { node: { prefix: 'n' } },
      messages: { Ping: {} },
      faults: { lose: true },
    },
    () => ({ population: { node: 2 }, receive: { node: { Ping() {} } }, properties: {} }),
  )
  expect(() => p.instantiate({ losses: 1 })).toThrow(refusal('bad-protocol', message))
})

describe('parameters', () => {
  const p = protocol(
    {
      name: 'parameters',
      parameters: { nodes: z.int().min(1).max(5).default(3), mode: z.enum(['a', 'b']).default('a') },
      bugs: { forget: 'forgets', lie: 'lies' },
      roles: { node: {} },
      messages: { Ping: {} },
      faults: { crash: { roles: ['node'], budget: 2 }, lose: true },
    },
    ({ nodes }) => ({ population: { node: nodes }, properties: {} }),
  )

  it('are settled to what is given, else to their defaults; faults bring their budgets along', () => {
    expect(p.instantiate().parameters).toEqual({ nodes: 3, mode: 'a', crashes: 2, losses: 0 })
    expect(p.instantiate({ nodes: 1, losses: 4 }).parameters).toEqual({ nodes: 1, mode: 'a', crashes: 2, losses: 4 })
  })

  it.each<[Record<string, unknown>, string]>([
    [{ node: 1 }, 'there is no parameter node; the parameters are: nodes, mode, crashes, losses'],
    [{ toString: 1 }, 'there is no parameter toString; the parameters are: nodes, mode, crashes, losses'],
    [{ nodes: 0 }, 'parameter nodes is 0: Too small: expected number to be >=1'],
    [{ nodes: 2.5 }, 'parameter nodes is 2.5: Invalid input: expected int, received number'],
    [{ nodes: 'x' }, 'parameter nodes is "x": Invalid input: expected number, received string'],
    [{ mode: 'c' }, 'parameter mode is "c": Invalid option: expected one of "a"|"b"'],
    [{ crashes: 10 }, 'parameter crashes is 10: expected 0 to 9, or unlimited'],
    [{ losses: 'endless' }, 'parameter losses is "endless": expected 0 to 9, or unlimited'],
    [{ nodes: 'unlimited' }, 'parameter nodes is "unlimited": Invalid input: expected number, received string'],
  ])('%j is refused', (given, message) => {
    expect(() => p.instantiate(given)).toThrow(refusal('bad-parameter', message))
  })

  it('that a protocol does not have are none', () => {
    const bare = protocol({ name: 'bare' }, () => ({ properties: {} }))
    const message = 'there is no parameter x; the parameters are: none'
    expect(() => bare.instantiate({ x: 1 })).toThrow(refusal('bad-parameter', message))
    expect(() => bare.instantiate({}, ['x'])).toThrow(refusal('bad-parameter', 'bare has no bug x; its bugs are: none'))
  })

  it('bugs are known by name, and sorted', () => {
    expect(p.instantiate({}, ['lie', 'forget']).bugs).toEqual(['forget', 'lie'])
    const message = 'parameters has no bug forgets; its bugs are: forget, lie'
    expect(() => p.instantiate({}, ['forgets'])).toThrow(refusal('bad-parameter', message))
  })
})

describe('names', () => {
  const taken = (...names: readonly string[]) => `another name: splitbrain itself uses ${names.join(', ')}`
  const options = taken(
    ...[
      'bfs',
      'bug',
      'compact',
      'continue',
      'crashes',
      'dfs',
      'duplicates',
      'expect',
      'full',
      'help',
      'inductive',
      'json',
      'lanes',
      'losses',
    ],
    ...['maxDepth', 'maxMemory', 'maxStates', 'out', 'partitions', 'pauses', 'property', 'quiet', 'save', 'scenario'],
    ...['seed', 'simulate', 'stats', 'stutter', 'symmetry', 'timeout', 'types', 'version', 'walks', 'workers'],
  )
  const camel = 'a camelCase name, as in maxTerm'
  const int = z.int().default(0)
  it.each<[AnyDeclaration, string, string]>([
    [{ name: 'TwoPhase' }, 'the protocol\'s name "TwoPhase"', 'lower case with dashes, as in two-phase-commit'],
    [{ name: 'a--b' }, 'the protocol\'s name "a--b"', 'lower case with dashes, as in two-phase-commit'],
    [
      { name: 'a', roles: { environment: {} } },
      'the role environment',
      taken(
        'channel',
        'choose',
        'environment',
        'history',
        'ids',
        'isCut',
        'me',
        'messages',
        'network',
        'send',
        'shared',
      ),
    ],
    [{ name: 'a', roles: { Node: {} } }, 'the role "Node"', camel],
    [{ name: 'a', roles: { node: { durable: { health: int } } } }, 'the field health', taken('health', 'id')],
    [{ name: 'a', roles: { node: { volatile: { 'x-y': int } } } }, 'the field "x-y"', camel],
    [{ name: 'a', parameters: { maxStates: int } }, 'the parameter maxStates', options],
    [{ name: 'a', parameters: { crashes: int } }, 'the parameter crashes', options],
    [{ name: 'a', parameters: { workers: int } }, 'the parameter workers', options],
    [{ name: 'a', shared: { partition: int } }, 'the shared variable partition', taken('history', 'partition')],
    [{ name: 'a', bugs: { 'half-quorum': '' } }, 'the bug "half-quorum"', camel],
    [
      { name: 'a', roles: { node: { durable: { x: int }, volatile: { x: int } } } },
      'roles.node.x',
      'a field that is durable or volatile, not both',
    ],
    ...['constructor', 'toString', 'hasOwnProperty'].map((name): [AnyDeclaration, string, string] => [
      { name: 'a', roles: { node: { durable: { [name]: int }, volatile: { x: int } } } },
      `the field ${name}`,
      'another name: every object has something of this name',
    ]),
  ])('case %#', (declaration, found, expected) => {
    const build = () => protocol(declaration, () => ({ properties: {} }))
    expect(build).toThrow(refusal('bad-protocol', `${found} cannot be used; expected ${expected}`))
  })
})

describe('population', () => {
  const of = (population: Record<string, number>, prefix = 'client') =>
    protocol({ name: 'a', roles: { client: { prefix }, server: {} } }, () => ({
      population: population as { client: number; server: number },
      properties: {},
    })).instantiate()

  it('names processes in the order of the roles', () => {
    expect(of({ server: 1, client: 2 }, 'c').components.map(({ name }) => name)).toEqual(['c1', 'c2', 'server1'])
    expect(of({ server: 0, client: 0 }).components).toEqual([])
  })

  it.each<[Record<string, number>, string]>([
    [{ client: 1 }, 'population.server is undefined'],
    [{ client: 1, server: 1.5 }, 'population.server is 1.5'],
    [{ client: -1, server: 1 }, 'population.client is -1'],
  ])('%j is refused', (population, found) => {
    const expected = 'expected how many processes of that role there are, an integer from 0'
    expect(() => of(population)).toThrow(refusal('bad-protocol', `${found}; ${expected}`))
  })

  it('may not give two processes one name', () => {
    const message = 'two roles name their processes alike; give one of them another prefix'
    expect(() => of({ client: 1, server: 1 }, 'server')).toThrow(refusal('bad-protocol', message))
  })
})

describe('a definition', () => {
  const parts = 'population, mostDown, cuts, requires, start, actions, receive, restart, constraint, view, properties'
  const of = (definition: object) =>
    protocol(
      { name: 'a', roles: { node: {} }, messages: { Ping: {} }, faults: { crash: 'node', partition: true } },
      () => ({
        population: { node: 1 },
        properties: {},
        ...definition,
      }),
    ).instantiate()

  it.each<[object, string]>([
    [{ action: {} }, `there is no action in the definition; did you mean actions? Expected ${parts}`],
    [{ population: { node: 1, nodes: 1 } }, 'there is no population.nodes; did you mean node? Expected node'],
    [{ actions: { nodes: {} } }, 'there is no actions.nodes; did you mean node? Expected node, environment'],
    [{ start: { nodes() {} } }, 'there is no start.nodes; did you mean node? Expected node, environment'],
    [{ receive: { nodes: {} } }, 'there is no receive.nodes; did you mean node? Expected node'],
    [{ receive: { environment: {} } }, 'there is no receive.environment; expected node'],
    [{ receive: { node: { Pong() {} } } }, 'there is no receive.node.Pong; did you mean Ping? Expected Ping'],
    [{ restart: { environment() {} } }, 'there is no restart.environment; expected node'],
    [{ actions: { node: { go: 1 } } }, 'actions.node.go is number; expected a function'],
    [{ restart: { node: {} } }, 'restart.node is object; expected a function'],
    [{ properties: undefined }, 'there are no properties; expected `properties`, with at least {}'],
    [
      { properties: { p: () => true } },
      'properties.p is not a question; expected always(...), never(...), sometimes(...), step(...), deadlockFree(...), canAlways(...), eventually(...), ...',
    ],
    [
      { properties: { p: deadlockFree<object>('it ends', { nodes: () => true } as object) } },
      'there is no properties.p.nodes; did you mean node? Expected node',
    ],
    ...['types', 'runs'].map((name): [object, string] => [
      { properties: { [name]: always('', () => true) } },
      `properties.${name} cannot be used; expected another name: splitbrain has one of this`,
    ]),
    [
      { actions: { node: { restart() {} } } },
      'actions.node.restart cannot be used; expected another name: a fault has this one',
    ],
    [
      { actions: { environment: { heal() {} } } },
      'actions.environment.heal cannot be used; expected another name: a fault has this one',
    ],
  ])('case %#', (definition, message) => {
    expect(() => of(definition)).toThrow(refusal('bad-protocol', message))
  })
})

describe('what is no definition', () => {
  const build = (define: unknown) => () =>
    protocol({ name: 'a' }, define as () => { properties: Record<string, false> }).instantiate()

  it.each<[string, unknown, string]>([
    [
      'none',
      undefined,
      'the definition is undefined; expected a function: (parameters, bug) => ({ properties: { ... } })',
    ],
    [
      'an object',
      {},
      'the definition is an object; expected a function: (parameters, bug) => ({ properties: { ... } })',
    ],
    ['no return', () => undefined, 'the definition returns nothing; expected return { ... }, or => ({ ... })'],
    [
      'async',
      async () => ({ properties: {} }),
      'the definition returns a promise; expected an object: { population, actions, receive, properties }',
    ],
    [
      'a list',
      () => [],
      'the definition returns an array; expected an object: { population, actions, receive, properties }',
    ],
  ])('%s', (_, define, message) => {
    expect(build(define)).toThrow(refusal('bad-protocol', message))
  })
})

describe('a body', () => {
  const wire = declare({
    name: 'wire',
    roles: { a: {}, b: { durable: { to: id('a').nullable().default(null) } } },
    messages: { M: {}, N: {} },
  })
  const steps = (p: Protocol) => {
    const model = p.instantiate()
    const [initial] = initialOutcomes(model)
    return [...stepsFrom(model, initial!.state)]
  }
  const sending = (type: 'M' | 'N', to: string) =>
    protocol(wire, () => ({
      population: { a: 1, b: 1 },
      actions: {
        a: {
          go: (_, { ids, send }) => send([...ids.a, ...ids.b].find((each) => each === to) ?? (to as never), { type }),
        },
      },
      receive: { b: { M: () => disabled } },
      properties: { p: always('', () => true), d: deadlockFree('', () => true) },
    }))

  it.each<[Protocol, string]>([
    [sending('N', 'b1'), 'a1 sends N to b1, but b has no handler for it; add receive.b.N'],
    [sending('M', 'a1'), 'a1 sends M to a1, which is itself; expected the id of another process'],
    [sending('M', 'b2'), 'a1 sends M to "b2"; expected the id of another process'],
  ])('that sends into the void is refused: case %#', (p, message) => {
    expect(() => steps(p)).toThrow(refusal('bad-step', message))
  })

  // biome-ignore lint/suspicious/noExplicitAny: what the compiler would refuse
  const calling = (body: (context: any) => void) =>
    protocol(wire, () => ({
      population: { a: 1, b: 1 },
      actions: { a: { go: (_, context) => body(context) } },
      receive: { b: { M: () => disabled } },
      properties: {},
    }))
  const SEND = "expected send(to, { type: 'Ping', ... }), where to is the id of a process or a list of ids"
  const CHOOSE = "expected choose(name, options), as in choose('peer', peers)"

  it.each<[Protocol, string]>([
    ...['__proto__', '#set'].map((name): [Protocol, string] => [
      calling(({ choose }) => choose(name, [1])),
      `a choice is called ${name}; expected a name that does not start with # and is not __proto__`,
    ]),
    [calling(({ send }) => send('b1', 'M')), `a1 calls send("b1", "M"); ${SEND}`],
    [calling(({ send }) => send({ type: 'M' })), `a1 calls send(an object, undefined); ${SEND}`],
    [calling(({ send }) => send(undefined, { type: 'M' })), `a1 calls send(undefined, an object); ${SEND}`],
    [calling(({ send }) => send('b1', {})), `a1 calls send("b1", an object); ${SEND}`],
    [
      calling(({ send }) => send(['b1', null], { type: 'M' })),
      'a1 sends M to null; expected the id of another process',
    ],
    [
      calling(({ send }) => send('b1', { type: 'MM' })),
      'a1 sends MM, which is not declared in messages; did you mean M? Declared are M, N',
    ],
    [
      calling(({ send }) => send('b1', { type: 'Pong' })),
      'a1 sends Pong, which is not declared in messages; declared are M, N',
    ],
    [calling(({ choose }) => choose([1, 2])), `it calls choose(an array, undefined); ${CHOOSE}`],
    [calling(({ choose }) => choose('k', 3)), `it calls choose("k", 3); ${CHOOSE}`],
    [calling(({ choose }) => choose('', [3])), `it calls choose("", an array); ${CHOOSE}`],
  ])('that asks for what cannot be is refused: case %#', (p, message) => {
    expect(() => steps(p)).toThrow(refusal('bad-step', message))
  })

  it('may not give two choices of one step the same name', () => {
    const p = protocol({ name: 'a', shared: { x: z.int().default(0) } }, () => ({
      actions: {
        environment: {
          go({ shared, choose }) {
            shared.x = choose('n', [0, 1]) + choose('n', [0, 1])
          },
        },
      },
      properties: {},
    }))
    const message = 'two choices of one step are called n; give each its own name'
    expect(() => steps(p)).toThrow(refusal('bad-step', message))
  })
})
