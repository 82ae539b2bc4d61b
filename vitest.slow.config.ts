/**
 * What takes minutes: thousands of random protocols, and whatever else is in test/slow/. Searches on several threads are
 * apart (`npm run test:workers`): how long they take depends on what else the machine does, so nothing runs beside them.
 */
import { mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

const slow = mergeConfig(base, { test: { testTimeout: 1_800_000 } })

export default {
  ...slow,
  test: { ...slow.test, include: ['test/slow/**/*.test.ts'], exclude: ['test/slow/workers.test.ts'] },
}
