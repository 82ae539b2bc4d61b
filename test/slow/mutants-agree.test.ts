/**
 * The engine against the oracle on protocols as people write them, with the mistakes that people make: mutants of the
 * corpus at small bounds. Other idioms than those of random protocols, thousands of them.
 *
 * MUTANTS=500 asks for so many of each protocol (default 3), SEED=7 for others.
 */
import { expect, it } from 'vitest'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import { findMutants } from '../../src/experiment/mutate/find-mutants.ts'
import { loadMutated, removeCopies, writeCopies } from '../../src/load/mutated.ts'
import { sourceFile, textsOf } from '../../src/load/source-file.ts'
import type { Model } from '../../src/model.ts'
import { type DocumentedRun, documentedRuns } from '../corpus/documented-run.ts'
import { draws } from '../draws.ts'
import { ask, assertAgreement } from '../random/agreement.ts'

const most = Number(process.env.MUTANTS ?? 3)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const draw = draws(seed)

/** Distinct states of the protocol itself, and those that the oracle is asked to visit of a mutant. */
const SMALL = 1_500
const CAP = 4_000

const runs = await documentedRuns()

/** The oracle answers questions about states and steps. */
const withoutExecutions = (model: Model): Model => ({
  ...model,
  properties: model.properties.filter((property) => !isExecution(property) && !property.optional),
})

const isSmall = ({ scenario: { expect: outcome, slow } }: DocumentedRun) =>
  !slow && (outcome.verdict === 'violated' || outcome.distinct <= SMALL)

function someOf<T>(all: readonly T[], count: number): T[] {
  const rest = [...all]
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(draw(rest.length), 1)[0]!)
}

const small = runs.filter(isSmall)
const names = [...new Set(small.map(({ protocol }) => protocol.name))]

it.each(names)(`mutants of %s, seed ${seed}`, async (name) => {
  const own = small.filter(({ protocol }) => protocol.name === name)
  const copies = new Map<string, string>()
  const mutants = [...textsOf(sourceFile(name)).texts].flatMap(([path, text], at) => {
    const found = findMutants(path, text, 1 + at * 10_000)
    copies.set(path, found.text)
    return found.mutants.filter(({ isOfProperty }) => !isOfProperty)
  })
  const folder = writeCopies(copies)
  try {
    for (const mutant of someOf(mutants, most)) {
      const { scenario } = own[draw(own.length)]!
      const { protocol } = await loadMutated(name, folder, mutant.key)
      const model = withoutExecutions(protocol.instantiate(scenario.parameters ?? {}, scenario.bugs ?? []))
      const oracle = ask(model, CAP)
      if (oracle === undefined) continue
      const where = `${scenario.name}, ${mutant.operator} at line ${mutant.line}: ${mutant.before.join(' ').trim()}`
      await assertAgreement(model, oracle).catch((thrown: Error) => {
        throw new Error(`${where}\n${thrown.message}`, { cause: thrown })
      })
    }
  } finally {
    removeCopies(folder)
  }
  expect(mutants.length).toBeGreaterThan(0)
})
