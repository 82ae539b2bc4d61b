/** A trace as a Mermaid sequence diagram (mermaid.js.org, "Sequence diagrams"), for Markdown that draws it. */
import type { Model } from '../../model.ts'
import { describeChange, placeOf } from '../../trace/describe-step.ts'
import type { Trace } from '../../trace/trace.ts'
import { show } from '../../value/show.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { oneLine } from '../../value/visible.ts'
import { claimText } from '../claim-text.ts'
import { type Flight, type Happening, storyOf, strandedIn } from '../happenings.ts'

/** Mermaid refuses longer texts unless its page is set up otherwise (`maxTextSize`). */
const LONGEST = 50_000

/** @throws SplitbrainError `bad-option` where the diagram is longer than Mermaid takes */
export function mermaid(model: Model, trace: Trace): string {
  const story = storyOf(model, trace)
  const { happenings } = story
  const processes = model.components.filter(({ kind }) => kind === 'process').map(({ name }) => name)
  const all = `${idOf(processes[0] ?? ENVIRONMENT)},${idOf(processes.at(-1) ?? ENVIRONMENT)}`
  const steps = happenings.map((happening, i) => stepLines(happening, i + 1, all))
  const text = [
    'sequenceDiagram',
    `  title ${escaped(claimText(trace))}`,
    ...processes.map((name) => `  participant ${declared(name)}`),
    ...(processes.length === 0 ? [`  participant ${ENVIRONMENT}`] : []),
    ...inLoop(steps, trace),
    ...strandedIn(story).map((flight) => arrow(flight, '--)', ' (in flight)')),
    `  Note over ${all}: ${escaped(trace.because === '' ? trace.property.claim : trace.because)}`,
    '',
  ].join('\n')
  if (text.length <= LONGEST) return text
  throw new SplitbrainError(
    'bad-option',
    `as a Mermaid diagram the trace has ${text.length} characters, and Mermaid takes ${LONGEST}; use --html, or --format plantuml`,
  )
}

const ENVIRONMENT = 'environment'

/** The lines of each step, those of a loop in a box. */
function inLoop(steps: readonly string[][], { loop }: Trace): string[] {
  if (loop === undefined || loop === steps.length) return steps.flat()
  const round = steps.slice(loop).flat()
  return [...steps.slice(0, loop).flat(), '  loop again and again', ...round.map((line) => `  ${line}`), '  end']
}

/** Arrows stand where messages arrive; what a step changed is a note. */
function stepLines({ told, process, ended, changes, shared }: Happening, step: number, all: string): string[] {
  const notes = new Map<string, string[]>()
  for (const change of changes) {
    notes.set(change.component, [...(notes.get(change.component) ?? []), describeChange(change, change.path)])
  }
  const arrows = ended.map((flight) => arrow(flight, flight.fate === 'lost' ? '-x' : '->>'))
  const acting = process === null || notes.has(process) ? [] : [[process, []] as const]
  const own = [...acting, ...notes].map(([name, lines]) => {
    const head = name === process ? [`${step}. ${told}`] : [`${step}.`]
    return `  Note over ${idOf(name)}: ${[...head, ...lines].map(escaped).join('<br/>')}`
  })
  const common = [
    ...(process === null ? [`${step}. ${told}`] : []),
    ...shared.map((c) => describeChange(c, placeOf(c))),
  ]
  return [
    ...arrows,
    ...own,
    ...(common.length === 0 ? [] : [`  Note over ${all}: ${common.map(escaped).join('<br/>')}`]),
  ]
}

const arrow = ({ from, to, number, message }: Flight, head: string, more = ''): string =>
  `  ${idOf(from)}${head}${idOf(to)}: ${escaped(`#${number} ${show(message)}${more}`)}`

/**
 * `#` begins an entity, `;` ends a line, `%%` a comment or a directive, `$$` mathematics. What cannot be seen is an escape
 * already.
 */
const escaped = (text: string): string =>
  oneLine(text).replace(/[#;<>&%$\\`]/g, (character) => `#${character.charCodeAt(0)};`)

/** A name that can stand anywhere in a diagram; another is the text of a participant that is known by its code points. */
const PLAIN = /^[A-Za-z]\w*\d$/

const idOf = (name: string): string =>
  PLAIN.test(name) || name === ENVIRONMENT
    ? name
    : `p${Array.from(name, (c) => `_${c.codePointAt(0)!.toString(36)}`).join('')}`

const declared = (name: string): string => (idOf(name) === name ? name : `${idOf(name)} as ${escaped(name)}`)
