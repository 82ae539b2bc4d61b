/** What the protocol's own code cannot reach: clocks, chance, timers, the machine, files and the network. */
import { builtinModules } from 'node:module'
import { refuse } from './guard.ts'
import { define, outOfReach, type Undo, unreadable, unreadableFields, wrap } from './trap.ts'

/** Of objects that are there without an import: the functions that are out of reach. */
const FUNCTIONS: readonly (readonly [holder: object, name: string, keys: readonly string[]])[] = [
  [Math, 'Math', ['random']],
  [Date, 'Date', ['now']],
  [performance, 'performance', ['now', 'mark', 'measure', 'toJSON', 'eventLoopUtilization']],
  [
    process,
    'process',
    [
      ...['hrtime', 'uptime', 'memoryUsage', 'cpuUsage', 'resourceUsage', 'availableMemory', 'constrainedMemory'],
      ...['exit', 'reallyExit', 'abort', 'kill', 'cwd', 'chdir', 'nextTick', 'getActiveResourcesInfo', 'umask'],
      ...['on', 'once', 'addListener', 'getBuiltinModule', 'emitWarning'],
    ],
  ],
  [crypto, 'crypto', ['randomUUID', 'getRandomValues']],
  [WeakRef.prototype, 'WeakRef', ['deref']],
  [
    globalThis,
    '',
    [
      ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch'],
      ...['WebSocket', 'EventSource', 'Worker', 'BroadcastChannel', 'MessageChannel'],
    ],
  ],
]

/** Modules of which nothing can be called. Pure ones, such as node:path and node:url, are not among them. */
const MODULES = [
  ...['os', 'fs', 'fs/promises', 'child_process', 'cluster', 'worker_threads', 'inspector', 'readline', 'repl'],
  ...['net', 'tls', 'http', 'https', 'http2', 'dns', 'dns/promises', 'dgram', 'timers', 'timers/promises'],
]

/** Of node:crypto, what gives chance; a hash is a function like any other. */
const CHANCE = /^(random|pseudoRandom|prng|rng|generate|create(DiffieHellman|ECDH))/

/** Settings that Node itself reads whenever an error is made or something is printed. */
const OF_NODE = /^(NODE_|NO_COLOR$|FORCE_COLOR$|TERM$|COLORTERM$|WATCH_REPORT_DEPENDENCIES$)/

/** Puts all of it out of reach until the returned functions are called. */
export function putOutOfReach(): Undo[] {
  const called = FUNCTIONS.flatMap(([holder, of, keys]) =>
    keys.map((key) => outOfReach(holder, key, of === '' ? key : `${of}.${key}`)),
  )
  return [
    ...called,
    unreadable(performance, 'timeOrigin', 'performance.timeOrigin'),
    unreadable(process, 'pid', 'process.pid'),
    unreadable(process, 'ppid', 'process.ppid'),
    unreadableFields(process, 'env', 'process.env', OF_NODE),
    ...clocksOfDates(),
    ...functionsOfModules(),
  ]
}

/** `new Date(0)` is a value; `new Date()` and `Date()` read the clock, and so does a format that is given no date. */
function clocksOfDates(): Undo[] {
  const trapped: DateConstructor = new Proxy(Date, {
    construct(target, args: unknown[], newTarget): object {
      if (args.length === 0) refuse('new Date()')
      return Reflect.construct(target, args, newTarget === trapped ? target : newTarget) as object
    },
    apply() {
      refuse('Date()')
      return new Date().toString()
    },
  })
  const { prototype } = Intl.DateTimeFormat
  const format = Object.getOwnPropertyDescriptor(prototype, 'format')!.get!
  const dated =
    <Args extends unknown[], R>(formatted: (...args: Args) => R) =>
    (...args: Args): R => {
      if (args[0] === undefined) refuse('Intl.DateTimeFormat without a date')
      return formatted(...args)
    }
  return [
    define(globalThis, 'Date', { value: trapped, writable: true }),
    define(prototype, 'format', {
      get(this: Intl.DateTimeFormat) {
        return dated(Reflect.apply(format, this, []) as Intl.DateTimeFormat['format'])
      },
    }),
    wrap(prototype, 'formatToParts', (original) => {
      return function (this: Intl.DateTimeFormat, ...args: [date?: Date]) {
        return dated((...dates: [date?: Date]) => Reflect.apply(original, this, dates) as unknown)(...args)
      }
    }),
  ]
}

const builtin = process.getBuiltinModule.bind(process)

/** Only of modules that somebody has loaded: loading all of them takes longer than a small search. */
function functionsOfModules(): Undo[] {
  const loaded = new Set((process as { readonly moduleLoadList?: readonly string[] }).moduleLoadList)
  const isLoaded = (id: string) =>
    builtinModules.includes(id) && (loaded.size === 0 || loaded.has(`NativeModule ${id}`))
  const functions = (id: string, isMeant: (key: string) => boolean): Undo[] => {
    if (!isLoaded(id)) return []
    const module = builtin(`node:${id}`) as unknown as object
    return Object.keys(module)
      .filter(isMeant)
      .map((key) => outOfReach(module, key, `node:${id}.${key}`))
  }
  return [...MODULES.flatMap((id) => functions(id, () => true)), ...functions('crypto', (key) => CHANCE.test(key))]
}
