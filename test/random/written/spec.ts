/**
 * Specs as text, written at random in the language of docs/language.md and in the JavaScript of those who use it. A spec
 * has switches, by which it is compiled without its questions, or within its constraint.
 */
import { compileFunction } from 'node:vm'
import * as splitbrain from 'splitbrain'
import type { Model } from '../../../src/model.ts'
import { Bodies } from './bodies.ts'
import type { Draw } from './draw.ts'
import { EXPRESSIONS } from './expressions.ts'
import { type Field, PRELUDE } from './fields.ts'
import { Grammar } from './grammar.ts'
import { Questions } from './questions.ts'
import { COUNTER, KINDS } from './recordings.ts'
import { STATEMENTS } from './statements.ts'
import { strew } from './strewn.ts'
import { drawWorld, type Role, type World } from './world.ts'

export interface Spec {
  readonly text: string
  readonly world: World
}

/** What of a spec is there. */
export interface Switches {
  readonly states?: boolean
  readonly executions?: boolean
  readonly constraint?: boolean
  readonly view?: boolean
}

export function modelOf(text: string, on: Switches): Model {
  const compiled = compileFunction(text, ['s', 'on'])
  const switches = { states: false, executions: false, constraint: false, view: false, ...on }
  return (compiled(splitbrain, switches) as splitbrain.Protocol).instantiate()
}

export function drawSpec(draw: Draw): Spec {
  const world = drawWorld(draw)
  const grammar = new Grammar(draw, { ...EXPRESSIONS, ...STATEMENTS }, draw.pick([60, 30, 12]))
  const bodies = new Bodies(grammar, world)
  const questions = new Questions(grammar, world)
  const definition = definitionOf(bodies, draw)
  const states = questions.ofStates()
  const bound = questions.predicate()
  const view = questions.view()
  const declaration = declarationOf(world, draw)
  const withQuestions = (executions: readonly string[]) =>
    [
      PRELUDE,
      ...(world.recorded === null ? [] : [COUNTER]),
      `return protocol(${declaration}, ({ size }) => ({`,
      ...definition,
      `constraint: { bound: on.constraint && (${bound}) },`,
      `view: on.view && (${view}),`,
      'properties: {',
      `...(on.states && {\n${states.join(',\n')}\n}),`,
      `...(on.executions && {\n${executions.join(',\n')}\n}),`,
      `bound: on.states && always('bound', ${bound}),`,
      '},',
      '}))',
    ].join('\n')
  const mute = modelOf(withQuestions([]), {})
  return { text: withQuestions(questions.ofExecutions(mute)), world }
}

function definitionOf(bodies: Bodies, draw: Draw): string[] {
  const { world } = bodies
  const { roles, receivers, messages, hasClocks } = world
  const named = (texts: readonly string[]) => texts.map((text, i) => `act${i}: ${text},`).join('\n')
  const mayCrash = world.faults.some((fault) => fault.startsWith('crash'))
  const strewn = draw.chance(50) ? strew(draw, world) : undefined
  const body = (texts: readonly string[]) => `{ ${texts.map((text) => `${text};`).join(' ')} }`
  const startOf = (role: Role) => {
    if (strewn !== undefined) return `(me, { choose }) => ${body(strewn.ofRoles[role.name]!)}`
    return draw.chance(30) ? bodies.start(role) : undefined
  }
  const startOfAll = () => {
    if (strewn !== undefined) return [`environment: ({ shared, choose }) => ${body(strewn.ofShared)},`]
    return draw.chance(15) ? [`environment: ${bodies.environment('start')},`] : []
  }
  const parts = roles.map((role) => ({
    name: role.name,
    start: startOf(role),
    actions: named(Array.from({ length: 1 + draw.below(2) }, () => bodies.action(role))),
    receive: receivers.includes(role.name)
      ? messages.map((message) => `${message.type}: ${bodies.receive(role, message)},`).join('\n')
      : undefined,
    restart: mayCrash && draw.chance(50) ? bodies.restart(role) : undefined,
  }))
  const environment = Array.from({ length: draw.chance(25) || hasClocks ? 1 : 0 }, () => bodies.environment('later'))
  // Only of a role that can be down for long.
  const down = world.faults.find((fault) => /^crash: \{ roles: \['a'.*'(later|never)'/.test(fault))
  const mostDown = down !== undefined && draw.chance(40) ? ['mostDown: { a: 1 },'] : []
  const ofRoles = (part: 'start' | 'actions' | 'receive' | 'restart', isTable: boolean) =>
    parts.flatMap(({ name, [part]: text }) =>
      text === undefined ? [] : [`${name}: ${isTable ? `{\n${text}\n}` : text},`],
    )
  return [
    `population: { ${roles.map(({ name, processes }) => `${name}: ${processes}`).join(', ')} },`,
    ...mostDown,
    `start: {\n${[...ofRoles('start', false), ...startOfAll()].join('\n')}\n},`,
    `actions: {\n${ofRoles('actions', true).join('\n')}\nenvironment: {\n${named(environment)}\n} },`,
    `receive: {\n${ofRoles('receive', true).join('\n')}\n},`,
    `restart: {\n${ofRoles('restart', false).join('\n')}\n},`,
  ]
}

function declarationOf(world: World, draw: Draw): string {
  const { roles, shared, messages, network, faults, recorded, size } = world
  const kind = recorded === null ? undefined : KINDS[recorded]
  const started = (field: Field) =>
    `${field.name}: ${field.schema}.default(${draw.pick(field.starts).replace(/^seed$/, 'seed')})`
  const role = ({ name, fields, durable, readable }: Role) => {
    const own = (isDurable: boolean) =>
      fields.filter((field) => durable.includes(field.name) === isDurable).map(started)
    const more = [
      ...(world.isFuelled ? ['fuel: z.int().min(0).default(2)'] : []),
      ...(world.hasClocks && name === 'a' ? ['ahead: z.int().default(0)'] : []),
      ...(recorded === null ? [] : ['calls: z.int().default(0)']),
    ]
    const open = recorded === null ? [] : ['open: z.string().nullable().default(null)']
    return `${name}: {
  durable: { ${[...own(true), ...more].join(', ')} },
  volatile: { ${[...own(false), ...open].join(', ')} },
  readable: [${readable.map((field) => `'${field}'`).join(', ')}],
},`
  }
  return `{
name: 'written',
parameters: { size: z.int().min(0).max(2).default(${size}) },
roles: {\n${roles.map(role).join('\n')}\n},
messages: {\n${messages.map(({ type, fields }) => `${type}: { ${fields.map(({ name, schema }) => `${name}: ${schema}`).join(', ')} },`).join('\n')}\n},
shared: { ${[...shared.map(started), ...(kind === undefined ? [] : [kind.shared])].join(', ')} },
${kind === undefined ? '' : `operations: ${kind.operations},`}
network: ${network},
faults: { ${faults.join(', ')} },
}`
}
