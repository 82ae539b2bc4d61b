/**
 * `verify raft --nodes 3`, the main job: build the model, search it, have the judge confirm what was found, and say it.
 * Whatever can be refused is refused before the search starts.
 */
import { investigate, modelOf } from '../../check/investigate.ts'
import type { SearchOptions } from '../../engine/search-options.ts'
import type { Protocol } from '../../language/protocol.ts'
import { findNames } from '../../load/find-names.ts'
import { loadProtocol } from '../../load/load-protocol.ts'
import { scenarioNamed } from '../../load/scenarios.ts'
import type { Model } from '../../model.ts'
import { propertiesOf } from '../../property/types.ts'
import { headline } from '../../report/headline.ts'
import { checkCommand } from '../check-command.ts'
import { checkInduction } from '../check-induction.ts'
import { collectEvidence } from '../collect-evidence.ts'
import type { Console } from '../console.ts'
import { type ExitCode, exitCodeOfSearch } from '../exit-code.ts'
import { lanesAsked } from '../names-given.ts'
import { givenParameters, refuseBooleanValues, refuseUndeclaredFaults } from '../parameter-options.ts'
import { printFindings } from '../print-findings.ts'
import { saveTrace, whole } from '../save.ts'
import { budgetOf, compactOf, type SearchFlags } from '../search-options.ts'
import { simulationOf } from '../simulation-options.ts'
import { checkWritable, traceFolder } from '../trace-folder.ts'
import { watchedSearch } from '../watched-search.ts'

export async function check(name: string, args: readonly string[], console: Console): Promise<ExitCode> {
  const loaded = await loadProtocol(name)
  const { protocol } = loaded
  refuseBooleanValues(protocol.parameters, args)
  refuseUndeclaredFaults(protocol, args)
  const command = checkCommand(name, protocol, console).parse(args, { from: 'user' })
  const flags = command.opts<SearchFlags>()
  const simulation = flags.inductive === undefined ? simulationOf(flags) : undefined
  const compactBytes = compactOf(flags)
  const scenario = flags.scenario === undefined ? undefined : await scenarioNamed(flags.scenario, loaded, name)
  const parameters = scenario ? scenario.parameters : givenParameters(protocol.parameters, command.opts())
  const bugs = scenario ? scenario.bugs : bugsGiven(flags, protocol)
  const instance = { parameters, bugs, stutter: flags.stutter }
  const model = modelOf(loaded, instance)
  const properties = scenario ? scenario.properties : flags.property && askedOf(model, flags.property)
  const lanes = lanesAsked(flags.lanes, model)
  const folder = flags.save ? traceFolder(flags.out, loaded.file) : undefined
  if (folder !== undefined) whole(console, () => checkWritable(folder))

  if (flags.inductive !== undefined) return checkInduction(model, loaded, flags, folder, console)

  const announce = () => {
    if (!flags.json && !flags.quiet) console.print(headline(model, Object.keys(protocol.parameters), console.width))
  }
  const budget = budgetOf(flags)
  const expectation = { verdict: flags.expect, named: properties ?? [] }
  const inquiry = {
    order: flags.dfs ? ('dfs' as const) : ('bfs' as const),
    workers: flags.workers,
    walks: simulation,
    budget,
    keepGoing: flags.continue === true,
    profiled: flags.stats === true,
    leavesOutTypes: !flags.types,
    ...(compactBytes !== undefined && { compactBytes }),
    ...symmetryOf(flags),
    ...(properties && { properties }),
  }
  const startUpMs = performance.now()
  const searched = await watchedSearch(
    (watch) => {
      announce() // whoever has read it can interrupt the search
      return investigate(model, loaded, { ...inquiry, ...watch }, { name, instance, state: console.supervisor?.state })
    },
    console,
    { timeoutMs: budget.timeoutMs, isQuiet: flags.quiet },
  )
  const { evidence, result } = collectEvidence(model, searched, loaded, folder)
  const findings = {
    model,
    result,
    evidence,
    budget,
    expectation,
    flags,
    startUpMs,
    lanes,
    spec: loaded.file,
    ...(scenario && { scenario }),
  }
  await printFindings(findings, console)
  for (const { file, trace } of evidence) if (file !== undefined) saveTrace(file, trace, console)
  return exitCodeOfSearch(result, expectation)
}

/** A documented run is held to its counts, which are those of states. */
const symmetryOf = ({ symmetry, scenario }: SearchFlags): Pick<SearchOptions, 'symmetry'> => {
  if (symmetry === 'off' || (symmetry === undefined && scenario !== undefined)) return {}
  return { symmetry: symmetry ?? 'once-large' }
}

const bugsGiven = ({ bug = [] }: SearchFlags, { declaration, name }: Protocol): string[] =>
  findNames(bug, Object.keys(declaration.bugs ?? {}), 'bug', name)

const askedOf = (model: Model, names: readonly string[]): string[] =>
  findNames(
    names,
    propertiesOf(model).map((property) => property.name),
    'property',
    model.protocol,
  )
