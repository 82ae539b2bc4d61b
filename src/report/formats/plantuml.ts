/** A trace as a PlantUML sequence diagram (plantuml.com, "Sequence Diagram"). */
import type { Model } from '../../model.ts'
import { describeChange, placeOf } from '../../trace/describe-step.ts'
import type { Trace } from '../../trace/trace.ts'
import { show } from '../../value/show.ts'
import { oneLine } from '../../value/visible.ts'
import { claimText } from '../claim-text.ts'
import { type Flight, type Happening, storyOf, strandedIn } from '../happenings.ts'

export function plantuml(model: Model, trace: Trace): string {
  const story = storyOf(model, trace)
  const { happenings } = story
  const processes = model.components.filter(({ kind }) => kind === 'process').map(({ name }) => name)
  const steps = happenings.map((happening, i) => stepLines(happening, i + 1))
  return [
    '@startuml',
    `title ${escaped(claimText(trace))}`,
    ...processes.map((name) => `participant ${quoted(name)}`),
    ...(processes.length === 0 ? ['participant environment'] : []),
    ...inLoop(steps, trace),
    ...strandedIn(story).map((flight) => arrow(flight, '-->>', ' (in flight)')),
    `note across: ${escaped(trace.because === '' ? trace.property.claim : trace.because)}`,
    '@enduml',
    '',
  ].join('\n')
}

function inLoop(steps: readonly string[][], { loop }: Trace): string[] {
  if (loop === undefined || loop === steps.length) return steps.flat()
  return [...steps.slice(0, loop).flat(), 'loop again and again', ...steps.slice(loop).flat(), 'end']
}

function stepLines({ told, process, ended, changes, shared }: Happening, step: number): string[] {
  const components = [
    ...new Set([...(process === null ? [] : [process]), ...changes.map(({ component }) => component)]),
  ]
  const notes = components.map((name) => {
    const own = changes
      .filter(({ component }) => component === name)
      .map((change) => describeChange(change, change.path))
    return `note over ${quoted(name)}: ${[name === process ? `${step}. ${told}` : `${step}.`, ...own].map(escaped).join('\\n')}`
  })
  const common = [
    ...(process === null ? [`${step}. ${told}`] : []),
    ...shared.map((c) => describeChange(c, placeOf(c))),
  ]
  return [
    ...ended.map((flight) => arrow(flight, flight.fate === 'lost' ? '->x' : '->')),
    ...notes,
    ...(common.length === 0 ? [] : [`note across: ${common.map(escaped).join('\\n')}`]),
  ]
}

const arrow = ({ from, to, number, message }: Flight, shaft: string, more = ''): string =>
  `${quoted(from)} ${shaft} ${quoted(to)} : ${escaped(`~#${number} ${show(message)}${more}`)}`

/** A name in quotes, which PlantUML ends at the first one. */
const quoted = (name: string): string => `"${escaped(name.replaceAll('"', "''"))}"`

/**
 * Creole's marks are shielded by a tilde. By its code point stands what begins a line break, a tag, a link or a call of the
 * preprocessor, which could read files.
 */
const escaped = (text: string): string =>
  oneLine(text).replace(/\*\*|\/\/|""|--|__|~~|[\\<%$]|\[\[/g, (mark) =>
    /^[\\<%$[]/.test(mark) ? [...mark].map(codePoint).join('') : `~${mark}`,
  )

const codePoint = (character: string): string =>
  `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`
