/** The number of states by a parameter, on a logarithmic scale: the line that the guess is from, dashed the guess, and the others faintly. */
import { count } from '../../report/quantities.ts'
import type { Axis } from './axis.ts'
import { type Growth, linesOf } from './growth.ts'
import type { Result } from './sweep.ts'

const [WIDTH, HEIGHT, MARGIN] = [640, 240, 46]

interface Spot {
  readonly at: number
  readonly distinct: number
}

export function curves(axes: readonly Axis[], growth: Growth, results: readonly Result[]): string {
  const { axis, values, distinct, next, guess } = growth
  const own = values.map((at, i) => ({ at, distinct: distinct[i]! }))
  const guessed = { at: next, distinct: guess.distinct }
  const others = otherLines(axes, axis, results)
  const all = [...own, guessed, ...others.flat()]
  const scale = scaleOf(all)
  const ats = [...new Set(all.map(({ at }) => at))]
  const marks = ats.map((at) => {
    const { x } = scale({ at, distinct: 1 })
    return `<line class="axis" x1="${x}" x2="${x}" y1="10" y2="${HEIGHT - 30}"/><text x="${x}" y="${HEIGHT - 12}" text-anchor="middle">${at}</text>`
  })
  const numbers = [...own, guessed].map((spot, i) => {
    const { x, y } = scale(spot)
    const told = count(Math.round(spot.distinct))
    return `<circle cx="${x}" cy="${y}" r="3"/><text x="${x - 6}" y="${y - 6}" text-anchor="end">${i === own.length ? `~${told}` : told}</text>`
  })
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="states by ${axis.name}">`,
    ...marks,
    ...others.map((line) => path(line.map(scale), 'other')),
    path(own.map(scale), 'curve'),
    path([own.at(-1)!, guessed].map(scale), 'guess'),
    ...numbers,
    '</svg>',
  ].join('')
}

function otherLines(axes: readonly Axis[], axis: Axis, results: readonly Result[]): Spot[][] {
  const i = axes.indexOf(axis)
  const lines = linesOf(
    i,
    results.flatMap(({ cell, outcome }) => (outcome.verdict === 'holds' ? [{ cell, distinct: outcome.distinct }] : [])),
  )
  const spots = lines.map((line) =>
    line.flatMap(({ cell, distinct }) => {
      const at = axis.values[cell[i]!]
      return typeof at === 'number' ? [{ at, distinct }] : []
    }),
  )
  return spots.map((line) => line.sort((a, b) => a.at - b.at)).filter((line) => line.length > 1)
}

function scaleOf(spots: readonly Spot[]): (spot: Spot) => { readonly x: number; readonly y: number } {
  const ats = spots.map(({ at }) => at)
  const logs = spots.map(({ distinct }) => Math.log(distinct))
  const [left, right] = [Math.min(...ats), Math.max(...ats)]
  const [low, high] = [Math.min(...logs), Math.max(...logs)]
  const share = (value: number, from: number, to: number) => (to === from ? 0.5 : (value - from) / (to - from))
  return ({ at, distinct }) => ({
    x: Math.round(MARGIN + share(at, left, right) * (WIDTH - MARGIN - 20)),
    y: Math.round(HEIGHT - 40 - share(Math.log(distinct), low, high) * (HEIGHT - 70)),
  })
}

const path = (spots: readonly { readonly x: number; readonly y: number }[], kind: string): string =>
  `<path class="${kind}" d="${spots.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')}"/>`
