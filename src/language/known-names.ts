/**
 * Objects that refuse the names they do not have. A misspelt `me.cuont` would read undefined and be written to nowhere,
 * and the protocol hold for want of a step; the compiler sees it, but a spec that is run from source is not compiled.
 *
 * Known names pass through untouched, so that reading one asks the engine exactly what it would have asked without.
 * Only the outermost object is guarded: what is inside of a field is for its schema to judge.
 */
import { didYouMean } from '../value/nearest-name.ts'
import { PLAIN, standsFor } from '../value/plain.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** `n1` has `field`s: how messages speak of an object and of what it has. */
export interface Subject {
  readonly owner: string
  readonly noun: string
  /** What to do instead of changing them. */
  readonly remedy?: string
}

/** Looked up by JavaScript itself: by `await`, by JSON, by `${...}`. */
const isOfTheLanguage = (key: string | symbol): boolean =>
  typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in Object.prototype

function admit(key: string | symbol, names: readonly string[], { owner, noun }: Subject): void {
  if (isOfTheLanguage(key) || names.includes(key as string)) return
  const hint = didYouMean(String(key), names)
  const known = `${hint === '' ? '; its' : `${hint} Its`} ${noun}s are ${names.join(', ') || 'none'}`
  throw new SplitbrainError('bad-step', `${owner} has no ${noun} ${String(key)}${known}`)
}

function cannotChange(key: string | symbol, { owner, noun, remedy }: Subject): SplitbrainError {
  const instead = remedy === undefined ? '' : `; ${remedy}`
  return new SplitbrainError('bad-step', `the ${noun} ${String(key)} of ${owner} cannot be changed${instead}`)
}

/** A plain object behind a guard. @throws SplitbrainError `bad-step` where another name is read or written */
export function knownNames<T extends object>(
  target: T,
  subject: Subject,
  names: readonly string[] = Object.keys(target),
): T {
  return new Proxy(target, {
    get(_, key) {
      if (key === PLAIN) return () => ({ ...target })
      admit(key, names, subject)
      return Reflect.get(target, key)
    },
    set(_, key, value) {
      admit(key, names, subject)
      if (!Reflect.set(target, key, value)) throw cannotChange(key, subject)
      return true
    },
  })
}

/**
 * What plain objects of a kind inherit, so that they refuse the names they do not have: their own are read without asking
 * anybody. An object of the kind is to be frozen; whoever writes to it is told by JavaScript.
 */
export function refusingOthers(names: readonly string[], subjectOf: (target: object) => Subject): object {
  return new Proxy(
    {},
    {
      get(shape, key, target: object) {
        if (key === PLAIN) return () => ({ ...target })
        if (!isOfTheLanguage(key)) admit(key, names, subjectOf(target))
        return Reflect.get(shape, key)
      },
    },
  )
}

/**
 * A list that cannot be changed, and says what to do instead. It is made afresh for whoever looks at it, so that a
 * change of the list itself would be a change of nothing.
 */
export function readOnlyList<T>(list: readonly T[], name: string, remedy: string): readonly T[] {
  const refuse = (): never => {
    throw new SplitbrainError('bad-step', `the list ${name} cannot be changed; ${remedy}`)
  }
  return new Proxy(list, { set: refuse, defineProperty: refuse, deleteProperty: refuse })
}

/** The parts of an object, each as how it is read from a source. */
export type Parts<Source> = Readonly<Record<string, (source: Source) => unknown>>

/** How the parts that can be changed are written. */
export type Writers<Source> = Readonly<Record<string, (source: Source, value: unknown) => void>>

/**
 * Makes objects whose parts are read from a source, each when it is looked at; only those with a writer can be changed.
 * Every run makes some afresh, so all of a kind share the list of their parts: defining getters on each is what a run
 * would spend most on. @throws SplitbrainError `bad-step` where another name is read or written
 */
export function partsOf<Source>(
  parts: Parts<Source>,
  subject: Subject,
  writers: Writers<Source> = {},
): (source: Source) => object {
  const shape = Object.fromEntries(Object.keys(parts).map((name) => [name, undefined]))
  const kind: Kind<Source> = {
    subject,
    names: Object.keys(parts),
    readers: new Map(Object.entries(parts)),
    writers: new Map(Object.entries(writers)),
  }
  return (source) => new Proxy(shape, new PartsHandler(source, kind))
}

interface Kind<Source> {
  readonly subject: Subject
  readonly names: readonly string[]
  readonly readers: ReadonlyMap<string | symbol, Parts<Source>[string]>
  readonly writers: ReadonlyMap<string | symbol, Writers<Source>[string]>
}

class PartsHandler<Source> implements ProxyHandler<object> {
  constructor(
    readonly source: Source,
    readonly kind: Kind<Source>,
  ) {}

  get(shape: object, key: string | symbol): unknown {
    const reader = this.kind.readers.get(key)
    if (reader !== undefined) return reader(this.source)
    if (key === PLAIN) return () => this.#plain()
    admit(key, this.kind.names, this.kind.subject)
    return Reflect.get(shape, key)
  }

  #plain(): object {
    return Object.fromEntries([...this.kind.readers].map(([name, reader]) => [name, reader(this.source)]))
  }

  getOwnPropertyDescriptor(_: object, key: string | symbol): PropertyDescriptor | undefined {
    const reader = this.kind.readers.get(key)
    return reader && { enumerable: true, configurable: true, get: () => reader(this.source) }
  }

  set(_: object, key: string | symbol, value: unknown): boolean {
    const { names, subject, writers } = this.kind
    admit(key, names, subject)
    const write = writers.get(key)
    if (write === undefined) throw cannotChange(key, subject)
    write(this.source, value)
    return true
  }

  deleteProperty(): boolean {
    return false
  }

  defineProperty(): boolean {
    return false
  }

  preventExtensions(): boolean {
    return false
  }

  setPrototypeOf(): boolean {
    return false
  }
}

/**
 * A draft behind a guard. Not `knownNames`: a proxy's target is asked for the property again after every trap, to see
 * that the trap did not lie, and a draft that is watched takes that for a question. So its target is an empty object.
 */
export function knownFields(draft: object, subject: Subject, names: readonly string[]): object {
  return new Proxy(standsFor(draft) === undefined ? draft : {}, {
    get(_, key) {
      if (key === PLAIN) return () => ({ ...draft })
      admit(key, names, subject)
      return Reflect.get(draft, key)
    },
    set(_, key, value) {
      if (typeof key === 'symbol') throw cannotChange(key, subject) // no state has it
      admit(key, names, subject)
      return Reflect.set(draft, key, value)
    },
    has: (_, key) => Reflect.has(draft, key),
    ownKeys: () => Reflect.ownKeys(draft),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(draft, key),
    deleteProperty: (_, key) => Reflect.deleteProperty(draft, key),
    defineProperty: () => false,
    preventExtensions: () => false,
    setPrototypeOf: () => false,
  })
}
