/** What is asked of a written spec: predicates of states and steps, and questions about executions. */

import type { Model } from '../../../src/model.ts'
import { fairNames } from '../../../src/property/fairness.ts'
import type { Field } from './fields.ts'
import type { Grammar, Scope } from './grammar.ts'
import { KINDS } from './recordings.ts'
import type { World } from './world.ts'

const PARTS = ['shared', 'messages', 'history', 'me']

export class Questions {
  constructor(
    readonly grammar: Grammar,
    readonly world: World,
  ) {}

  /** Of states, steps and histories, by name. */
  ofStates(): string[] {
    const { draw } = this.grammar
    const kinds = ['always', 'never', 'sometimes', 'deadlockFree', 'step']
    const asked = Array.from({ length: 2 + draw.below(3) }, (_, i) => {
      const kind = draw.pick(kinds)
      return kind === 'step' ? `s${i}: ${this.#step(kind)}` : `s${i}: ${kind}('asked', ${this.predicate()})`
    })
    const { recorded } = this.world
    if (recorded === null) return asked
    const { object, consistencies } = KINDS[recorded]
    return [...asked, ...draw.some(consistencies, 60).map((kind) => `${kind}: ${kind}('asked', ${object})`)]
  }

  /** About executions of this model; their fairness is of names that it has. */
  ofExecutions({ rules, groups }: Model): string[] {
    const { draw } = this.grammar
    const names = fairNames(rules, groups)
    return Array.from({ length: 2 + draw.below(3) }, (_, i) => `e${i}: ${this.#execution(names)}`)
  }

  predicate(me = false): string {
    return this.#of([''], me)
  }

  /** What tells states apart, and tells too little, most likely. */
  view(): string {
    const { draw } = this.grammar
    const { roles, shared } = this.world
    const parts = [
      ...roles.flatMap(({ name, fields }) => {
        const seen = draw.some(fields, 70).map((field) => field.name)
        return [
          `${name}.map((p) => [${seen.map((field) => `p.${field}`).join(', ')}])`,
          `${name}.map(({ health }) => health)`,
          `${name}.map((p) => ${name}.filter((other) => other !== p).map(({ health${fuel(this.world)} }) => [health${fuel(this.world)}]))`,
        ]
      }),
      ...shared.map(({ name }) => `shared.${name}`),
      ...['messages.length', 'messages.map(({ message }) => message)', 'messages', `$int`],
    ]
    const told = draw
      .some(parts, 60)
      .map((part) => (part === '$int' ? `cap(${this.#text('int', this.#shared())})` : part))
    return this.#function([''], `[${told.join(', ')}]`)
  }

