/**
 * Faults as rules like any other. Each spends one of its budget, unless it is unlimited; where the budget
 * parameter is 0 there are no rules and no component for it, so a fault that cannot strike costs nothing.
 */
import { disabled, type Rule, type Run } from '../model.ts'
import type { Cut } from './cuts.ts'
import type { AnyDeclaration, Health, Partition } from './declaration.ts'
import { outcomeOf } from './outcome.ts'
import { partitionRules } from './partition.ts'
import type { Member } from './population.ts'
import { delivery, type Handler, othersOf, type ProcessBody } from './rules.ts'
import type { Scene } from './scene.ts'
import { startOf } from './schema.ts'
import { hasLeft, spend } from './spending.ts'
import { type Strike, strikeOn } from './strikes.ts'
import { contextOf, draftOf } from './surroundings.ts'

export interface FaultText {
  readonly declaration: AnyDeclaration
  readonly strikes: readonly Strike[]
  /** By role: how many of its processes may be down at once; no bound where it is not named. */
  readonly mostDown: Readonly<Record<string, number>>
  /** What a partition may cut; undefined: all that it is declared to. */
  readonly cuts: readonly Cut[] | undefined
  readonly restart: Readonly<Record<string, ProcessBody>>
  readonly handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>>
}

export function faultRules(scene: Scene, text: FaultText): Rule[] {
  const of = (fault: Strike['fault']) => text.strikes.filter((strike) => strike.fault === fault)
  const [partition] = of('partition')
  const [losses, duplicates] = [of('lose'), of('duplicate')]
  return [
    ...scene.members.flatMap((member) => crashRules(scene, member, text)),
    ...scene.members.flatMap((member) => pauseRules(scene, member, text)),
    ...(losses.length > 0 ? channelPairs(scene).map(([from, to]) => loseRule(scene, from, to, losses)) : []),
    ...(duplicates.length > 0 ? channelPairs(scene).map(([from, to]) => duplicateRule(scene, from, to, text)) : []),
    ...(partition === undefined ? [] : partitionRules(scene, partition, partitionOf(text), text.cuts)),
  ]
}

/** Whether a crash may come, now that its process could go on: it spends one of its budget. */
export function mayCrash(scene: Scene, member: Member, strike: Strike, { mostDown }: FaultText): (run: Run) => boolean {
  const most = mostDown[member.role]
  const others = scene.ids[member.role]!.filter((id) => id !== member.id).map(scene.layout.indexOf)
  const isDown = (run: Run) => (other: number) => (run.read(other) as { health?: Health }).health === 'down'
  return (run) => (most === undefined || others.filter(isDown(run)).length < most) && spend(scene, run, strike)
}

/** What a crash does to a process, once it strikes. */
export function crashing(scene: Scene, member: Member, { restart }: Strike, text: FaultText): (run: Run) => unknown {
  const volatile = startOf(text.declaration.roles![member.role]!.volatile ?? {}, `roles.${member.role}.volatile`)
  const component = scene.layout.indexOf(member.id)
  const isAtOnce = restart === 'at once'
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
  const strike = strikeOn(text.strikes, 'crash', member.role)
  if (strike === undefined) return []
  const component = scene.layout.indexOf(member.id)
  const mayStrike = mayCrash(scene, member, strike, text)
  const crash = crashing(scene, member, strike, text)
  const rules: Rule[] = [
    {
      action: 'crash',
      process: member.id,
      fixed: {},
      kind: 'fault',
      group: `${member.role}.crash`,
      body(run) {
        const me = run.draft(component) as { health?: Health }
        if (strike.restart !== 'at once' && me.health === 'down') return disabled
        return mayStrike(run) ? crash(run) : disabled
      },
    },
  ]
  const back = (run: Run) => comeBack(scene, member, text, run)
  if (strike.restart === 'later') rules.push(healthRule(scene, member, 'restart', 'down', 'up', back))
  return rules
}

function pauseRules(scene: Scene, member: Member, { strikes }: FaultText): Rule[] {
  const strike = strikeOn(strikes, 'pause', member.role)
  if (strike === undefined) return []
  return [
    {
      ...healthRule(scene, member, 'pause', 'up', 'paused', (run) =>
        spend(scene, run, strike) ? undefined : disabled,
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

function loseRule(scene: Scene, from: Member, to: Member, losses: readonly Strike[]): Rule {
  const channel = scene.layout.channelOf(from.id, to.id)!
  return {
    action: 'lose',
    process: null,
    fixed: { from: from.id, to: to.id },
    kind: 'fault',
    group: 'network.lose',
    body(run) {
      if (!losses.some((strike) => hasLeft(scene, run, strike))) return disabled
      const strike = strikeOn(losses, 'lose', run.receive(channel).type)
      if (strike === undefined || !spend(scene, run, strike)) return disabled
    },
  }
}

/** A delivery that leaves the message in the channel, to be delivered again. */
function duplicateRule(scene: Scene, from: Member, to: Member, { strikes, handlers }: FaultText): Rule {
  return {
    action: 'duplicate',
    process: to.id,
    fixed: { from: from.id },
    kind: 'fault',
    group: 'network.duplicate',
    body: delivery(scene, from, to, handlers, {
      keep: true,
      admit(run, type) {
        const strike = strikeOn(strikes, 'duplicate', type)
        return strike !== undefined && spend(scene, run, strike)
      },
    }),
  }
}
