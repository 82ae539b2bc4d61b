/** What is being checked: the protocol, all its parameters (they bound every claim that follows), the bugs seeded. */
import type { Model } from '../model.ts'
import { kebabCase } from './kebab-case.ts'
import { wrapItems } from './wrap.ts'

/** `raft · nodes 3 · max-term 2 · bug forget-vote`, in the order of `parameters`, the protocol's own. */
export function headline(
  model: Pick<Model, 'protocol' | 'parameters' | 'bugs'>,
  parameters: readonly string[],
  width: number,
): string {
  const values = parameters.map((name) => `${kebabCase(name)} ${String(model.parameters[name])}`)
  const bugs = model.bugs.map((bug) => `bug ${kebabCase(bug)}`)
  return wrapItems([model.protocol, ...values, ...bugs], width, '  ')
}
