/** The bodies of a written spec: what they can look at and write, and whom they can send to. */
import type { Field } from './fields.ts'
import type { Grammar, Place, Scope } from './grammar.ts'
import { recordings } from './recordings.ts'
import type { Message, Role, World } from './world.ts'

const placesIn = (owner: string, fields: readonly Field[], isWritable: boolean): Place[] => [
  ...fields.map(({ name, kind }) => ({ text: `${owner}.${name}`, kind, isWritable })),
  { text: owner, kind: 'thing', isWritable: false },
]

/** How a value of a kind is written. */
const VALUE: Readonly<Record<string, string>> = {
  int: 'cap($int)',
  bool: '$bool',
  mode: 'MODES[cap($int)]',
  who: '$id',
}
const valueText = ({ kind }: Field): string => VALUE[kind] ?? `$${kind}`

const messageOf = ({ type, fields }: Message): string =>
  `{ ${[`type: '${type}'`, ...fields.map((field) => `${field.name}: ${valueText(field)}`)].join(', ')} }`

export class Bodies {
  readonly #shared: readonly Place[]

  constructor(
    readonly grammar: Grammar,
    readonly world: World,
  ) {
    this.#shared = placesIn('shared', world.shared, true)
  }

  start(role: Role): string {
    const { draw } = this.grammar
    return this.#ofProcess(this.#process(role, { sends: false }), 1 + draw.below(2), { burns: false })
  }

  restart(role: Role): string {
    return this.#ofProcess(this.#process(role, { sends: this.world.isFuelled }), 1, { burns: false })
  }

