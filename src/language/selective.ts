/**
 * Selective receive, as Erlang has it: a process takes the oldest message of a queue that it is not `disabled` for, and
 * leaves those before it where they are. Whether it is disabled for them is found by rehearsing their handlers.
 */
import type { Keeping, Message, Run } from '../model.ts'
import { equal } from '../value/canonical.ts'
import { orderOf } from '../value/channel.ts'
import { asPlain, deepFreeze } from '../value/plain.ts'
import { canEnd } from './rehearsal.ts'

/** Whether a message that is received is the oldest that could be: for none before it `handle` has a step. */
export function isOldestWanted(
  run: Run,
  { channel, keeping, message }: { channel: number; keeping: Keeping; message: Message },
  handle: (run: Run, message: Message) => unknown,
): boolean {
  if (orderOf(keeping, message) !== 'selective') return true
  for (const held of run.read(channel) as readonly Message[]) {
    if (orderOf(keeping, held) !== 'selective') continue
    if (equal(held, message)) return true
    const earlier = asPlain(held) as Message
    deepFreeze(earlier)
    if (canEnd(run, (rehearsal) => handle(rehearsal, earlier), { picks: [], message: earlier })) return false
  }
  return true
}
