/** `choose(name, options)`: what it takes. */
import type { Run } from '../model.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** The `choose` of a run; `named` makes a trace's name of the choice out of the author's. */
export function chooser(run: Run, named: (name: string) => string = (name) => name) {
  return <T>(name: string, options: readonly T[]): T => {
    if (typeof name === 'string' && name !== '' && Array.isArray(options))
      return run.choose(named(admitted(name)), options)
    throw new SplitbrainError(
      'bad-step',
      `it calls choose(${found(name)}, ${found(options)}); expected choose(name, options), as in choose('peer', peers)`,
    )
  }
}

/** Traces have what was chosen under its name, as the field of an object. @throws SplitbrainError `bad-step` */
function admitted(name: string): string {
  if (!name.startsWith('#') && name !== '__proto__') return name
  throw new SplitbrainError(
    'bad-step',
    `a choice is called ${name}; expected a name that does not start with # and is not __proto__`,
  )
}
