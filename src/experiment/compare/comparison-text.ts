/** Two protocols side by side, for a person. */
import type { Paint } from '../../report/paint.ts'
import { count, duration, plural } from '../../report/quantities.ts'
import { table } from '../../report/table.ts'
import { wrap } from '../../report/wrap.ts'
import type { Inclusion } from './inclusion.ts'
import type { Asked, Studied } from './study.ts'

export interface Comparison {
  readonly a: Studied
  readonly b: Studied
  /** What A does that B cannot, and the other way round. */
  readonly onlyA: Inclusion
  readonly onlyB: Inclusion
}

interface Row {
  readonly what: string
  readonly a: string
  readonly b: string
}

export function comparisonText(
  { a, b, onlyA, onlyB }: Comparison,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string {
  const rows = [...rowsOf(a, b), { what: 'time', a: duration(a.ms), b: duration(b.ms) }]
  const heads = [
    { head: '', cell: (row: Row) => row.what, align: 'left' as const },
    { head: 'A', cell: (row: Row) => row.a, align: 'left' as const },
    { head: 'B', cell: (row: Row) => row.b, align: 'left' as const },
  ]
  const cut = [a, b].flatMap(({ why, bounds }, i) => [
    ...(why === undefined ? [] : [`${'AB'[i]}: ${why}`]),
    ...(bounds === undefined ? [] : [`${'AB'[i]}: what holds does so ${bounds}`]),
  ])
  return [
    ...[a, b].map(({ heading }, i) => wrap(`${'AB'[i]}  ${heading}`, width, '   ')),
    '',
    table(heads, rows),
    '',
    ...cut.map((line) => wrap(line, width, '  ')),
    ...inclusionLines('A', 'B', onlyA, width, paint),
    ...inclusionLines('B', 'A', onlyB, width, paint),
  ].join('\n')
}

function rowsOf(a: Studied, b: Studied): Row[] {
  const names = [...new Set([...a.properties, ...b.properties].map(({ name }) => name))]
  const number = (what: string, of: (studied: Studied) => number) => ({
    what,
    a: `${count(of(a))}${a.why === undefined ? '' : '+'}`,
    b: `${count(of(b))}${b.why === undefined ? '' : '+'}`,
  })
  const messages =
    a.messages === undefined && b.messages === undefined
      ? []
      : [{ what: 'messages to the first operation', a: told(a.messages), b: told(b.messages) }]
  return [
    { what: 'verdict', a: a.verdict, b: b.verdict },
    ...names.map((name) => ({ what: `  ${name}`, a: verdictOf(a, name), b: verdictOf(b, name) })),
    number('distinct states', ({ distinct }) => distinct),
    number('transitions', ({ generated }) => generated),
    number('depth', ({ depth }) => depth),
    ...messages,
  ]
}

const told = (messages: number | undefined): string => (messages === undefined ? '-' : `${count(messages)} at least`)

function verdictOf({ properties }: Studied, name: string): string {
  const asked = properties.find((one) => one.name === name)
  if (asked === undefined) return '-'
  const { isWitness, verdict, steps } = asked
  if (isWitness)
    return verdict === 'holds' ? `after ${plural(steps!, 'step')}` : verdict === 'violated' ? 'never' : verdict
  return verdict === 'violated' && steps !== undefined ? `violated after ${plural(steps, 'step')}` : verdict
}

function inclusionLines(some: string, other: string, inclusion: Inclusion, width: number, paint: Paint): string[] {
  switch (inclusion.is) {
    case 'included':
      return [paint.green(`✓ Whatever ${some} does, ${other} can do, too, as far as both speak of it.`)]
    case 'unknown':
      return [
        paint.yellow(
          wrap(
            `Unknown whether ${other} can do all that ${some} does: the time was up after ${count(inclusion.pairs)} pairs of states.`,
            width,
            '  ',
          ),
        ),
      ]
    case 'more': {
      const { way, possible } = inclusion
      if (way.length === 0) return [paint.red(`✗ ${some} begins otherwise than ${other}.`)]
      return [
        paint.red(`✗ ${some} can do what ${other} cannot, first after ${plural(way.length, 'step')}:`),
        ...way.map((step, i) => wrap(`  ${i + 1} ${step}`, width, '      ')),
        wrap(
          `    then ${other} ${possible.length === 0 ? 'can do nothing' : `can only: ${possible.join('; ')}`}`,
          width,
          '      ',
        ),
      ]
    }
  }
}

/** Whether one is as the other: in its verdicts, its witnesses and what it does. */
export function difference({ a, b, onlyA, onlyB }: Comparison): 'none' | 'some' | 'unknown' {
  const verdicts = ({ properties }: Studied) =>
    JSON.stringify(properties.map(({ name, verdict, steps }: Asked) => [name, verdict, steps]))
  if (onlyA.is === 'more' || onlyB.is === 'more' || verdicts(a) !== verdicts(b)) return 'some'
  const isOpen = [a, b].some(({ verdict, why }) => verdict === 'unknown' || why !== undefined)
  return isOpen || onlyA.is === 'unknown' || onlyB.is === 'unknown' ? 'unknown' : 'none'
}
