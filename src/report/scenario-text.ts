/** A scenario as the command line that repeats it, and its outcome in words. */
import type { Scenario, ViolatedOutcome } from '../spec/scenario.ts'
import { kebabCase } from './kebab-case.ts'
import { count, plural } from './quantities.ts'

/** @param calledAs the command that checks the protocol: `verify raft` */
export function scenarioCommand(scenario: Scenario, calledAs: string): string {
  const { parameters = {}, bugs = [], properties = [] } = scenario
  return [
    calledAs,
    ...Object.entries(parameters).map(([name, value]) => parameterFlag(kebabCase(name), value)),
    ...(bugs.length === 0 ? [] : [`--bug ${bugs.map(kebabCase).join(',')}`]),
    ...(properties.length === 0 ? [] : [`--property ${properties.map(kebabCase).join(',')}`]),
  ].join(' ')
}

/** @param calledAs the command that checks the protocol: `verify raft` */
export function scenarioOutcome({ expect }: Scenario): string {
  if (expect.verdict === 'violated') return `${expect.property} is violated after ${lengthOf(expect)}`
  const { distinct, generated, depth } = expect
  return `holds; ${count(distinct)} distinct, ${count(generated)} generated, depth ${depth}`
}

/** `7 steps`; of a lasso `7 steps, the last 3 repeated for ever`. */
export function lengthOf({ steps, loop }: Pick<ViolatedOutcome, 'steps' | 'loop'>): string {
  const whole = plural(steps, 'step')
  if (loop === undefined) return whole
  if (loop === 0) return `${whole}, where all stops`
  return loop === steps
    ? `${whole}, repeated for ever`
    : `${whole}, the last ${loop === 1 ? 'one' : loop} repeated for ever`
}

const parameterFlag = (name: string, value: unknown) =>
  typeof value === 'boolean' ? `--${value ? '' : 'no-'}${name}` : `--${name} ${String(value)}`
