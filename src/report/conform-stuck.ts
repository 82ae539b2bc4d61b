/**
 * Where logs that do not conform get stuck, for a person: how much of each node's log is explained there, the states that
 * the protocol may be in, and for the next line of each node what stands against every explanation.
 */
import type { Against, Conformance, Stuck } from '../conform/conform.ts'
import { excerpt, type LogEvent, placeText } from '../conform/event.ts'
import type { Reached } from '../conform/heads.ts'
import type { Model, State } from '../model.ts'
import { changesBetween } from '../trace/changes.ts'
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { show } from '../value/show.ts'
import { oneLine } from '../value/visible.ts'
import type { Paint } from './paint.ts'
import { count, plural } from './quantities.ts'
import { wrap } from './wrap.ts'

/** So many of the states that the protocol may be in are told, and so many explanations of a line. */
const MOST_STATES = 3
const MOST_REASONS = 5

export interface StuckOptions {
  readonly width: number
  readonly paint: Paint
}

/** Whether the events are those of several nodes. */
export const isOfSeveral = ({ standing }: Stuck): boolean => standing.some(({ reached }) => reached.length > 1)

type Failed = Exclude<Conformance, { verdict: 'conforms' }>

export function stuckLines(model: Model, found: Failed, options: StuckOptions): string[] {
  const { standing } = found
  const told = standing.slice(0, MOST_STATES)
  const isOne = standing.length === 1
  const cuts = isOfSeveral(found) ? told.map(({ reached }) => reachedText(reached)) : []
  const isOneCut = new Set(cuts).size === 1
  return [
    ...(isOneCut ? [wrap(`Explained: ${cuts[0]}.`, options.width)] : []),
    wrap(whereText(found), options.width),
    ...told.flatMap(({ state, against }, i) => [
      ...(isOne
        ? []
        : [
            wrap(`${i + 1}.${cuts[i] !== undefined && !isOneCut ? ` explained: ${cuts[i]}` : ''}`, options.width, '  '),
          ]),
      ...stateLines(model, state, i === 0 ? undefined : told[0]!.state).map((line) =>
        wrap(`  ${line}`, options.width, '    '),
      ),
      ...against.flatMap((one) => againstLines(one, options)),
    ]),
  ]
}

function whereText(found: Failed): string {
  const { standing, explained, isAll, verdict } = found
  const after = explained === 0 ? 'Before any' : explained === 1 ? 'After it' : 'After them'
  const looked = verdict === 'unknown' ? ', as far as was looked,' : ''
  if (standing.length === 1) return `${after}${looked} the protocol is in this state:`
  const states = `${isAll ? '' : 'at least '}${count(standing.length)} states`
  const told = standing.length > MOST_STATES ? `, of which ${MOST_STATES} are told` : ''
  return `${after}${looked} the protocol is in one of ${states}${told}:`
}

/** `all of a.log, b.log up to line 3, nothing of c.log`. */
const reachedText = (reached: readonly Reached[]): string =>
  reached
    .map(({ node, last, isAll }) => {
      if (isAll) return `all of ${node}`
      if (last === undefined) return `nothing of ${node}`
      return `${node} up to ${last.place.file === node ? `line ${last.place.line}` : placeText(last.place)}`
    })
    .join(', ')

function againstLines({ event, waitsFor, reasons }: Against, { width, paint }: StuckOptions): string[] {
  const head = ['', paint.bold(wrap(`  ${lineText(event)}`, width, '    '))]
  if (waitsFor !== undefined)
    return [...head, wrap(`    not tried: by their times it comes after ${placeText(waitsFor.place)}`, width, '      ')]
  const left = reasons.length - MOST_REASONS
  return [
    ...head,
    ...reasons.slice(0, MOST_REASONS).flatMap(({ candidate, against: why }) => reasonLine(candidate, why, width)),
    ...(left > 0 ? [`    … and ${plural(left, 'other explanation')}`] : []),
    ...(reasons.length === 0 ? ['    the map has no explanation for it'] : []),
  ]
}

const lineText = ({ place, text }: LogEvent): string => `${placeText(place)}  ${excerpt(oneLine(text))}`

/** Without anything against it, it is what would have been looked at next. */
function reasonLine(candidate: string, why: readonly string[], width: number): string {
  const head = candidate === '' ? '' : `${candidate}: `
  return wrap(
    `    ${head}${why.length === 0 ? 'nothing stands against it; it was not tried' : why.join('; ')}`,
    width,
    '      ',
  )
}

/** All of it, or how it differs from another; empty channels are left out. */
function stateLines({ components, ...model }: Model, state: State, from: State | undefined): string[] {
  if (from !== undefined) {
    const changes = changesBetween({ ...model, components }, from, state)
    return changes.map((change) => describeChange(change, placeOf(change)))
  }
  return components.flatMap(({ name, kind }, i) => {
    const value = state[i]!
    return (kind === 'channel' || kind === 'history') && (value as readonly unknown[]).length === 0
      ? []
      : [`${name}  ${show(value)}`]
  })
}
