/** A plan as a protocol, through nothing but the public language. */
import {
  always,
  deadlockFree,
  disabled,
  every,
  id,
  linearizable,
  may,
  monotonicReads,
  never,
  none,
  noPair,
  type Protocol,
  protocol,
  readYourWrites,
  register,
  sequentiallyConsistent,
  some,
  sometimes,
  step,
  when,
  z,
} from 'splitbrain'
import { evaluate, intOf, type Scope } from './evaluate.ts'
import { type Actor, perform } from './perform.ts'
import {
  type BodyPlan,
  type Consistency,
  type Op,
  type Payload,
  type Plan,
  type Process,
  type PropertyPlan,
  READABLE,
  type RolePlan,
  type SharedState,
} from './plan.ts'

const Int = z.int().min(0).max(9)
const List = z.array(Int)
const NestSchema = z.object({ x: Int, items: List, inner: z.object({ list: List }) })
const Vote = z.strictObject({ by: z.string(), on: z.array(Int) })
const startNest = () => ({ x: 0, items: [0, 2], inner: { list: [1] } })

/** The names of the roles, in order; `n1` and `m1` are processes of theirs. */
export const ROLES = ['node', 'mate'] as const
const PREFIXES = ['n', 'm'] as const

type Surroundings = {
  readonly ids: Readonly<Record<string, readonly string[]>>
  readonly shared: SharedState
  readonly choose: Actor['choose']
}
type Context = Surroundings &
  NonNullable<Actor['recording']> & {
    readonly self: string
    readonly send: Actor['send']
    readonly read: NonNullable<Actor['read']>
  }
/** What others than the process itself see of it besides its fields. */
type Seen = { readonly id: string; readonly health: string }
type World = Surroundings &
  Readonly<Record<string, readonly (Process & Seen)[]>> & {
    readonly send: (from: string, to: string | readonly string[], message: object) => void
  } & NonNullable<Scope['network']>
type View = Readonly<Record<string, readonly (Process & Seen)[]>> & {
  readonly shared: SharedState
  readonly messages: readonly { readonly message: Payload }[]
}

/** Declaration and definition are put together from data, which the compiler cannot follow: the types end here. */
const untyped = protocol as unknown as (declaration: object, define: () => object) => Protocol

/** @param more parts of a definition: a `constraint`, a `view` */
export function protocolOf(plan: Plan, more: object = {}): Protocol {
  const roles = Object.fromEntries(plan.roles.map((role, i) => [ROLES[i]!, role]))
  const receivers = (type: string, self: string, ids: Surroundings['ids']) =>
    Object.entries(roles).flatMap(([role, { receive }]) =>
      type in receive ? ids[role]!.filter((each) => each !== self) : [],
    )
  const actorOf = (me: Process, context: Context, message?: Payload): Actor => ({
    me,
    shared: context.shared,
    self: context.self,
    ids: Object.values(context.ids).flat(),
    choose: context.choose,
    sendsFreely: true,
    send: context.send,
    read: context.read,
    recording: context,
    receivers: (type) => receivers(type, context.self, context.ids),
    ...(message === undefined ? {} : { message }),
  })
  const run = (actor: Actor, { burns, ops }: BodyPlan) => {
    if (burns) {
      if (actor.me.fuel === 0) return disabled
      actor.me.fuel -= 1
    }
    return perform({ ...actor, sendsFreely: burns }, ops)
  }
  const simple = (ops: readonly Op[]) => (me: Process, context: Context) => perform(actorOf(me, context), ops)
  const environment = (body: BodyPlan) => (world: World) => {
    const me = world.choose(
      'process',
      Object.values(world.ids)
        .flat()
        .map((_, i) => i),
    )
    const chosen = ROLES.flatMap((role) => (role in world ? world[role]! : []))[me]!
    const { ids, shared, choose } = world
    const self = chosen.id
    const send: Actor['send'] = (to, message) => world.send(self, to, message)
    const {
      recording: _,
      read: __,
      ...actor
    } = actorOf(chosen, { ids, shared, choose, self, send } as unknown as Context)
    const { channel, isCut } = world
    return run({ ...actor, health: chosen.health, network: { channel, isCut } }, body)
  }
  const forRoles = <T>(part: (role: RolePlan) => T) =>
    Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, part(role)]))

  return untyped(declarationOf(plan), () => ({
    population: forRoles(({ processes }) => processes),
    mostDown: mostDownOf(plan),
    ...cutsOf(plan),
    ...more,
    start: forRoles(({ start }) => simple(start)),
    actions: {
      ...forRoles(({ actions }) =>
        named(actions, (body) => optionally(body, (me: Process, context: Context) => run(actorOf(me, context), body))),
      ),
      environment: named(plan.environment, (body) => optionally(body, environment(body))),
    },
    receive: forRoles(({ receive }) =>
      Object.fromEntries(
        Object.entries(receive).map(([type, body]) => [
          type,
          (me: Process, message: Payload, context: Context) => run(actorOf(me, context, message), body),
        ]),
      ),
    ),
    restart: forRoles(({ restart }) => simple(restart)),
    properties: named(plan.properties, questionOf),
  }))
}

