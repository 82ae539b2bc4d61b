/** Where two traces part, told to a person. */

import type { Parting, Turn } from '../judge/parting.ts'
import { describeChange, describeStep, placeOf } from '../trace/describe-step.ts'
import type { Change, Trace } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { courseText } from './course-text.ts'
import { plural } from './quantities.ts'
import { wrap } from './text-width.ts'

/** A trace and what the reader calls it. */
export interface Named {
  readonly name: string
  readonly trace: Trace
  /** Whether these are the other's steps on another version of the protocol, of which nobody knows where they end. */
  readonly isTried?: boolean
}

const MOST_CHANGES = 20

/** Lines of text; A is the first trace, B the second. */
export function partingText(parting: Parting, first: Named, second: Named, width: number): string {
  const lines = [
    `A  ${nameOf(first)}`,
    `B  ${nameOf(second)}`,
    ...settings(first.trace, second.trace).map((text) => `   ${text}`),
    '',
    ...whereText(parting, first.trace),
    ...whyText(parting),
    ...(parting.why === 'same' || parting.why === 'start' ? [] : endsText(parting.ends)),
  ]
  return lines.flatMap((line) => wrap(line, width, line.search(/\S|$/) + 2)).join('\n')
}

const nameOf = ({ name, trace, isTried }: Named): string =>
  isTried ? name : `${name}: ${trace.property.name} ${trace.verdict} ${courseText(trace)}`

/** In what the two were made differently. */
function settings(a: Trace, b: Trace): string[] {
  const names = [...new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)])]
  const told = (value: Parameters<typeof show>[0] | undefined) => (value === undefined ? 'absent' : show(value))
  const differs = (name: string) => told(a.parameters[name]) !== told(b.parameters[name])
  return [
    ...(a.protocol === b.protocol ? [] : [`A is of ${a.protocol}, B of ${b.protocol}`]),
    ...(textOf([...a.bugs]) === textOf([...b.bugs]) ? [] : [`bugs: A ${listed(a.bugs)}, B ${listed(b.bugs)}`]),
    ...names.filter(differs).map((name) => `${name}: A ${told(a.parameters[name])}, B ${told(b.parameters[name])}`),
  ]
}

const listed = (names: readonly string[]): string => names.join(', ') || 'none'

function whereText({ common, why }: Parting, { steps }: Trace): string[] {
  if (why === 'same') return [`They are the same: ${plural(common, 'step')}, every state alike.`]
  if (why === 'start') return ['They start in different states.']
  if (common === 0) return ['They start in the same state and part at once.']
  const last = `the last is ${describeStep(steps[common - 1]!)}`
  return [`The first ${common === 1 ? 'step is' : `${common} steps are`} the same, states included; ${last}.`]
}

function whyText(parting: Parting): string[] {
  const step = parting.common + 1
  switch (parting.why) {
    case 'same':
      return []
    case 'start':
      return parting.changes === undefined
        ? ['Their states are not of the same components.']
        : changeLines(parting.changes)
    case 'longer':
      return [
        `Then ${parting.longer === 'first' ? 'B' : 'A'} ends, and the other goes on:`,
        ...turn(parting.longer, step, parting.turn),
      ]
    case 'choice':
      return [
        'Then each takes another step, where both could be taken:',
        ...turn('first', step, parting.first),
        ...turn('second', step, parting.second),
      ]
    case 'effect':
      return [
        'Then the same step does different things:',
        ...turn('first', step, parting.first),
        ...turn('second', step, parting.second),
      ]
    case 'refused': {
      const other = parting.by === 'first' ? 'second' : 'first'
      return [
        `Then a step of one cannot be taken by the other:`,
        ...turn(other, step, parting.turn),
        `  ${letter(parting.by)}  ${parting.reason}`,
      ]
    }
  }
}

const letter = (side: 'first' | 'second'): string => (side === 'first' ? 'A' : 'B')

const turn = (side: 'first' | 'second', step: number, { step: taken, changes }: Turn): string[] => [
  `  ${letter(side)}  ${step}. ${describeStep(taken)}`,
  ...changes.map((change) => `       ${describeChange(change, placeOf(change))}`),
]

function endsText(ends: readonly Change[] | undefined): string[] {
  if (ends === undefined) return ['', 'Their states are not of the same components.']
  if (ends.length === 0) return ['', 'At their ends they are in the same state.']
  return [
    '',
    `At their ends ${plural(ends.length, 'place')} ${ends.length === 1 ? 'differs' : 'differ'} (A, then B):`,
    ...changeLines(ends),
  ]
}

function changeLines(changes: readonly Change[]): string[] {
  const told = changes.slice(0, MOST_CHANGES).map((change) => {
    const side = (value: Change['before']) => (value === undefined ? 'absent' : show(value))
    return `  ${placeOf(change)}: ${side(change.before)}, ${side(change.after)}`
  })
  return changes.length <= MOST_CHANGES ? told : [...told, `  … and ${changes.length - MOST_CHANGES} more`]
}
