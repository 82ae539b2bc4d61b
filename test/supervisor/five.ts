import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What stands before the protocol, and what in its body. */
export interface Five {
  readonly before?: string
  readonly within?: string
}

/** A protocol that holds, with something before it and something in its body. */
export function writeFive(folder: string, name: string, { before = '', within = '' }: Five): string {
  const text = `import { always, protocol, z } from 'splitbrain'
${before}
export default protocol({ name: 'five', shared: { n: z.int().default(0) } }, () => ({
  actions: { environment: { inc({ shared }) { ${within}; shared.n = (shared.n + 1) % 5 } } },
  properties: { small: always('n is small', ({ shared }) => shared.n < 9) },
}))
`
  writeFileSync(join(folder, `${name}.ts`), text)
  return `${name}.ts`
}

export const HOLDS =
  'Holds: all 2 properties hold in 5 distinct states, every one that can be reached at these\nparameters.'
export const DEFINE = "a protocol's file may only define it"
