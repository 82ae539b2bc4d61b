/**
 * Crashes amid the sends of a body. A body is one step, and so would a broadcast be one: all of its messages or none. No
 * process sends two messages at once, so the crash of a process may strike just before any send but the first, and amid
 * a send to many: that has no order, so any of them may be all whom it has reached. What the body did until then stays,
 * as far as a crash leaves it. Before the first send, a crash before the step is the same but for what the body wrote;
 * that is for two bodies to say.
 *
 * Each such crash is a rule of its own, beside the rule that it cuts short: the same body on a run that asks at each send
 * whom it still reaches. The step is a `crash`; its argument `amid` names the action that is cut short, the others are
 * those of that action, and `reached 1` and so on tell how far it came: `all`, or the receivers that its first send
 * reached. Where a restart follows at once, the choices of its body are told as `restart.` and their name.
 */
import { type Body, disabled, type Message, type Rule, type Run, type Stage } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { crashing, type FaultText, mayCrash } from './faults.ts'
import type { Member } from './population.ts'
import { canEnd, type SoFar } from './rehearsal.ts'
import type { Scene } from './scene.ts'
import { type Strike, strikeOn } from './strikes.ts'

/** The crashes amid the sends of these rules. */
export function amidSends(scene: Scene, rules: readonly Rule[], text: FaultText): Rule[] {
  if (scene.handled.size === 0) return []
  return scene.members.flatMap((member) => {
    const strike = strikeOn(text.strikes, 'crash', member.role)
    if (strike === undefined) return []
    return rules
      .filter((rule) => rule.process === member.id && maySend(rule, strike))
      .map((rule) => cutShort(scene, member, rule, { strike, text }))
  })
}

/** Whether a body of the author's runs in a rule. */
function maySend({ kind, action }: Rule, { restart }: Strike): boolean {
  if (kind === 'action' || kind === 'receive' || action === 'duplicate') return true
  return action === 'restart' || (action === 'crash' && restart === 'at once')
}

interface Crash {
  readonly strike: Strike
  readonly text: FaultText
}

function cutShort(scene: Scene, member: Member, rule: Rule, { strike, text }: Crash): Rule {
  const mayStrike = mayCrash(scene, member, strike, text)
  const crash = crashing(scene, member, strike, text)
  const receiverOf = new Map(scene.members.map(({ id }) => [scene.layout.channelOf(member.id, id), id]))
  return {
    action: 'crash',
    process: member.id,
    fixed: { amid: rule.action, ...rule.fixed },
    kind: 'fault',
    group: `${member.role}.crash`,
    body(run) {
      if (!mayStrike(run)) return disabled
      const fragile = new FragileRun(run, receiverOf)
      return isCutShort(fragile, rule) && canEnd(run, rule.body, fragile) ? crash(new RestartRun(run)) : disabled
    },
  }
}

/** Runs a body up to the crash; false where none strikes. */
function isCutShort(run: FragileRun, { action, process, body }: Rule): boolean {
  const outcome = outcomeOfRun(run, body)
  if (outcome === STRUCK) return true
  if (run.isStruck) {
    const found = `${process} ${action} catches the crash that comes amid its sends`
    throw new SplitbrainError('bad-step', `${found}; expected a body that lets it pass: no try around send`)
  }
  return false
}

/** What a body returns, or throws to the same end. */
function outcomeOfRun(run: FragileRun, body: Body): unknown {
  try {
    return body(run)
  } catch (thrown) {
    if (thrown === STRUCK || thrown === disabled) return thrown
    throw thrown
  }
}

/** Thrown through a body that is cut short. */
const STRUCK = Symbol('struck')

/** What a send is told that nothing cuts short. */
const ALL = 'all'

/** What traces call how far a body came. */
const HOW_FAR = /^reached \d+$/

/** A run that passes everything on. */
class PassedRun implements Run {
  constructor(readonly run: Run) {}

  read(component: number): unknown {
    return this.run.read(component)
  }

  draft(component: number): unknown {
    return this.run.draft(component)
  }

  replace(component: number, value: unknown): void {
    this.run.replace(component, value)
  }

  choose<T>(name: string, options: readonly T[]): T {
    return this.run.choose(name, options)
  }

  receive(channel: number, keep?: boolean): Message {
    return this.run.receive(channel, keep)
  }

  send(to: number | readonly number[], message: unknown): void {
    this.run.send(to, message)
  }

  rehearse<T>(scene: (stage: Stage) => T): T {
    return this.run.rehearse(scene)
  }
}

/** The restart that follows at once: its choices may be called like those of the body that was cut short. */
class RestartRun extends PassedRun {
  override choose<T>(name: string, options: readonly T[]): T {
    return this.run.choose(`restart.${name}`, options)
  }
}

/** A run that may end before any send but the first, and amid one to many. */
class FragileRun extends PassedRun implements SoFar {
  isStruck = false
  sends = 0
  readonly picks: number[] = []
  message: Message | undefined

  /** @param receiverOf by channel; what is none of these is the history */
  constructor(
    run: Run,
    readonly receiverOf: ReadonlyMap<number | undefined, string>,
  ) {
    super(run)
  }

  override choose<T>(name: string, options: readonly T[]): T {
    if (this.isStruck) throw STRUCK
    if (name !== 'amid' && !HOW_FAR.test(name)) return this.#picked(this.run.choose(name, options), options)
    const what = 'which is what traces call the moment of a crash; give it another name'
    throw new SplitbrainError('bad-step', `a choice is called ${name}, ${what}`)
  }

  override receive(channel: number, keep?: boolean): Message {
    this.message = this.run.receive(channel, keep)
    return this.message
  }

  override send(to: number | readonly number[], message: unknown): void {
    const isEvent = typeof to === 'number'
    const reached = isEvent ? to : this.#reached(to)
    this.run.send(reached, message)
    if (this.isStruck && !isEvent) throw STRUCK
  }

  #picked<T>(option: T, options: readonly T[]): T {
    this.picks.push(options.indexOf(option))
    return option
  }

  /** Into which of these channels a message still comes. */
  #reached(channels: readonly number[]): readonly number[] {
    if (this.isStruck) throw STRUCK
    const some = someOf(channels.map((channel) => this.receiverOf.get(channel)!)).filter(
      ({ size }) => size > 0 || this.sends > 0,
    )
    this.sends++
    if (some.length === 0) return channels
    const reached = this.run.choose<ReadonlySet<string> | typeof ALL>(`reached ${this.sends}`, [ALL, ...some])
    if (reached === ALL) return channels
    this.isStruck = true
    return channels.filter((channel) => reached.has(this.receiverOf.get(channel)!))
  }
}

/** A crash amid a send to this many leaves one of 65,536 sets of receivers. */
const MOST_AT_ONCE = 16

/** All that is less than all of them, none included. @throws SplitbrainError where these are too many to try */
function someOf(ids: readonly string[]): ReadonlySet<string>[] {
  if (ids.length > MOST_AT_ONCE) {
    const found = `found a send to ${ids.length} at once, amid which a crash may come and leave any of them`
    throw new SplitbrainError(
      'bad-step',
      `${found}; expected at most ${MOST_AT_ONCE}, or a loop that sends to one after the other`,
    )
  }
  const subsets = ids.reduce<string[][]>((before, id) => before.concat(before.map((some) => some.concat(id))), [[]])
  return subsets.filter((some) => some.length < ids.length).map((some) => new Set(some))
}
