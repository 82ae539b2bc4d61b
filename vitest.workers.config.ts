/** Every documented run, random protocols and a hundred repetitions on several threads: a quarter of an hour on two cores. */
import { mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

const slow = mergeConfig(base, { test: { testTimeout: 1_800_000 } })

export default { ...slow, test: { ...slow.test, include: ['test/slow/workers.test.ts'], exclude: [] } }
