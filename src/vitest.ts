/**
 * `splitbrain/vitest`: verdicts as matchers, and documented runs as tests. Importing it extends vitest's `expect`.
 *
 *   await expect(lock).toHold({ clients: 3 })
 *   await expect(lock).toViolate('mutualExclusion', { bugs: ['forgetHolder'], steps: 7 })
 *   await expect('counterexamples/lock.json').toReplay('no longer violated')
 */
import { expect, it } from 'vitest'
import { loadProtocol } from './load/load-protocol.ts'
import { scenariosOf } from './load/scenarios.ts'
import { matchers, type ProtocolMatchers } from './matchers.ts'
import { meet } from './testing/meet.ts'

/**
 * Makes a test of each documented run of a protocol; those that are slow are skipped. To be awaited where tests are
 * declared: `await fromScenarios('./lock.ts')`.
 * @param name what `verify` is called with: a file, relative to the working directory, or a protocol that comes along
 * @throws SplitbrainError `bad-scenario`, `bad-protocol`, `unknown-protocol`
 */
export async function fromScenarios(name: string): Promise<void> {
  const loaded = await loadProtocol(name)
  for (const scenario of await scenariosOf(loaded, name)) {
    it.skipIf(scenario.slow)(scenario.name, () => meet({ name, loaded, scenario }))
  }
}

expect.extend(matchers)

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: it must be declared as vitest declares it
  interface Matchers<T = any> extends ProtocolMatchers {}
}
