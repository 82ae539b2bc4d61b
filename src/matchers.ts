/**
 * `splitbrain/matchers`: verdicts as matchers, for any `expect.extend` - vitest's (which `splitbrain/vitest` calls by
 * itself) and jest's.
 */
import type { CheckResult } from './check/result.ts'
import type { CheckOptions } from './check/settings.ts'
import { check, replay } from './check.ts'
import type { Protocol } from './language/protocol.ts'
import { commandTo } from './report/program.ts'
import { scenarioCommand } from './report/scenario-text.ts'
import type { Replay } from './trace/trace.ts'

/** What `toViolate` may ask besides the property. */
export interface ViolationAsked extends CheckOptions {
  /** How many steps the shortest counterexample has. */
  readonly steps?: number
}

/** What `toReplay` may ask for. */
export type ReplayAsked = 'reproduced' | 'no longer violated'

type Parameters = NonNullable<CheckOptions['parameters']>

interface Answer {
  readonly pass: boolean
  readonly message: () => string
  /** Shown as a difference, where they are not what they should be. */
  readonly actual?: string
  readonly expected?: string
}

/** For `expect.extend`. Each takes a protocol, or what `verify` is called with: a file, or a name. */
export const matchers = {
  /** Every reachable state was searched, and all properties hold. */
  async toHold(protocol: Protocol | string, parameters: Parameters = {}, options: CheckOptions = {}): Promise<Answer> {
    const result = await check(protocol, { ...options, parameters })
    return answer(protocol, result, result.verdict === 'holds', 'all properties hold')
  },

  /** The shortest counterexample breaks this property. */
  async toViolate(protocol: Protocol | string, property: string, asked: ViolationAsked = {}): Promise<Answer> {
    const { steps, ...options } = asked
    const result = await check(protocol, { ...options, properties: options.properties ?? [property] })
    const found = result.verdict === 'violated' ? result.violations.find((one) => one.property === property) : undefined
    const pass = found !== undefined && (steps === undefined || found.steps === steps)
    return answer(
      protocol,
      result,
      pass,
      `${property} is violated${steps === undefined ? '' : ` after ${steps} steps`}`,
    )
  },

  /** The search ends before it can say, and finds no violation. */
  async toBeUnknown(protocol: Protocol | string, options: CheckOptions = {}): Promise<Answer> {
    const result = await check(protocol, options)
    return answer(protocol, result, result.verdict === 'unknown', 'unknown')
  },

  /** The saved trace, executed again, comes to this. */
  async toReplay(
    file: string,
    asked: ReplayAsked,
    { protocol }: { protocol?: Protocol | string } = {},
  ): Promise<Answer> {
    const { outcome, text } = await replay(file, protocol === undefined ? {} : { protocol })
    const found = OUTCOMES[outcome]
    return {
      pass: found === asked,
      message: () => `${text}\n\n${commandTo('replay', file)}`,
      actual: `${file}: ${found}`,
      expected: `${file}: ${asked}`,
    }
  },
}

const OUTCOMES: Readonly<Record<Replay['outcome'], string>> = {
  reproduced: 'reproduced',
  'no-longer-violated': 'no longer violated',
  unsettled: 'unsettled',
  diverged: 'diverged',
}

function answer(protocol: Protocol | string, result: CheckResult, pass: boolean, expected: string): Answer {
  const last = result.text.split('\n').at(-1)!
  const drawn = result.verdict === 'violated' ? result.violations[0].text : last
  return {
    pass,
    message: () =>
      `${pass ? 'not ' : ''}expected of ${result.protocol}: ${expected}; found: ${last}\n\n${commandOf(protocol, result)}`,
    actual: drawn,
    expected,
  }
}

/** The command that shows the same; of a protocol that was given as a value, nobody knows the file. */
function commandOf(protocol: Protocol | string, { parameters, bugs }: CheckResult): string {
  const file = typeof protocol === 'string' ? commandTo(protocol) : commandTo('./FILE.ts')
  return scenarioCommand({ name: '', expect: { verdict: 'holds' }, parameters, bugs }, file)
}

/** The matchers as `expect(protocol)` has them. */
export interface ProtocolMatchers {
  /** Every reachable state was searched, and all properties hold. */
  toHold(parameters?: Parameters, options?: CheckOptions): Promise<void>
  /** The shortest counterexample breaks this property. */
  toViolate(property: string, asked?: ViolationAsked): Promise<void>
  /** The search ends before it can say, and finds no violation. */
  toBeUnknown(options?: CheckOptions): Promise<void>
  /** The saved trace, executed again, comes to this. */
  toReplay(asked: ReplayAsked, options?: { protocol?: Protocol | string }): Promise<void>
}
