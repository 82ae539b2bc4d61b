/** What came of the mutants of a protocol, for a person: the survivors first, the worst of them at the top. */
import { relative } from 'node:path'
import type { Paint } from '../../report/paint.ts'
import { count, duration, plural } from '../../report/quantities.ts'
import { wrap } from '../../report/wrap.ts'
import type { Parting } from '../parting.ts'
import type { Mutant } from './mutant.ts'
import type { Run } from './runs.ts'
import { scoreLines, scoresOf } from './score.ts'
import { isArguedAway, type Judged } from './verdict.ts'

export interface Told {
  readonly name: string
  readonly runs: readonly Run[]
  readonly judged: readonly Judged[]
  readonly ms: number
  readonly leftOut: readonly string[]
}

export interface Printing {
  readonly width: number
  readonly paint: Paint
}

export function beginText({ name, runs }: Told, mutants: number, width: number): string {
  const told = namesOf(runs)
  return wrap(`${name} · ${plural(mutants, 'mutant')} · ${plural(told.length, 'run')}: ${told.join(', ')}`, width, '  ')
}

export const namesOf = (runs: readonly Run[]): string[] => runs.flatMap(({ group }) => group.map(({ name }) => name))

export function mutationText(told: Told, { width, paint }: Printing): string {
  const { judged } = told
  const open = judged.filter((one) => !isArguedAway(one))
  const of = (verdict: string) => open.filter(({ outcome }) => outcome.verdict === verdict).sort(byDamage)
  const lines = (head: string, some: readonly Judged[]) =>
    some.length === 0 ? [] : ['', head, ...some.map((one) => oneText(one, width))]
  const survivors = of('survived')
  const [code, asked] = [true, false].map((isCode) => survivors.filter(({ mutant }) => mutant.isOfProperty !== isCode))
  return [
    ...lines(paint.red('Survived: it does something else, and no property minds.'), code!),
    ...lines(
      paint.yellow('Not needed by any run: the property could ask less, and no run would come out otherwise.'),
      asked!,
    ),
    ...sameText(of('same'), width),
    ...lines(paint.yellow('Unknown: a budget ran out.'), of('unknown')),
    ...lines('Refused: the mutant is no protocol.', of('refused')),
    ...arguedText(judged, width),
    '',
    ...summary(told, open).map((line) => wrap(line, width, '  ')),
  ].join('\n')
}

/** A survivor that shows itself early is worse than one that shows itself late. */
const byDamage = (a: Judged, b: Judged): number => depthOf(a) - depthOf(b) || a.mutant.key - b.mutant.key

const depthOf = ({ outcome }: Judged): number =>
  outcome.verdict === 'survived' ? (outcome.parting?.way.length ?? Number.MAX_SAFE_INTEGER) : 0

function oneText({ mutant, outcome }: Judged, width: number): string {
  const head = `  ${placeText(mutant)}  ${operatorText(mutant)}`
  const lines = [head, ...diffLines(mutant).map((line) => cut(`    ${line}`, width))]
  if (outcome.verdict === 'survived' && outcome.run !== undefined)
    lines.push(...partingText(outcome.parting, outcome.run, width))
  if ('why' in outcome) lines.push(wrap(`    ${outcome.run}: ${outcome.why}`, width, '      '))
  return lines.join('\n')
}

export const placeText = ({ file, line }: Mutant): string => `${relative('', file)}:${line}`

/** In a line: what was done, and the line that it was done to, or that came of it. */
export function changeText(mutant: Mutant): string {
  const lines = diffLines(mutant)
  const shown = (lines.find((line) => line.startsWith('+')) ?? lines[0] ?? '').replace(/^[-+] /, '')
  return `${operatorText(mutant)}${shown === '' ? '' : `: ${shown}`}`
}

const operatorText = ({ operator, property }: Mutant): string =>
  property === undefined ? operator : `${operator} ${property}`

const cut = (line: string, width: number): string => (line.length > width ? `${line.slice(0, width - 1)}…` : line)

