/**
 * What a file has begun as it was loaded, and not ended. What happens later could change what its functions do. Only what
 * the file's own code began counts, by the context that Node keeps for whatever is asynchronous: while it is loaded, other
 * searches may take their turns on this thread, and whoever calls the library has timers and servers of its own.
 */
import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** By the names that Node's hooks have for them. */
const KINDS: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'a timer (setImmediate)',
  TCPSERVERWRAP: 'a server',
  PIPESERVERWRAP: 'a server',
  TCPWRAP: 'a connection',
  TLSWRAP: 'a connection',
  UDPWRAP: 'a socket',
  PROCESSWRAP: 'a process',
  FSEVENTWRAP: 'the watching of a file',
  STATWATCHER: 'the watching of a file',
}

interface Begun {
  readonly kind: string
  readonly resource: { hasRef?(): boolean }
}

/** By what is loaded and the numbers that Node gives. A file is loaded once, whoever asks for it again. */
const begunBy = new Map<string, Map<number, Begun>>()

/** Loads what `url` names, and notes what begins meanwhile on its account and does not end. */
export async function noted<T>(url: string, load: () => Promise<T>): Promise<T> {
  const begun = begunBy.get(url) ?? new Map<number, Begun>()
  begunBy.set(url, begun)
  const loading = new AsyncLocalStorage<true>()
  const hook = createHook({
    init(id, type, _, resource) {
      const kind = KINDS[type]
      if (kind !== undefined && loading.getStore()) begun.set(id, { kind, resource })
    },
    destroy(id) {
      begun.delete(id)
    },
  }).enable()
  try {
    const loaded = await loading.run(true, load)
    for (let turn = 0; turn < 2; turn++) await new Promise((resume) => setImmediate(resume)) // ends, and promises left rejected, are told of late
    return loaded
  } finally {
    hook.disable()
    loading.disable()
  }
}

/** @throws SplitbrainError `bad-protocol` where something was left that keeps the process alive */
export function checkNothingLeftRunning(file: string, url: string): void {
  const left = [...(begunBy.get(url)?.values() ?? [])].find(({ resource }) => resource.hasRef?.())
  if (left === undefined) return
  throw new SplitbrainError(
    'bad-protocol',
    `${file} begins ${left.kind} as it is loaded; a protocol's file may only define it, for what happens later could change ` +
      'what its functions do',
  )
}
