/**
 * A trace as a graph of what happened before what (Lamport 1978), for Graphviz: a column per process, its steps in order,
 * and an arrow from where a message was sent to where it was received or lost.
 */
import type { Model } from '../../model.ts'
import { describeChange, placeOf } from '../../trace/describe-step.ts'
import type { Trace } from '../../trace/trace.ts'
import { show } from '../../value/show.ts'
import { oneLine, visibleLines } from '../../value/visible.ts'
import { claimText } from '../claim-text.ts'
import { type Happening, type Story, storyOf } from '../happenings.ts'

export function dot(model: Model, trace: Trace): string {
  const story = storyOf(model, trace)
  const { happenings } = story
  const actors = [...new Set(happenings.map(actorOf))]
  return [
    'digraph trace {',
    `  label=${quoted(oneLine(`${claimText(trace)}: ${trace.because || trace.property.claim}`))}`,
    '  labelloc=t; node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif"]',
    ...actors.flatMap((actor, i) => column(actor, i, happenings)),
    ...messages(story),
    ...(trace.loop === undefined || trace.loop === happenings.length
      ? []
      : [`  s${happenings.length} -> s${trace.loop + 1} [label="again and again", style=bold, constraint=false]`]),
    '}',
    '',
  ].join('\n')
}

const actorOf = ({ process }: Happening): string => process ?? 'environment'

/** The steps of one actor, in a row that keeps their order. */
function column(actor: string, index: number, happenings: readonly Happening[]): string[] {
  const own = happenings.flatMap((happening, i) => (actorOf(happening) === actor ? [i + 1] : []))
  return [
    `  subgraph cluster_${index} {`,
    `    label=${quoted(oneLine(actor))}`,
    ...own.map(
      (step) => `    s${step} [label=${quoted(labelOf(happenings[step - 1]!, step))}${styleOf(happenings[step - 1]!)}]`,
    ),
    ...(own.length > 1 ? [`    ${own.map((step) => `s${step}`).join(' -> ')}`] : []),
    '  }',
  ]
}

const labelOf = ({ told, changes, shared }: Happening, step: number): string =>
  [`${step}. ${told}`, ...[...changes, ...shared].map((change) => describeChange(change, placeOf(change)))].join('\n')

const styleOf = ({ kind }: Happening): string => (kind === 'fault' ? ', color=red' : '')

function messages({ happenings, senders }: Story): string[] {
  return happenings.flatMap(({ ended }, i) =>
    ended.flatMap(({ number, message, fate }) => {
      const sender = senders.get(number)
      if (sender === undefined) return []
      const label = quoted(`#${number} ${show(message)}`)
      return [`  s${sender + 1} -> s${i + 1} [label=${label}, style=dashed${fate === 'lost' ? ', color=red' : ''}]`]
    }),
  )
}

/** Lines that we made stay lines; an ampersand would begin an entity. */
const quoted = (text: string): string =>
  `"${visibleLines(text).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\l')}"`
