/** A scenario as the command line that repeats it, and its outcome in words. */
import type { Scenario, ViolatedOutcome } from '../spec/scenario.ts'
import { courseText } from './course-text.ts'
import { kebabCase } from './kebab-case.ts'
import { count } from './quantities.ts'

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
  if (expect.verdict === 'violated') return `${expect.property} is violated ${violationCourse(expect)}`
  const { distinct, generated, depth } = expect
  return `holds; ${count(distinct)} distinct, ${count(generated)} generated, depth ${depth}`
}

/** `after 7 steps`, or how an execution goes on for ever. */
export const violationCourse = ({ steps, loop }: Pick<ViolatedOutcome, 'steps' | 'loop'>): string =>
  courseText({ steps: { length: steps }, ...(loop !== undefined && { loop: steps - loop }) })

const parameterFlag = (name: string, value: unknown) =>
  typeof value === 'boolean' ? `--${value ? '' : 'no-'}${name}` : `--${name} ${String(value)}`
