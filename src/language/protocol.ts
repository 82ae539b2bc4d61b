/**
 * `protocol(declaration, define)`: the whole text of a protocol, and the models it stands for - one for every choice of
 * parameters and seeded bugs.
 */
import type { Model, Rule, Run, Setup } from '../model.ts'
import { fairNames } from '../property/fairness.ts'
import type { Question } from '../property/question.ts'
import { canonical } from '../value/canonical.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { amidSends } from './amid-sends.ts'
import { rememberBirth } from './birthplace.ts'
import { checkDeclaration } from './check-declaration.ts'
import { checkDefinition } from './check-definition.ts'
import { chooser } from './choosing.ts'
import { type Constraints, constrained } from './constraint.ts'
import { type Cuts, cutsOf } from './cuts.ts'
import type { AnyDeclaration, BugsOf, Consistent, ParametersOf } from './declaration.ts'
import type { Definition } from './definition.ts'
import { faultRules } from './faults.ts'
import { knownNames } from './known-names.ts'
import type { KnownParts } from './known-parts.ts'
import { type Layout, layOut } from './layout.ts'
import { networkOf } from './network.ts'
import { outcomeOf } from './outcome.ts'
import { forDefinition, parametersOf, settle } from './parameters.ts'
import { idsByRole, type Member, membersOf } from './population.ts'
import { propertiesFrom } from './questions.ts'
import { refuse } from './refuse.ts'
import { admitParameters } from './requirements.ts'
import { actionRules, environmentRules, type Handler, type ProcessBody, receiveRules, type WorldBody } from './rules.ts'
import type { Scene } from './scene.ts'
import type { Shape } from './schema.ts'
import { type Strike, strikesAt } from './strikes.ts'
import { beginningOf, contextOf, draftOf } from './surroundings.ts'
import { type TellingApart, toldApart } from './telling-apart.ts'

/** A protocol: what a spec file exports by default. */
export interface Protocol<D extends AnyDeclaration = AnyDeclaration> {
  readonly kind: 'splitbrain protocol'
  readonly name: string
  readonly declaration: D
  /** Every parameter's schema, the budgets of faults included. */
  readonly parameters: Shape
  /**
   * The model at these parameters (the others at their defaults) with these bugs seeded. Pure.
   * @throws SplitbrainError `bad-parameter` or `bad-protocol`
   */
  instantiate(parameters?: Readonly<Record<string, unknown>>, bugs?: readonly string[]): Model
}

/** @throws SplitbrainError `bad-protocol` where something in the declaration is unknown, misspelt or reserved */
export function protocol<const D extends AnyDeclaration, T extends Definition<D> = Definition<D>>(
  declaration: D & Consistent<D>,
  define: (parameters: ParametersOf<D>, bug: BugsOf<D>) => T & KnownParts<D, T>,
): Protocol<D> {
  checkDeclaration(declaration)
  if (typeof define !== 'function') {
    refuse(`the definition is ${found(define)}`, 'a function: (parameters, bug) => ({ properties: { ... } })')
  }
  const parameters = parametersOf(declaration)
  return rememberBirth<Protocol<D>>({
    kind: 'splitbrain protocol',
    name: declaration.name,
    declaration,
    parameters,
    instantiate(given = {}, bugs = []) {
      const settled = settle(parameters, given)
      const seeded = seed(declaration, bugs)
      const text = define(
        knownNames(Object.freeze(forDefinition(declaration, settled)), {
          owner: declaration.name,
          noun: 'parameter',
        }) as ParametersOf<D>,
        knownNames(seeded, { owner: declaration.name, noun: 'bug' }) as BugsOf<D>,
      )
      admitParameters(declaration.name, settled, text)
      const definition = withoutFalse(text)
      checkDefinition(declaration, definition)
      return modelOf(declaration, definition as ErasedDefinition, settled, bugs)
    },
  })
}

/** A definition with its types erased: the compiler has checked it where it was written. */
interface ErasedDefinition extends Constraints, Cuts, TellingApart {
  readonly population?: Readonly<Record<string, number>>
  readonly start?: Readonly<Record<string, ProcessBody | WorldBody>>
  readonly actions?: Readonly<Record<string, Readonly<Record<string, ProcessBody | WorldBody>>>>
  readonly receive?: Readonly<Record<string, Readonly<Record<string, Handler>>>>
  readonly restart?: Readonly<Record<string, ProcessBody>>
  readonly mostDown?: Readonly<Record<string, number>>
  readonly requires?: Readonly<Record<string, boolean>>
  readonly properties: Readonly<Record<string, Question<unknown>>>
}

/** A definition without what is `false` in it: the parts that this variant does not have. */
function withoutFalse<T>(part: T): T | object {
  const isPlain = typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype
  if (!isPlain || 'kind' in part) return part
  const present = Object.entries(part).filter(([, entry]) => entry !== false)
  return Object.fromEntries(present.map(([name, entry]) => [name, withoutFalse(entry)]))
}

