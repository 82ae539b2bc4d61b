/**
 * A trace as a log with vector clocks, for ShiViz (Beschastnikh et al., "Visualizing Distributed System Executions",
 * 2020): the parser's expression in the first line, an empty delimiter in the second, then two lines per event.
 *
 * A host's first event has clock 1. A step that received a message knows all that its sender knew. What the network and
 * the environment do are events of hosts of their own; a loss knows of the sending.
 */
import type { Model } from '../../model.ts'
import type { Trace } from '../../trace/trace.ts'
import { type Happening, type Story, storyOf } from '../happenings.ts'

type Clock = Readonly<Record<string, number>>

const PARSER = '(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)'

export function shiviz(model: Model, trace: Trace): string {
  const story = storyOf(model, trace)
  const { happenings } = story
  const clocks = clocksOf(story)
  const events = happenings.flatMap((happening, i) => [
    `${hostOf(happening)} ${JSON.stringify(clocks[i])}`,
    happening.told,
  ])
  return [PARSER, '', ...events, ''].join('\n')
}

const hostOf = ({ process, ended }: Happening): string =>
  (process ?? (ended.length > 0 ? 'network' : 'environment')).replaceAll(/[^\p{L}\p{N}_.-]/gu, '_')

/** The clock of each step. */
function clocksOf({ happenings, senders }: Story): Clock[] {
  const clocks: Clock[] = []
  const latest = new Map<string, Clock>()
  for (const happening of happenings) {
    const host = hostOf(happening)
    const heard = happening.ended.flatMap(({ number }) => {
      const sender = senders.get(number)
      return sender === undefined ? [] : [clocks[sender]!]
    })
    const merged = [latest.get(host) ?? {}, ...heard].reduce(latestOf)
    const clock = { ...merged, [host]: (latest.get(host)?.[host] ?? 0) + 1 }
    latest.set(host, clock)
    clocks.push(clock)
  }
  return clocks
}

const latestOf = (a: Clock, b: Clock): Clock =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((host) => [host, Math.max(a[host] ?? 0, b[host] ?? 0)]),
  )
