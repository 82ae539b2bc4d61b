/** A door that may fall shut; whoever walks on behind it never comes out again. */
export const DOOR = `import { canAlways, disabled, eventually, protocol, z } from 'splitbrain'
export default protocol(
  { name: 'door', shared: { isShut: z.boolean().default(false), at: z.int().default(0) } },
  () => ({
    actions: {
      environment: {
        walk({ shared }) {
          if (shared.at === 9) return disabled
          shared.at += 1
        },
        back({ shared }) {
          if (shared.isShut && shared.at === 1) return disabled
          if (shared.at === 0) return disabled
          shared.at -= 1
        },
        shut({ shared }) {
          if (shared.isShut) return disabled
          shared.isShut = true
        },
      },
    },
    properties: {
      wayOut: canAlways('there is always a way out', ({ shared }) => shared.at === 0),
      walksFar: eventually('the end is reached', ({ shared }) => shared.at === 9, { weak: ['environment.walk'] }),
    },
  }),
)
`
