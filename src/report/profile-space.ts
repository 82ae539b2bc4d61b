/** Where the space comes from: the components that take many values, what varies in them, the actions that made states. */
import type { ComponentProfile, FieldProfile, Profile } from '../engine/profile/profile.ts'
import type { ComponentResult, GroupResult, SearchResult } from '../engine/result.ts'
import { count, percent } from './quantities.ts'
import { rangeOf } from './swollen.ts'
import { type Column, table } from './table.ts'
import { wrap } from './wrap.ts'

const MOST_COMPONENTS = 10
const MOST_NAMES = 3
/** Of so many sorts of components the fields are told. */
const MOST_SORTS = 2
const MOST_FIELDS = 8

type Row = ComponentResult & ComponentProfile & { readonly names: readonly string[] }

/** A component that keeps its one value has nothing to tell; those of a sort that are alike share a row. */
export function componentTable(result: SearchResult, profile: Profile): string {
  const alike = new Map<string, Row>()
  for (const row of varyingRows(result, profile)) {
    const key = [row.sort, row.distinctValues, row.largestText, row.stillGrowing].join()
    alike.set(key, { ...row, names: [...(alike.get(key)?.names ?? []), row.name] })
  }
  return capped(COMPONENTS, [...alike.values()], MOST_COMPONENTS, 'rows of fewer values')
}

/** In a search that saw everything nothing is growing. What grows leads, then what takes the most values. */
function varyingRows({ components, stop }: SearchResult, profile: Profile): Row[] {
  const isWhole = stop.reason === 'exhausted'
  return components
    .map((component, i) => {
      const { fields, ...rest } = profile.components[i]!
      return {
        ...rest,
        ...component,
        names: [component.name],
        stillGrowing: component.stillGrowing && !isWhole,
        fields: fields.map((field) => ({ ...field, stillGrowing: field.stillGrowing && !isWhole })),
      }
    })
    .filter(({ distinctValues }) => distinctValues > 1)
    .sort((a, b) => Number(b.stillGrowing) - Number(a.stillGrowing) || b.distinctValues - a.distinctValues)
}

const grows = (stillGrowing: boolean) => (stillGrowing ? ' (grew until the end)' : '')

const COMPONENTS: readonly Column<Row>[] = [
  { head: 'values', cell: ({ distinctValues }) => count(distinctValues), align: 'right' },
  { head: 'largest', cell: ({ largestText }) => count(largestText), align: 'right' },
  {
    head: 'component',
    cell: ({ kind, names, fields, stillGrowing }) => {
      const whole = kind === 'channel' ? undefined : fields.find(({ name }) => name === '')
      return namesText(names) + (whole === undefined ? '' : extent(whole)) + grows(stillGrowing)
    },
    align: 'left',
  },
]

const extent = (field: FieldProfile): string => {
  const range = rangeOf(field)
  return range === undefined ? '' : `: ${range}`
}

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return more <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more`
}

/** What varies in the first component of each of the most explosive sorts. */
export function fieldTables(result: SearchResult, profile: Profile): string[] {
  const told = varyingRows(result, profile).filter(({ fields }) => fields.some(({ name }) => name !== ''))
  const firstOfSort = told.filter(({ sort }, i) => told.findIndex((other) => other.sort === sort) === i)
  return firstOfSort.slice(0, MOST_SORTS).map(({ name, kind, fields }) => {
    const sorted = [...fields].sort((a, b) => Number(b.stillGrowing) - Number(a.stillGrowing))
    return kind === 'channel'
      ? capped(messageColumns(name), sorted, MOST_FIELDS, 'more types')
      : capped(fieldColumns(name), sorted, MOST_FIELDS, 'more fields')
  })
}

const fieldColumns = (component: string): readonly Column<FieldProfile>[] => [
  { head: 'values', cell: ({ distinctValues }) => count(distinctValues), align: 'right' },
  {
    head: `field of ${component}`,
    cell: (field) => field.name + extent(field) + grows(field.stillGrowing),
    align: 'left',
  },
]

const messageColumns = (channel: string): readonly Column<FieldProfile>[] => [
  { head: 'distinct', cell: ({ distinctValues }) => count(distinctValues), align: 'right' },
  { head: 'at once', cell: ({ mostAtOnce }) => count(mostAtOnce!), align: 'right' },
  { head: `messages in ${channel}`, cell: ({ name, stillGrowing }) => name + grows(stillGrowing), align: 'left' },
]

type ActionRow = GroupResult & { readonly share: number; readonly runs: number }

/** Those that made the most states first. */
export function actionTable({ groups, stop }: SearchResult, { bodyRuns }: Profile, width: number): string {
  const found = groups.reduce((sum, { discovered }) => sum + discovered, 0)
  const rows = groups.map((group, i): ActionRow => {
    return { ...group, share: group.discovered / Math.max(1, found), runs: bodyRuns[i]!.runs }
  })
  const idle = groups.filter(({ fired, discovered }) => fired > 0 && discovered === 0).map(({ group }) => group)
  const sorted = rows.sort((a, b) => b.discovered - a.discovered || b.fired - a.fired)
  return [table(ACTIONS, sorted), ...(idle.length === 0 ? [] : [wrap(idleText(idle, stop.reason), width)])].join('\n')
}

/** Every state was first found by another action, so all are reached without these. */
const idleText = (idle: readonly string[], reason: SearchResult['stop']['reason']): string =>
  reason === 'exhausted'
    ? `Only ever led to known states, which are all reached without: ${idle.join(', ')}.`
    : `Led to known states only, so far: ${idle.join(', ')}.`

const ACTIONS: readonly Column<ActionRow>[] = [
  { head: 'transitions', cell: ({ fired }) => count(fired), align: 'right' },
  { head: 'to new states', cell: ({ discovered }) => count(discovered), align: 'right' },
  { head: 'share', cell: ({ share }) => percent(share), align: 'right' },
  { head: 'calls', cell: ({ runs }) => count(runs), align: 'right' },
  { head: 'action', cell: ({ group }) => group, align: 'left' },
]

/** A table of the first rows, and how many there are besides. */
function capped<R>(columns: readonly Column<R>[], rows: readonly R[], most: number, others: string): string {
  if (rows.length === 0) return ''
  const more = rows.length > most ? [`and ${count(rows.length - most)} ${others}`] : []
  return [table(columns, rows.slice(0, most)), ...more].join('\n')
}
