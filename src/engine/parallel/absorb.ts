/**
 * What the workers report becomes part of the search that they went on with. Of several findings about one property the
 * one with the shortest path counts; of those the one whose path reads first.
 */
import { canonical, textOf } from '../../value/canonical.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Finding } from '../judging/watch.ts'
import type { LastStep } from '../memo/leaves.ts'
import { pathTo } from '../path-finder.ts'
import type { Search } from '../search.ts'
import { RangesOfParents } from '../store/origins.ts'
import type { Report, SentFinding, SentStep } from './work.ts'

export function absorb(search: Search, reports: readonly Report[]): void {
  for (const report of reports) addCounts(search, report)
  if (search.origins instanceof RangesOfParents) search.origins.learn(reports.map(({ origins }) => origins))
  const found = reports.flatMap(({ findings }) => findings)
  for (const property of search.properties.properties) {
    const own = found.filter((finding) => finding.property === property.name)
    const best = first(search, own)
    if (best !== undefined) search.watch.adopt({ property, ...best })
  }
}

/** What broke the search, if a worker says that something did; the search then knows where. */
export function breakIn(search: Search, reports: readonly Report[]): SplitbrainError | undefined {
  const broken = reports.flatMap((report) => (report.broken === undefined ? [] : [report.broken]))
  const worst = broken.sort((a, b) => (a.message < b.message ? -1 : 1))[0]
  if (worst === undefined) return undefined
  search.judge.brokenAt = { state: worst.state, leaf: stepIn(search, worst.step) }
  return new SplitbrainError(worst.code, worst.message)
}

function addCounts(search: Search, report: Report): void {
  const { rules, properties } = search
  search.depth = Math.max(search.depth, report.depth)
  search.isCutOff ||= report.isCutOff
  rules.leaves.addCounts(report.counts)
  rules.bodyRuns += report.bodyRuns
  properties.predicateRuns += report.predicateRuns
  for (const [i, exercised] of report.exercised.entries()) properties.exercised[i] ||= exercised
  search.elsewhere.trieNodes += report.trieNodes
  search.elsewhere.trieLeaves += report.trieLeaves
}

type Place = Omit<Finding, 'property'>

function first(search: Search, findings: readonly SentFinding[]): Place | undefined {
  const told = findings.map(({ state, step }) => {
    const leaf = stepIn(search, step)
    const { steps, initial } = pathTo(search, state, leaf)
    return { place: { state, leaf }, length: steps.length, text: textOf(canonical([initial, steps], 'a path')) }
  })
  return told.sort((a, b) => a.length - b.length || (a.text < b.text ? -1 : 1))[0]?.place
}

function stepIn({ model }: Search, step: SentStep | undefined): LastStep | undefined {
  if (step === undefined) return undefined
  const choices = Object.entries(step.choices).map(([name, value]) => [name, canonical(value, name)])
  return { rule: model.rules[step.rule]!, choices: Object.fromEntries(choices) }
}