/** The lines that are there only before, and only after; without the space that all begin with. */
function diffLines({ before, after, property }: Mutant): string[] {
  if (property !== undefined) return []
  let [from, to] = [0, 0]
  while (from < before.length && before[from] === after[from]) from++
  while (to < before.length - from && to < after.length - from && before.at(-1 - to) === after.at(-1 - to)) to++
  const [gone, come] = [before.slice(from, before.length - to), after.slice(from, after.length - to)]
  const indent = Math.min(...[...gone, ...come].map((line) => line.search(/\S|$/)))
  return [...gone.map((line) => `- ${line.slice(indent)}`), ...come.map((line) => `+ ${line.slice(indent)}`)]
}

function partingText(parting: Parting | undefined, run: string, width: number): string[] {
  if (parting === undefined) return [`    ${run} has other states; where they part was not found in time`]
  const { way, step, ours, theirs } = parting
  if (step === undefined) return [`    it begins otherwise (${run})`]
  const after = way.length === 0 ? 'at the start' : `after ${plural(way.length, 'step')}`
  const did = (what: readonly string[] | undefined) =>
    what === undefined ? 'it cannot happen' : what.length === 0 ? 'nothing changes' : what.join(', ')
  return [
    `    first seen ${after} (${run})${way.length === 0 ? '' : ':'}`,
    ...way.map((told, i) => cut(`      ${i + 1} ${told}`, width)),
    cut(`      ${way.length + 1} ${step}`, width),
    wrap(`        as it is: ${did(ours)}`, width, '          '),
    wrap(`        mutated:  ${did(theirs)}`, width, '          '),
  ]
}

/** In a line each, for there may be many, and what is to be seen is that they are there. */
function sameText(same: readonly Judged[], width: number): string[] {
  if (same.length === 0) return []
  const told = same.map(({ mutant, outcome }) => {
    const [first = ''] = diffLines(mutant)
    const why = outcome.verdict === 'same' && outcome.isIdle ? ' (no run comes here)' : ''
    return cut(`  ${placeText(mutant)}  ${mutant.operator}${why}: ${first.replace(/^[-+] /, '')}`, width)
  })
  return ['', 'Same: at these bounds it makes no difference.', ...told]
}

function arguedText(judged: readonly Judged[], width: number): string[] {
  const argued = judged.filter(({ mutant }) => mutant.argument !== undefined)
  if (argued.length === 0) return []
  const lines = argued.flatMap(({ mutant, outcome }) => {
    const told = `  ${placeText(mutant)}  ${mutant.operator}, because ${mutant.argument}`
    if (outcome.verdict !== 'noticed') return [wrap(told, width, '    ')]
    const others = argued.filter(({ mutant: other }) => other.argument === mutant.argument)
    return others.some(isArguedAway)
      ? []
      : [wrap(`${told} - but ${outcome.property} notices it in ${outcome.run}`, width, '    ')]
  })
  return ['', 'Argued away by its author:', ...lines]
}

function summary({ judged, ms, leftOut }: Told, open: readonly Judged[]): string[] {
  const many = (verdict: string) => open.filter(({ outcome }) => outcome.verdict === verdict).length
  const noticed = open.filter(({ outcome }) => outcome.verdict === 'noticed')
  const rest = ['survived', 'same', 'unknown', 'refused'].filter((verdict) => many(verdict) > 0)
  const told = rest.map((verdict) => `${count(many(verdict))} ${verdict}`)
  const argued = judged.length - open.length
  return [
    `${[`${count(noticed.length)} noticed`, ...told, ...(argued > 0 ? [`${count(argued)} argued away`] : [])].join(' · ')} · ${duration(ms)}`,
    ...(noticed.length === 0 ? [] : [`Noticed by ${byProperty(noticed)}.`]),
    ...(leftOut.length === 0 ? [] : [`Not mutated: ${leftOut.map((path) => relative('', path) || path).join(', ')}.`]),
    ...scoreLines(scoresOf(judged)),
  ]
}

function byProperty(noticed: readonly Judged[]): string {
  const times = new Map<string, number>()
  for (const { outcome } of noticed) {
    if (outcome.verdict === 'noticed') times.set(outcome.property, (times.get(outcome.property) ?? 0) + 1)
  }
  const sorted = [...times].sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
  return sorted.map(([property, many]) => `${property} (${count(many)})`).join(', ')
}
