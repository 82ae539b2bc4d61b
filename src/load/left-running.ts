/** What a file has begun as it was loaded, and not ended. What happens later could change what its functions do. */
import { SplitbrainError } from '../value/splitbrain-error.ts'

const KINDS: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'a timer (setImmediate)',
  TCPServerWrap: 'a server',
  PipeServerWrap: 'a server',
  TCPSocketWrap: 'a connection',
  TLSWrap: 'a connection',
  UDPWrap: 'a socket',
  ProcessWrap: 'a process',
  FSEventWrap: 'the watching of a file',
  StatWatcher: 'the watching of a file',
}

type Count = ReadonlyMap<string, number>

/** What of these kinds this thread has under way. */
export function underWay(): Count {
  const counts = new Map<string, number>()
  for (const resource of process.getActiveResourcesInfo()) {
    const kind = KINDS[resource]
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/** @throws SplitbrainError `bad-protocol` where there is more under way than there was */
export function checkNothingLeftRunning(file: string, before: Count): void {
  const left = [...underWay()].find(([kind, count]) => count > (before.get(kind) ?? 0))
  if (left === undefined) return
  throw new SplitbrainError(
    'bad-protocol',
    `${file} begins ${left[0]} as it is loaded; a protocol's file may only define it, for what happens later could change ` +
      'what its functions do',
  )
}