function seed(declaration: AnyDeclaration, bugs: readonly string[]): Readonly<Record<string, boolean>> {
  const known = Object.keys(declaration.bugs ?? {})
  const unknown = bugs.find((bug) => !known.includes(bug))
  if (unknown !== undefined) {
    throw new SplitbrainError(
      'bad-parameter',
      `${declaration.name} has no bug ${unknown}; its bugs are: ${known.join(', ') || 'none'}`,
    )
  }
  return Object.freeze(Object.fromEntries(known.map((bug) => [bug, bugs.includes(bug)])))
}

function modelOf(
  declaration: AnyDeclaration,
  definition: ErasedDefinition,
  parameters: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
): Model {
  const members = membersOf(declaration, definition.population ?? {})
  const handlers = definition.receive ?? {}
  const handled = new Map(Object.entries(handlers).map(([role, table]) => [role, new Set(Object.keys(table))]))
  const strikes = strikesAt(declaration, parameters)
  const budgets = budgetsOf(strikes, forDefinition(declaration, parameters))
  const layout: Layout = layOut(declaration, members, handled, strikes, budgets)
  const scene: Scene = {
    layout,
    members,
    ids: idsByRole(declaration, members),
    shared: Object.keys(declaration.shared ?? {}),
    network: networkOf(declaration),
    readable: new Map(Object.entries(declaration.roles ?? {}).map(([role, { readable = [] }]) => [role, readable])),
    messages: new Map(
      Object.entries(declaration.messages ?? {}).map(([type, shape]) => [type, ['type', ...Object.keys(shape)]]),
    ),
    operations: Object.keys(declaration.operations ?? {}),
    handled,
  }
  const { environment = {}, ...actions } = definition.actions ?? {}
  const actionTable = actions as Readonly<Record<string, Readonly<Record<string, ProcessBody>>>>
  const { restart = {}, mostDown = {} } = definition
  const cuts = cutsOf(declaration, definition, scene.ids)
  const faults = { declaration, strikes, mostDown, cuts, restart, handlers }
  const rules: Rule[] = [
    ...members.flatMap((member) => actionRules(scene, member, actionTable)),
    ...members.flatMap((member) => receiveRules(scene, member, handlers)),
    ...environmentRules(scene, environment as Readonly<Record<string, WorldBody>>),
    ...faultRules(scene, faults),
  ]
  rules.push(...amidSends(scene, rules, faults))
  const groups = groupsOf(rules, scene)
  const whole: Model = {
    protocol: declaration.name,
    parameters: canonical(parameters, 'parameters') as Model['parameters'],
    ...(definition.requires === undefined ? {} : { requires: Object.keys(definition.requires) }),
    ...(definition.mostDown === undefined ? {} : { mostDown: definition.mostDown }),
    ...(cuts === undefined ? {} : { cuts }),
    bugs: Object.freeze([...bugs].sort()),
    components: layout.components,
    initial: setupsOf(scene, definition.start ?? {}),
    rules,
    properties: propertiesFrom(scene, definition.properties, fairNames(rules, groups)),
    groups,
  }
  return toldApart(constrained(whole, scene, definition), scene, definition)
}

const budgetsOf = (strikes: readonly Strike[], parameters: Readonly<Record<string, unknown>>): Map<string, number> =>
  new Map(strikes.map(({ parameter }) => [parameter, parameters[parameter] as number]))

/** Sets up each process in turn, then the environment. */
function setupsOf(scene: Scene, start: Readonly<Record<string, ProcessBody | WorldBody>>): Setup[] {
  const { environment, ...byRole } = start
  const setups = scene.members.flatMap((member): Setup[] => {
    const body = byRole[member.role]
    return body === undefined ? [] : [setupOf(scene, member, body as ProcessBody)]
  })
  if (environment === undefined) return setups
  const ofEnvironment = (run: Run) => outcomeOf((environment as WorldBody)(beginningOf(scene, run)))
  return [...setups, { process: null, body: ofEnvironment }]
}

function setupOf(scene: Scene, member: Member, body: ProcessBody): Setup {
  return {
    process: member.id,
    body(run) {
      const choose = chooser(run, (name) => `${member.id}.${name}`)
      return outcomeOf(body(draftOf(scene, member, run), contextOf(scene, member, run, { choose })))
    },
  }
}

/** A delivery counts under its message's type. */
function groupsOf(rules: readonly Rule[], scene: Scene): string[] {
  const groups = rules.flatMap((rule) =>
    rule.kind === 'receive' ? [...scene.handled.get(rule.group)!].map((type) => `${rule.group}.${type}`) : [rule.group],
  )
  return [...new Set(groups)]
}