  #execution(names: readonly string[]): string {
    const { draw } = this.grammar
    const kinds = [
      'canAlways',
      'eventually',
      'alwaysEventually',
      'eventuallyAlways',
      'leadsTo',
      'alwaysEventuallyStep',
      'ltl',
    ]
    const kind = draw.pick([...kinds, 'forEach'])
    if (kind === 'canAlways') return `canAlways('asked', ${this.predicate()})`
    if (kind !== 'forEach') return this.#temporal(kind, names, false)
    return `forEach('${draw.pick(this.world.roles).name}', ${this.#temporal(draw.pick(kinds.slice(1)), names, true)})`
  }

  #temporal(kind: string, names: readonly string[], me: boolean): string {
    const fairness = this.#fairness(names)
    if (kind === 'leadsTo') return `leadsTo('asked', ${this.predicate(me)}, ${this.predicate(me)}, ${fairness})`
    if (kind === 'alwaysEventuallyStep') return this.#step(kind, `, ${fairness}`)
    if (kind === 'ltl') return `ltl('asked', ${this.#formula(2, me)}, ${fairness})`
    return `${kind}('asked', ${this.predicate(me)}, ${fairness})`
  }

  #formula(depth: number, me: boolean): string {
    const { draw } = this.grammar
    if (depth === 0) return this.predicate(me)
    const part = () => this.#formula(depth - 1, me)
    const shapes = [
      () => `ltl.globally(ltl.implies(${this.predicate(me)}, ltl.finally(${part()})))`,
      () => `ltl.until(${this.predicate(me)}, ${part()})`,
      () => `ltl.finally(ltl.globally(${part()}))`,
      () => `ltl.not(${part()})`,
      () => `ltl.or(${part()}, ${this.predicate(me)})`,
      () => `ltl.and(${this.predicate(me)}, ltl.finally(${part()}))`,
      () => `ltl.globally(ltl.finally(${this.predicate(me)}))`,
    ]
    return draw.pick(shapes)()
  }

  #fairness(names: readonly string[]): string {
    const { draw } = this.grammar
    const one = (): string => {
      const name = draw.pick(names)
      if (draw.chance(15)) return `['${name}', '${draw.pick(names)}']`
      return draw.chance(25) && /^[ab]\.[a-z]/.test(name) ? `'${name}(to)'` : `'${name}'`
    }
    const list = (percent: number) =>
      Array.from({ length: draw.chance(percent) ? 1 + draw.below(2) : 0 }, one).join(', ')
    return `{ weak: [${list(70)}], strong: [${list(30)}] }`
  }

  #step(kind: string, more = ''): string {
    return `${kind}('asked', ${this.#of(['before', 'after'], false)}${more})`
  }

  /** Of a state, or of what is before and after a step. */
  #of(states: readonly string[], me: boolean): string {
    const { draw } = this.grammar
    const role = draw.pick(this.world.roles)
    const { name, fields } = role
    const each = states.map((state) => (state === '' ? name : `${state}.${name}`))
    const [all, then = all] = each
    const own = this.#process(fields, ['p', ...(states.length > 1 ? ['q'] : [])])
    const bool = () => this.#text('bool', own)
    const q = states.length > 1 ? `const q = ${then}.find(({ id }) => id === p.id); ` : ''
    const test = () => (q === '' ? `(p) => ${bool()}` : `(p) => { ${q}return ${bool()} }`)
    const pair = this.#process(fields, ['p', 'q'])
    const shared = this.#shared(states)
    const shapes = [
      () => `every(${all}, ${test()})`,
      () => `every(${all}, ${test()}, ({ id }) => id)`,
      () => `some(${all}, ${test()})`,
      () => `none(${all}, ${test()})`,
      () => `${all}.every(${test()})`,
      () => `${all}.filter(${test()}).length <= ${draw.below(3)}`,
      () => `noPair(${all}, (p, q) => ${this.#text('bool', pair)})`,
      () => `noPair(${all}, (p, q) => ${this.#text('int', pair)} === ${this.#text('int', pair)})`,
      () => `when(${this.#text('bool', shared)}, () => every(${all}, ${test()}))`,
      () => `all(() => ${this.#text('bool', shared)}, () => some(${all}, ${test()}))`,
      () => this.#text('bool', shared),
      () => `${all}.some(({ health }) => health !== 'up')`,
      ...(me
        ? [() => this.#text('bool', this.#process(fields, ['me'])), () => `me.health === 'up' && me.id !== 'a1'`]
        : []),
      ...(states.length > 1 || this.world.messages.length === 0 ? [] : [() => this.#ofMessages()]),
    ]
    // `me` is of the role that is asked for, whose fields this role may not have.
    const mine =
      me && this.world.roles.length > 1 ? shapes.filter((shape) => !String(shape).includes("['me']")) : shapes
    return this.#function(states, draw.pick(mine)())
  }

  #ofMessages(): string {
    const { type, fields } = this.grammar.draw.pick(this.world.messages)
    const scope = this.#process(fields, ['message'])
    const bool = this.#text('bool', { ...scope, own: { id: ['from', 'to'] } })
    return `every(messages, ({ from, to, message }) => message.type !== '${type}' || ${bool})`
  }

  #process(fields: readonly Field[], owners: readonly string[]): Scope {
    const places = owners.flatMap((owner) => [
      ...fields.map(({ name, kind }) => ({ text: `${owner}.${name}`, kind, isWritable: false })),
      { text: owner, kind: 'thing', isWritable: false },
    ])
    const ids = owners.map((owner) => `${owner}.id`)
    return { places, own: { id: ids, bool: owners.map((owner) => `${owner}.health === 'up'`) } }
  }

  #shared(states: readonly string[] = ['']): Scope {
    const inState = (state: string, part: string) => (state === '' ? part : `${state}.${part}`)
    return {
      places: states.flatMap((state) =>
        this.world.shared.map(({ name, kind }) => ({
          text: inState(state, `shared.${name}`),
          kind,
          isWritable: false,
        })),
      ),
      own: {
        id: ["'a1'", "'a2'"],
        int: states.flatMap((state) => [
          inState(state, 'messages.length'),
          ...(this.world.recorded === null ? [] : [inState(state, 'history.length')]),
          `${inState(state, 'a')}.filter(({ health }) => health === 'down').length`,
        ]),
        bool: states.map((state) => `${inState(state, 'messages')}.some(({ message }) => message.type === 'Put')`),
      },
    }
  }

  #text = (rule: string, scope: Scope): string => this.grammar.text(rule, scope, 2)

  #function(states: readonly string[], answer: string): string {
    if (states.length > 1) return `(${states.join(', ')}) => ${answer}`
    const names = [...this.world.roles.map(({ name }) => name), ...PARTS]
    const plain = answer.replaceAll('...', '')
    return `({ ${names.filter((name) => new RegExp(`(?<![.'\\w])${name}\\b(?!:)`).test(plain)).join(', ')} }) => ${answer}`
  }
}

const fuel = ({ isFuelled }: World): string => (isFuelled ? ', fuel' : '')
