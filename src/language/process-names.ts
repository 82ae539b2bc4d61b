/**
 * Which processes there are, while a value of a model is being checked. The schema of an id is written before any model
 * exists and shared by all of them, so it cannot hold their names; it asks here. Checks are synchronous and do not nest.
 */
type Names = Readonly<Record<string, readonly string[]>>

let present: Names | undefined

/** What `check` answers, where the processes are these, by role. */
export function among<T>(names: Names, check: () => T): T {
  present = names
  try {
    return check()
  } finally {
    present = undefined
  }
}

/** The names of a role's processes; undefined outside of any model. */
export const processesOf = (role: string): readonly string[] | undefined => present?.[role]
