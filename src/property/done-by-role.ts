/** What being done means, told role by role: `{ client: (c) => c.status === 'idle', server: (s) => s.holder === null }`. */

import type { Check } from './check.ts'
import { all, every, judgementOf } from './quantifiers.ts'

/** For each role named, when one of its processes is done. Of a role that is not named all processes are. */
export type DoneByRole<V> = {
  readonly [R in Exclude<keyof V, 'messages' | 'shared'>]?: V[R] extends readonly (infer P)[]
    ? (process: P) => Check
    : never
}

type Process = { readonly id: string }
type Tests = Readonly<Record<string, (process: Process) => Check>>

/** The same as a predicate over the state, which names the first process that is not done. */
export function whetherAllAreDone<V>(byRole: DoneByRole<V>): (state: V) => Check {
  const tests = Object.entries(byRole as Tests)
  return (state) => {
    const processesOf = (role: string) => (state as Readonly<Record<string, readonly Process[]>>)[role]!
    return all(
      ...tests.map(
        ([role, isDone]) =>
          () =>
            every(processesOf(role), isDone, (process) => {
              const { because } = judgementOf(isDone(process))
              return `${process.id} is not done${because === undefined ? '' : `: ${because}`}`
            }),
      ),
    )
  }
}
