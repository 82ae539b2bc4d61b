/** Trials in rows: what is done to a draft, which fields start with several values, and how many outcomes there must be. */
import { expect, it } from 'vitest'
import { type Arena, type Trial, tryOut } from './arena.ts'

export type Row = readonly [name: string, fields: readonly (keyof Arena)[], outs: number, trial: Trial]

export const check = (rows: readonly Row[]) => {
  it.each(rows)('%s', async (_, fields, outs, trial) => expect(await tryOut(fields, trial)).toBe(outs))
}

/** Does something to a field, then shows it. */
export const change =
  (field: keyof Arena, act: (me: Arena) => unknown): Trial =>
  (me) => {
    act(me)
    me.out = me[field]
  }
