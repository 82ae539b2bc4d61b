/** What takes minutes: thousands of random protocols, and whatever else is in test/slow/. */
import { mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

const slow = mergeConfig(base, { test: { testTimeout: 1_800_000 } })

export default { ...slow, test: { ...slow.test, include: ['test/slow/**/*.test.ts'], exclude: [] } }