const optionally = <Body extends (...args: never[]) => unknown>({ optional }: BodyPlan, body: Body): Body =>
  optional ? may(body) : body

const named = <T, U>(items: readonly T[], make: (item: T) => U) =>
  Object.fromEntries(items.map((item, i) => [`a${i}`, make(item)]))

function declarationOf(plan: Plan): object {
  const names = ROLES.slice(0, plan.roles.length)
  const fields = (fuel: number) => ({
    fuel: Int.default(fuel),
    n: Int.default(0),
    m: Int.default(0),
    flag: z.boolean().default(false),
    mode: z.enum(['a', 'b', 'c']).default('a'),
    peer: id('node').nullable().default(null),
    set: z.set(id('node')).default(new Set() as never),
    votes: z.set(Vote).default(new Set()),
    list: List.default([1, 0]),
    list2: List.default([2, 1]),
    table: z.record(z.string(), Int).default({}),
    nest: NestSchema.default(startNest),
    nest2: NestSchema.default(startNest),
    rows: z.array(z.object({ k: Int, l: List })).default([{ k: 0, l: [] }]),
    open: z.enum(['read', 'write']).nullable().default(null),
  })
  const payload = { n: Int, who: z.string().nullable(), list: List, nest: NestSchema, set: z.set(z.string()) }
  const roles = plan.roles.map(({ fuel, durable }, i) => {
    const all = Object.entries(fields(fuel))
    const split = (isDurable: boolean) =>
      Object.fromEntries(all.filter(([name]) => durable.includes(name) === isDurable))
    return [
      names[i]!,
      { prefix: PREFIXES[i]!, durable: split(true), volatile: split(false), readable: READABLE },
    ] as const
  })
  return {
    name: 'random',
    roles: Object.fromEntries(roles),
    messages: { Put: payload, Note: payload, Ping: payload },
    shared: {
      count: Int.default(0),
      log: List.default([1]),
      seen: z.set(z.string()).default(new Set()),
      cast: z.set(Vote).default(new Set(plan.isImpartial ? [] : [{ by: 'n1', on: [1] }])),
      tree: NestSchema.default(startNest),
    },
    operations: { write: { argument: Int }, read: { result: Int } },
    network: networkOf(plan),
    faults: {
      crash: crashesOf(plan, names),
      pause: { roles: [names[0]!], budget: plan.pauses },
      lose: lossesOf(plan),
      duplicate: { budget: plan.duplicates, messages: ['Put', 'Ping'] },
      partition: partitionOf(plan, names),
    },
  }
}

const networkOf = ({ network: { order, capacity } }: Plan): object => ({
  order,
  ...(capacity === null ? {} : { capacity }),
})

function mostDownOf({ roles, crash, mateCrash }: Plan): object {
  if (mateCrash === null) return {}
  const { restart } = roles.length > 1 ? mateCrash : crash
  return restart === 'at once' ? {} : { [ROLES[roles.length - 1]!]: mateCrash.mostDown }
}

