/** The text of a small protocol without end, for tests to change. */
export const UNBOUNDED = `import { always, protocol, z } from 'splitbrain'
export default protocol({ name: 'unbounded', shared: { n: z.int().default(0) } }, () => ({
  actions: { environment: { inc({ shared }) { shared.n += 1 } } },
  properties: { small: always('n is not negative', ({ shared }) => shared.n >= 0) },
}))
`