  action(role: Role): string {
    const { draw } = this.grammar
    const body = this.#ofProcess(this.#process(role, { sends: true }), 1 + draw.below(3), {
      burns: this.world.isFuelled,
    })
    return draw.chance(20) ? `may(${body})` : body
  }

  receive(role: Role, message: Message): string {
    const sends = this.grammar.draw.chance(50)
    const scope = this.#process(role, { sends, message })
    const burns = this.world.isFuelled && sends
    return this.#ofProcess(scope, 1 + this.grammar.draw.below(2), { burns, gets: 'message, ' })
  }

  /** What befalls the system, or sets it up. */
  environment(when: 'start' | 'later'): string {
    const { draw } = this.grammar
    const isLater = when === 'later'
    const { name, fields } = draw.pick(this.world.roles)
    const scope: Scope = {
      places: [...placesIn('it', fields, true), ...this.#shared],
      own: {
        id: ['it.id', '(@who ?? it.id)'],
        int: !isLater
          ? []
          : [
              `ids.${name}.filter((id) => channel(id, it.id).length > 0).length`,
              `ids.${name}.flatMap((id) => channel(it.id, id)).length`,
            ],
        bool: !isLater
          ? []
          : [
              ...["it.health === 'up'", "it.health !== 'down'", `ids.${name}.some((id) => isCut(it.id, id))`],
              `ids.${name}.every((id) => !isCut(id, it.id))`,
              `ids.${name}.flatMap((id) => channel(id, it.id)).some(({ type }) => type === 'Put')`,
            ],
        act: [
          ...this.#everybody(name, fields),
          ...this.world.messages.flatMap((message) =>
            this.world.receivers.flatMap((to) => [
              `send(it.id, ids.${to}.filter((id) => id !== it.id), ${messageOf(message)})`,
              `const ~p = choose('~p', ids.${to}.filter((id) => id !== it.id)); send(it.id, ~p, ${messageOf(message)})`,
            ]),
          ),
        ],
      },
    }
    const taken = draw.pick([
      `const who = choose('it', ids.${name}); const it = ${name}.find(({ id }) => id === who)`,
      `const it = ${name}[choose('it', ids.${name}.map((_, i) => i))]`,
      ...(isLater && this.world.hasClocks && name === 'a'
        ? [`const it = tick(a, { skew: ${1 + draw.below(2)}, choose })`]
        : []),
    ])
    const burnt = isLater && this.world.isFuelled ? '\nif (it.fuel === 0) return disabled; it.fuel--' : ''
    const roles = this.world.roles.map((role) => role.name).join(', ')
    const block = this.grammar.block(scope, 2, 1 + draw.below(2))
    return `({ ${roles}, shared, ids, choose, send${isLater ? ', channel, isCut' : ''} }) => {\n${taken}${burnt}\n${block}\n}`
  }

  #everybody(role: string, fields: readonly Field[]): string[] {
    return fields.map(({ name, kind }) =>
      ['int', 'bool', 'mode', 'who'].includes(kind)
        ? `for (const ~p of ${role}) if (~p.id !== it.id) ~p.${name} = it.${name}`
        : `for (const ~p of ${role}) { const ~q = ~p.${name}; <~q:${kind}> $quiet }`,
    )
  }

  #process(role: Role, { sends, message }: { readonly sends: boolean; readonly message?: Message }): Scope {
    const { isImpartial } = this.world
    const received = message === undefined ? [] : placesIn('message', message.fields, false)
    const peers = isImpartial ? [] : ['(peers[0] ?? self)', '(peers.at(-1) ?? self)', `ids.${role.name}[0]`]
    const isTold = message !== undefined
    return {
      places: [...placesIn('me', role.fields, true), ...this.#shared, ...received],
      own: {
        id: ['self', 'self', '(@who ?? self)', ...(isTold ? ['from', 'from'] : []), ...peers],
        int: ['peers.length', 'ids.a.length', ...(isImpartial ? [] : ['peers.findIndex((id) => id > self)'])],
        act: [
          "const ~p = choose('~p', [self, ...peers]); <<~p:who>>",
          "const ~p = choose('~p', peers); <<~p:who>>",
          ...this.#looks(role),
          ...(sends ? this.#sends(role, isTold) : []),
          ...recordings(this.world.recorded),
        ],
      },
    }
  }

  /** Looks at the processes of the same role. */
  #looks({ fields, readable }: Role): string[] {
    return fields
      .filter(({ name }) => readable.includes(name))
      .flatMap(({ name, kind }) => [
        `for (const ~p of peers) { const ~v = read(~p).${name}; <~v:${kind}?> if ($bool) { $one break } }`,
        `const ~p = choose('~p', peers); const { ${name}: ~v } = read(~p); <<~v:${kind}?>><<~p:who>>`,
        `if (peers.some((id) => equal(read(id).${name}, me.${name}))) { $one }`,
      ])
  }

  #sends({ name }: Role, isTold: boolean): string[] {
    const { messages, receivers, roles, isImpartial } = this.world
    return messages.flatMap((message) => {
      const text = messageOf(message)
      const to = receivers.flatMap((role) => [
        `send(ids.${role}.filter((id) => id !== self), ${text})`,
        `const ~p = choose('~p', ids.${role}.filter((id) => id !== self)); send(~p, ${text})`,
        `for (const ~p of ids.${role}) { if (~p === self) continue; if ($bool) break; send(~p, ${text}) }`,
        `const ~m = ${text}; for (const ~p of ids.${role}.filter((id) => id !== self)) { send(~p, ~m); $quiet }`,
      ])
      const peers = receivers.includes(name) ? [`send(peers, ${text})`, `send(new Set(peers), ${text}); $quiet`] : []
      const first =
        isImpartial || peers.length === 0
          ? []
          : [`if (peers[0]) { send(peers[0], ${text}); $quiet send(peers, ${text}) }`]
      const back =
        isTold && receivers.length === roles.length
          ? [`send(from, ${text})`, 'send(from, { ...message })', 'send(from, message)']
          : []
      return [...to, ...peers, ...first, ...back]
    })
  }

  #ofProcess(scope: Scope, length: number, { burns, gets = '' }: { readonly burns: boolean; readonly gets?: string }) {
    const recording = this.world.recorded === null ? '' : ', invoke, returns, failed, unknown'
    const context = `{ self, peers, ids, shared, choose, send, read${gets === '' ? '' : ', from'}${recording} }`
    const burnt = burns ? 'if (me.fuel === 0) return disabled; me.fuel--\n' : ''
    return `(me, ${gets}${context}) => {\n${burnt}${this.grammar.block(scope, 3, length)}\n}`
  }
}
