/** A scenario as the command line that repeats it, and its outcome in words. */
import type { Scenario, ViolatedOutcome } from '../language/scenario.ts'
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
  if (expect.verdict === 'violated') return `${expect.property} is violated ${violationCourse(expect)}`.trimEnd()
  const counts = countsText(expect)
  return counts === '' ? 'holds' : `holds; ${counts}`
}

/** `351 distinct, 622 generated, depth 13`: those that are told. */
export const countsText = ({ distinct, generated, depth }: Figures): string =>
  [
    ...(distinct === undefined ? [] : [`${count(distinct)} distinct`]),
    ...(generated === undefined ? [] : [`${count(generated)} generated`]),
    ...(depth === undefined ? [] : [`depth ${depth}`]),
  ].join(', ')

type Figures = { readonly [F in 'distinct' | 'generated' | 'depth']?: number }

/** `after 7 steps`, or how an execution goes on for ever; nothing where that is not told. */
export const violationCourse = ({ steps, loop }: Partial<Pick<ViolatedOutcome, 'steps' | 'loop'>>): string =>
  steps === undefined ? '' : courseText({ steps: { length: steps }, ...(loop !== undefined && { loop: steps - loop }) })

const parameterFlag = (name: string, value: unknown) =>
  typeof value === 'boolean' ? `--${value ? '' : 'no-'}${name}` : `--${name} ${String(value)}`
