/**
 * A sweep as one HTML file: a heat map for each combination of what has no room in rows and columns, and curves of how the
 * space grows. It has no script; what a colour says is written in its field as well.
 */
import { escaped } from '../../report/html-page.ts'
import { count, duration } from '../../report/quantities.ts'
import { visible } from '../../value/visible.ts'
import { type Axis, type Cell, cellText, isVaried, keyOf, valueText } from './axis.ts'
import { curves } from './sweep-curves.ts'
import { beginText, boundsOf, conclusion, growthTexts, type Told, verdictText } from './sweep-text.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

export function sweepPage(told: Told): string {
  const { protocol, axes, results, growths } = told
  const ending = conclusion(told).text
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="splitbrain">
<meta name="description" content="${text(ending)}">
<title>${text(protocol)}: sweep</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${text(protocol)}</h1>
<p>${text(beginText(told, results.length, Number.POSITIVE_INFINITY))}</p>
<p class="end">${text(ending)}</p>
${boundsOf(told)
  .map((bounds) => `<p>What holds does so ${text(bounds)}.</p>`)
  .join('\n')}
${heatMaps(told).join('\n')}
${growths.length === 0 ? '' : '<h2>Growth</h2>'}
${growths.map((growth) => `<figure>${curves(axes, growth, results)}<figcaption>${text(growthTexts(axes, growth).join('; '))}</figcaption></figure>`).join('\n')}
</body>
</html>
`
}

const text = (told: string): string => escaped(visible(told))

/** Rows and columns are the two axes with the most values. */
function heatMaps({ axes, results }: Told): string[] {
  const sorted = axes.filter(isVaried).sort((a, b) => b.values.length - a.values.length)
  const [columns, rows] = sorted
  const within = axes.filter((axis) => axis !== columns && axis !== rows)
  const most = Math.max(1, ...results.map(({ outcome }) => ('distinct' in outcome ? (outcome.distinct ?? 0) : 0)))
  const byCell = new Map(results.map((result) => [keyOf(result.cell), result]))
  const firsts = results.filter(({ cell }) =>
    [rows, columns].every((axis) => axis === undefined || cell[axes.indexOf(axis)] === 0),
  )
  return firsts.map(({ cell }) => {
    const at = (row: number, column: number): Cell =>
      cell.map((value, i) => (axes[i] === rows ? row : axes[i] === columns ? column : value))
    const fields = (row: number) =>
      columns!.values.map((_, column) => fieldOf(axes, byCell.get(keyOf(at(row, column)))!, most)).join('')
    const caption = within.some(isVaried)
      ? cellText(
          within,
          within.map((axis) => cell[axes.indexOf(axis)]!),
        )
      : ''
    const heads = columns!.values.map((_, i) => `<th scope="col">${text(valueText(columns!, i))}</th>`).join('')
    const body = (rows?.values ?? [undefined]).map((_, row) => {
      const head = rows === undefined ? '' : text(valueText(rows, row))
      return `<tr><th scope="row">${head}</th>${fields(row)}</tr>`
    })
    const corner = `${rows === undefined ? '' : `${text(rows.name)} ↓ `}${text(columns!.name)} →`
    return `<table><caption>${text(caption)}</caption><tr><th>${corner}</th>${heads}</tr>${body.join('')}</table>`
  })
}

function fieldOf(axes: readonly Axis[], { cell, outcome }: Told['results'][number], most: number): string {
  const size = 'distinct' in outcome && outcome.distinct !== undefined ? outcome : undefined
  const share = size === undefined ? 0 : Math.log(size.distinct! + 1) / Math.log(most + 1)
  const words = [
    verdictText(axes, cell, outcome),
    ...(outcome.verdict === 'violated' ? [`after ${outcome.steps}`] : []),
    ...(size === undefined ? [] : [count(size.distinct!), duration(size.ms!)]),
    ...('why' in outcome ? [outcome.why] : []),
  ]
  const style = outcome.verdict === 'holds' ? ` style="--heat:${Math.round(share * 60)}%"` : ''
  return `<td class="${outcome.verdict}"${style} title="${text(words.join(' · '))}">${words.slice(0, 3).map(text).join('<br>')}</td>`
}

const STYLE = `:root{color-scheme:light dark;--ground:light-dark(#fff,#15181d);--ink:light-dark(#1b1f24,#e4e8ee);--faint:light-dark(#5b6470,#9aa4b2);--line:light-dark(#d4d8de,#39414d);--good:light-dark(#1b6e33,#7fd894);--bad:light-dark(#b3261e,#ff8a80);--open:light-dark(#8a5a00,#ffcf70)}
body{margin:1.5rem;background:var(--ground);color:var(--ink);font:14px/1.45 system-ui,sans-serif}
h1{font-size:1.3rem;margin:0}h2{font-size:1.1rem}.end{font-weight:600}
table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}th{font-weight:600;color:var(--faint)}
td{font-size:12px;overflow-wrap:anywhere}
.holds{background:color-mix(in srgb,var(--good) var(--heat),var(--ground))}
.violated,.broken{background:color-mix(in srgb,var(--bad) 35%,var(--ground));font-weight:600}
.implied{background:color-mix(in srgb,var(--bad) 15%,var(--ground))}
.unknown,.unwitnessed{background:color-mix(in srgb,var(--open) 30%,var(--ground))}
.beyond,.refused{color:var(--faint)}
figure{margin:1rem 0;max-width:46rem}figcaption{color:var(--faint)}
svg{width:100%;height:auto;font:11px system-ui,sans-serif;fill:var(--ink)}
.axis{stroke:var(--line)}.curve{fill:none;stroke:var(--good);stroke-width:2}.guess{fill:none;stroke:var(--open);stroke-dasharray:4 4}.other{fill:none;stroke:var(--faint);stroke-opacity:.4}`
