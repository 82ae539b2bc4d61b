/** Histories written by hand: `['c1', 'write(1)', 0, 3]` is invoked at 0 and returns at 3, `['c2', 'read() 1', 1, 2]` gives 1. */
import type { Operation } from '../../src/history/operation.ts'
import type { Value } from '../../src/model.ts'

/** Without an end it is pending for ever. */
export type Written = readonly [process: string, call: string, invokedAt: number, endedAt?: number]

export const operations = (...written: readonly Written[]): readonly Operation[] =>
  written
    .map(([process, call, invokedAt, endedAt = Number.POSITIVE_INFINITY]): Operation => {
      const [, name, argument, result] = /^(\w+)\((.*)\) ?(.*)$/.exec(call)!
      const value = (text: string): Value => (text === '' ? null : JSON.parse(text))
      const hasEnded = endedAt < Number.POSITIVE_INFINITY
      return {
        process,
        name: name!,
        argument: argument === '' ? undefined : value(argument!),
        outcome: hasEnded ? 'returned' : 'pending',
        result: hasEnded ? value(result!) : undefined,
        invokedAt,
        endedAt,
      }
    })
    .sort((a, b) => a.invokedAt - b.invokedAt)
