import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: { alias: { splitbrain: source('./src/index.ts') } },
  test: { include: ['test/**/*.test.ts'], exclude: ['test/slow/**'], testTimeout: 60_000, maxWorkers: '100%' },
})
