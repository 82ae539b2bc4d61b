/**
 * Faults as rules like any other. Each spends one of its budget, unless it is unlimited; where the budget
 * parameter is 0 there are no rules and no component for it, so a fault that cannot strike costs nothing.
 */
import { disabled, type Rule, type Run } from '../model.ts'
import type { Fault } from './budgets.ts'
import type { AnyDeclaration, Health, Partition } from './declaration.ts'
import { rolesOf } from './layout.ts'
import { outcomeOf } from './outcome.ts'
import { partitionRules } from './partition.ts'
import type { Member } from './population.ts'
import { delivery, type Handler, othersOf, type ProcessBody } from './rules.ts'
import { startOf } from './schema.ts'
import { contextOf, draftOf, type Scene } from './surroundings.ts'

export interface FaultText {
  readonly declaration: AnyDeclaration
  readonly budgets: ReadonlyMap<Fault, number>
  readonly restart: Readonly<Record<string, ProcessBody>>
  readonly handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>>
}

export function faultRules(scene: Scene, text: FaultText): Rule[] {
  const { budgets } = text
  return [
    ...(budgets.has('crash') ? scene.members.flatMap((member) => crashRules(scene, member, text)) : []),
    ...(budgets.has('pause') ? scene.members.flatMap((member) => pauseRules(scene, member, text)) : []),
    ...(budgets.has('lose') ? channelPairs(scene).map(([from, to]) => loseRule(scene, from, to, text)) : []),
    ...(budgets.has('duplicate') ? channelPairs(scene).map(([from, to]) => duplicateRule(scene, from, to, text)) : []),
    ...(budgets.has('partition') ? partitionRules(scene, partitionOf(text)) : []),
  ]
}

/** Spends one of a fault's budget, if it has one; false where none is left. */
export function spend(scene: Scene, run: Run, fault: Fault): boolean {
  const budget = scene.layout.budgetOf(fault)
  if (budget === undefined) return true
  const left = run.draft(budget) as number
  if (left === 0) return false
  run.replace(budget, left - 1)
  return true
}

/** How a process comes back from a crash. */
export function restartOf({ declaration }: FaultText): 'later' | 'at once' | 'never' {
  const { crash } = declaration.faults ?? {}
  return (typeof crash === 'object' ? crash.restart : undefined) ?? 'later'
}

/** What a crash does to a process, once it strikes. */
export function crashing(scene: Scene, member: Member, text: FaultText): (run: Run) => unknown {
  const volatile = startOf(text.declaration.roles![member.role]!.volatile ?? {}, `roles.${member.role}.volatile`)
  const component = scene.layout.indexOf(member.id)
  const isAtOnce = restartOf(text) === 'at once'
  return (run) => {
    const me = run.draft(component) as { health?: Health }
    Object.assign(me, structuredClone(volatile))
    if (scene.layout.history !== undefined) run.send(scene.layout.history, { type: 'crash', process: member.id })
    if (me.health !== undefined) me.health = isAtOnce ? 'up' : 'down' // a crash ends a pause
    return isAtOnce ? comeBack(scene, member, text, run) : undefined
  }
}

const comeBack = (scene: Scene, member: Member, { restart }: FaultText, run: Run) =>
  outcomeOf(restart[member.role]?.(draftOf(scene, member, run), contextOf(scene, member, run)))

function crashRules(scene: Scene, member: Member, text: FaultText): Rule[] {
  if (!rolesOf(text.declaration.faults!.crash!).includes(member.role)) return []
  const how = restartOf(text)
  const component = scene.layout.indexOf(member.id)
  const strike = crashing(scene, member, text)
  const rules: Rule[] = [
    {
      action: 'crash',
      process: member.id,
      fixed: {},
      kind: 'fault',
      group: `${member.role}.crash`,
      body(run) {
        const me = run.draft(component) as { health?: Health }
        if (how !== 'at once' && me.health === 'down') return disabled
        if (!spend(scene, run, 'crash')) return disabled
        return strike(run)
      },
    },
  ]
  const back = (run: Run) => comeBack(scene, member, text, run)
  if (how === 'later') rules.push(healthRule(scene, member, 'restart', 'down', 'up', back))
  return rules
}

function pauseRules(scene: Scene, member: Member, { declaration }: FaultText): Rule[] {
  if (!rolesOf(declaration.faults!.pause!).includes(member.role)) return []
  return [
    {
      ...healthRule(scene, member, 'pause', 'up', 'paused', (run) =>
        spend(scene, run, 'pause') ? undefined : disabled,
      ),
      kind: 'fault',
    },
    healthRule(scene, member, 'resume', 'paused', 'up'),
  ]
}

/** A change of health, and what comes with it. */
function healthRule(
  scene: Scene,
  member: Member,
  action: string,
  before: Health,
  after: Health,
  then: (run: Run) => unknown = () => undefined,
): Rule {
  const component = scene.layout.indexOf(member.id)
  return {
    action,
    process: member.id,
    fixed: {},
    kind: 'recovery',
    group: `${member.role}.${action}`,
    body(run) {
      const me = run.draft(component) as { health: Health }
      if (me.health !== before) return disabled
      me.health = after
      return then(run)
    },
  }
}

const channelPairs = (scene: Scene): (readonly [Member, Member])[] =>
  scene.members.flatMap((to) =>
    scene.handled.has(to.role) ? othersOf(scene, to).map((from) => [from, to] as const) : [],
  )

function partitionOf({ declaration }: FaultText): Partition {
  const partition = declaration.faults?.partition
  return typeof partition === 'object' ? partition : {}
}

/** Whether a fault may strike messages of this type. */
function strikes(fault: true | { readonly messages?: readonly string[] }, type: string): boolean {
  return fault === true || fault.messages === undefined || fault.messages.includes(type)
}

function loseRule(scene: Scene, from: Member, to: Member, { declaration }: FaultText): Rule {
  const channel = scene.layout.channelOf(from.id, to.id)!
  return {
    action: 'lose',
    process: null,
    fixed: { from: from.id, to: to.id },
    kind: 'fault',
    group: 'network.lose',
    body(run) {
      if (!spend(scene, run, 'lose')) return disabled
      const { type } = run.receive(channel)
      if (!strikes(declaration.faults!.lose!, type)) return disabled
    },
  }
}

/** A delivery that leaves the message in the channel, to be delivered again. */
function duplicateRule(scene: Scene, from: Member, to: Member, { declaration, handlers }: FaultText): Rule {
  return {
    action: 'duplicate',
    process: to.id,
    fixed: { from: from.id },
    kind: 'fault',
    group: 'network.duplicate',
    body: delivery(scene, from, to, handlers, {
      keep: true,
      admit: (run, type) => strikes(declaration.faults!.duplicate!, type) && spend(scene, run, 'duplicate'),
    }),
  }
}