function partitionOf(plan: Plan, names: readonly string[]): object {
  const { given: _, roles, cut, ...rest } = plan.partition
  return areGiven(plan) ? rest : { ...rest, cut, roles: names.slice(0, roles === 'all' ? names.length : 1) }
}

/** Whether the cuts are given: those of a single process cannot be. */
function areGiven({ partition: { given, roles }, roles: all }: Plan): boolean {
  const [first, ...others] = all.map(({ processes }) => processes)
  return given !== 'none' && (first! > 1 || (roles === 'all' && others.length > 0))
}

function cutsOf(plan: Plan): object {
  if (!areGiven(plan)) return {}
  const { given, roles, oneWay } = plan.partition
  return {
    cuts(ids: Surroundings['ids']) {
      const cuttable = roles === 'all' ? Object.values(ids).flat() : ids[ROLES[0]]!
      if (given === 'apart') return [cuttable.map((each) => [each])]
      if (given === 'bridge') return [[[cuttable[0]!], [cuttable.at(-1)!]]]
      return subsets(cuttable.slice(1)).flatMap((side) => {
        const others = cuttable.filter((each) => !side.includes(each))
        return side.length === 0
          ? []
          : oneWay
            ? [
                [side, others],
                [others, side],
              ]
            : [[side, others]]
      })
    },
  }
}

const subsets = <T>([first, ...others]: readonly T[]): T[][] =>
  first === undefined ? [[]] : subsets(others).flatMap((subset) => [subset, [first, ...subset]])

function crashesOf({ crash, mateCrash }: Plan, names: readonly string[]): object {
  const [node, mate] = names
  if (mate === undefined || mateCrash === null) return { roles: names, ...crash }
  const { restart, budget } = mateCrash
  return [
    { roles: [node], ...crash },
    { roles: [mate], restart, budget },
  ]
}

/** `Ping`s are not lost where losses are a list. */
function lossesOf({ losses, noteLosses }: Plan): object {
  if (noteLosses === null) return { budget: losses }
  return [
    { messages: ['Put'], budget: losses },
    { messages: ['Note'], budget: noteLosses },
  ]
}

const CONSISTENCIES = { linearizable, sequentiallyConsistent, readYourWrites, monotonicReads }

function questionOf({ kind, quantifier, test, measure }: PropertyPlan) {
  if (kind in CONSISTENCIES) return CONSISTENCIES[kind as Consistency]('random', register({ initial: 0 }))
  if (kind === 'step') {
    return step<View>('random', (before, after) => {
      const next = new Map(scopesOf(after).map((scope) => [scope.self, scope]))
      return every(scopesOf(before), (scope) =>
        when(evaluate(scope, test), () => {
          const change = intOf(next.get(scope.self)!, measure) - intOf(scope, measure)
          if (quantifier === 'messages') return change !== 0 // breaks where a step leaves it alone
          return quantifier === 'every' ? change >= 0 : quantifier === 'none' ? change <= 0 : change === 0
        }),
      )
    })
  }
  const ask = { always, never, sometimes, deadlock: deadlockFree }[kind as 'always']
  return ask<View>('random', (view) => {
    const scopes = scopesOf(view)
    const because = ({ self }: Scope) => self
    switch (quantifier) {
      case 'every':
        return every(scopes, (scope) => evaluate(scope, test), because)
      case 'some':
        return some(scopes, (scope) => evaluate(scope, test))
      case 'none':
        return none(scopes, (scope) => evaluate(scope, test), because)
      case 'noPair':
        return noPair(
          scopes.filter((scope) => evaluate(scope, test)),
          (a, b) => intOf(a, measure) === intOf(b, measure),
          (a, b) => `${a.self} and ${b.self}`,
        )
      case 'messages':
        return every(
          view.messages,
          ({ message }) => message.list.length < 2 && message.nest.x === 0,
          () => 'a message',
        )
    }
  })
}

function scopesOf(view: View): readonly Scope[] {
  const processes = ROLES.flatMap((role) => (role in view ? view[role]! : []))
  const ids = processes.map((process) => process.id)
  return processes.map((me) => ({ me, health: me.health, shared: view.shared, self: me.id, ids }))
}
