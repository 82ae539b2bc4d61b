/** What became of logs, as one JSON document. */
import type { Conformance } from '../conform/conform.ts'
import { type LogEvent, placeText } from '../conform/event.ts'
import type { Breach } from '../conform/finding.ts'
import type { Model } from '../model.ts'
import { toJson } from '../value/canonical.ts'

export function conformJson(model: Model, found: Conformance): string {
  const { census, verdict, states } = found
  return JSON.stringify(
    {
      format: 'splitbrain conformance',
      version: 1,
      protocol: model.protocol,
      parameters: model.parameters,
      bugs: model.bugs,
      verdict,
      lines: census.lines,
      events: census.events,
      otherLines: census.others,
      unmapped: Object.fromEntries(
        [...census.unmapped].map(([name, { count, first }]) => [name, { count, first: placeText(first) }]),
      ),
      ...(census.malformed && { malformed: census.malformed }),
      ...(census.cutOff && { cutOff: placeText(census.cutOff) }),
      states,
      ...(found.verdict === 'conforms'
        ? {
            ...(found.breach && { breach: breachJson(found.breach) }),
            ...(found.mayBreak && {
              mayBreak: typeof found.mayBreak === 'string' ? found.mayBreak : breachJson(found.mayBreak),
            }),
          }
        : {
            ...(found.verdict === 'unknown' && { ranOut: found.ranOut }),
            explained: found.explained,
            ...(found.isAll ? {} : { standingIsAll: false }),
            standing: found.standing.map(({ state, reached, against }) => ({
              reached: reached.map(({ node, last, isAll }) => ({
                node,
                isAll,
                ...(last && { last: placeText(last.place) }),
              })),
              state: Object.fromEntries(model.components.map(({ name }, i) => [name, toJson(state[i]!)])),
              next: against.map(({ event, waitsFor, reasons }) => ({
                ...eventJson(event),
                ...(waitsFor && { waitsFor: placeText(waitsFor.place) }),
                reasons,
              })),
            })),
          }),
    },
    null,
    2,
  )
}

const breachJson = ({ property, event }: Breach) => ({
  property: property.name,
  ...(event && { event: eventJson(event) }),
})

const eventJson = ({ place, name, text }: LogEvent) => ({ place: placeText(place), event: name, text })
