/**
 * The other thread's side: goes through a sample from its end, on a model that was built from a fresh instance of the
 * protocol's module, with the judge's means. What an earlier run left in a variable outside of the state is not there, or
 * is what another run leaves.
 */

import { plainReader, runPlainly } from '../../judge/plain-run.ts'
import { askedBy } from '../../judge/refinement.ts'
import { takeInitial } from '../../judge/walk.ts'
import { disabled, type Model, type State, type Value } from '../../model.ts'
import { propertiesOf } from '../../property/types.ts'
import { guarded } from '../../purity/guard.ts'
import { setTraps } from '../../purity/traps.ts'
import { fromJson, textOf } from '../../value/canonical.ts'
import { nameOf } from '../memo/rule-memo.ts'
import type { Sample, Told } from './sample.ts'

/** Who does something else here; undefined where nobody does. */
export function whoDiffers(model: Model, sample: Sample): string | undefined {
  const values = sample.values.map((text) => fromJson(JSON.parse(text), 'a value'))
  const stateOf = (told: Told): State => told.map((place) => values[place]!)
  const removeTraps = setTraps()
  try {
    return (
      bodyThatDiffers(model, sample, stateOf) ??
      startThatDiffers(model, sample) ??
      predicateThatDiffers(model, sample, stateOf) ??
      viewThatDiffers(model, sample, stateOf)
    )
  } finally {
    removeTraps()
  }
}

function bodyThatDiffers(model: Model, { runs, values }: Sample, stateOf: (told: Told) => State): string | undefined {
  for (const { rule, before, choices, after } of runs.toReversed()) {
    const asked = model.rules[rule]!
    const decide = (name: string, options: readonly Value[]) => {
      const chosen = choices[name]
      return chosen === undefined ? -1 : options.findIndex((option) => textOf(option) === textOf(chosen))
    }
    if (outcomeText(model, asked.body, stateOf(before), decide) !== after?.map((place) => values[place]).join('\n'))
      return nameOf(asked)
  }
  return undefined
}

function startThatDiffers(model: Model, { starts, values }: Sample): string | undefined {
  const differs = starts.toReversed().some(({ choices, state }) => {
    const taken = takeInitial(model, choices)
    return 'reason' in taken || taken.state.some((value, component) => textOf(value) !== values[state[component]!])
  })
  return differs ? 'start' : undefined
}

/** Undefined where it is disabled; what it throws is an outcome, too. */
function outcomeText(...[model, body, state, decide]: Parameters<typeof runPlainly>): string | undefined {
  try {
    const outcome = runPlainly(model, body, state, decide)
    return outcome === disabled ? undefined : outcome.state.map(textOf).join('\n')
  } catch (thrown) {
    return `threw ${String(thrown)}`
  }
}

function predicateThatDiffers(model: Model, { answers }: Sample, stateOf: (told: Told) => State): string | undefined {
  const byName = new Map(propertiesOf(model).map((property) => [property.name, property]))
  const differs = answers.toReversed().find(({ property: name, predicate: number, states, holds }) => {
    const property = byName.get(name)
    const predicate = property && askedBy(property)[number]
    if (predicate === undefined) return true
    const [state, next] = states.map((told) => plainReader(model, stateOf(told)))
    const ask = () => (predicate.of === 'step' ? predicate.judge(state!, next!) : predicate.judge(state!)).holds
    try {
      return guarded(`property ${name}`, ask) !== holds
    } catch {
      return true
    }
  })
  return differs && `property ${differs.property}`
}

function viewThatDiffers(model: Model, { views }: Sample, stateOf: (told: Told) => State): string | undefined {
  const differs = views.toReversed().some(({ state, gives }) => {
    try {
      return textOf(guarded('the view', () => model.view!(plainReader(model, stateOf(state))))) !== gives
    } catch {
      return true
    }
  })
  return differs ? 'the view' : undefined
}
