/** Values without end, each of 8 kilobytes. */
import { protocol, z } from 'splitbrain'

export default protocol({ name: 'hungry-values', shared: { text: z.string().default('x'.repeat(2 ** 13)) } }, () => ({
  actions: {
    environment: {
      write({ shared, choose }) {
        shared.text += choose('letter', ['a', 'b'])
      },
    },
  },
  properties: {},
}))
