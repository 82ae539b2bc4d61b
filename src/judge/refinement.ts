/**
 * Whether one protocol refines another, step by step (Abadi & Lamport, "The Existence of Refinement Mappings", 1991): the
 * image of an initial state is an initial state of the abstract protocol, and the images before and after a step are the
 * same, or a step of the abstract protocol leads from one to the other. The abstract protocol's own rules run for that,
 * plainly; states are compared by their texts.
 */
import type { Atom, Image, Judgement, Model, Property, Reader, State } from '../model.ts'
import { predicatesOf } from '../property/predicates.ts'
import { changesBetween } from '../trace/changes.ts'
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { initialOutcomes, stepsFrom } from './plain-run.ts'

export type Refinement = Extract<Property, { kind: 'refines' }>

/** An abstract protocol, and which of its states each state stands for, by the property that says so. */
export interface Mapping {
  readonly name: string
  readonly abstract: Model
  readonly image: (state: Reader) => Image
}

/** The mapping that a property speaks of, if it does of one. */
export function mappingOf(property: Property): Mapping | undefined {
  if (property.kind === 'refines') return property
  const through = 'fairness' in property ? property.through : undefined
  return through && { name: property.name, ...through }
}

/** What the abstract protocol can do, by the texts of its states. */
export interface Abstractly {
  isInitial(text: string): boolean
  /** Whether a step leads from the state to the one with this text. */
  leadsTo(from: State, text: string): boolean
}

/** The judges of initial states and of steps. */
export interface Judges {
  readonly initial: (state: Reader) => Judgement
  readonly step: (before: Reader, after: Reader) => Judgement
}

/** What is asked of states and of steps by a property: its predicates, or what judges the steps of a refinement. */
export function askedBy(property: Property): readonly Atom[] {
  return property.kind === 'refines' ? [{ of: 'step', judge: judgesOf(property).step }] : predicatesOf(property)
}

/** Judges that ask the abstract protocol anew each time, or as `can` says. */
export function judgesOf({ abstract, image }: Refinement, can: Abstractly = abstractly(abstract)): Judges {
  return {
    initial(state) {
      const begins = image(state)
      if ('misfit' in begins) return misfit(abstract, begins)
      if (can.isInitial(textOf(begins.state))) return NOTHING
      return broken(`${abstract.protocol} does not begin like that: ${differenceToStart(abstract, begins.state)}`)
    },
    step(before, after) {
      const [from, to] = [image(before), image(after)]
      if ('misfit' in to) return misfit(abstract, to)
      if ('misfit' in from) return NOTHING // what led there was the violation
      const text = textOf(to.state)
      if (textOf(from.state) === text) return NOTHING
      if (can.leadsTo(from.state, text)) return HOLDS
      return broken(`no step of ${abstract.protocol}: ${changesTold(abstract, from.state, to.state)}`)
    },
  }
}

const HOLDS: Judgement = { holds: true, exercised: true }
/** Only a step that changes the abstract state puts the refinement to the test. */
const NOTHING: Judgement = { holds: true, exercised: false }

const broken = (because: string): Judgement => ({ holds: false, because, exercised: true })

const misfit = ({ protocol }: Model, { misfit }: Extract<Image, { misfit: string }>): Judgement =>
  broken(`no state of ${protocol}: ${misfit}`)

function abstractly(abstract: Model): Abstractly {
  const isState = (text: string, states: Iterable<{ readonly state: State }>): boolean => {
    for (const { state } of states) if (textOf(state) === text) return true
    return false
  }
  return {
    isInitial: (text) => isState(text, initialOutcomes(abstract)),
    leadsTo: (from, text) => isState(text, stepsFrom(abstract, from)),
  }
}

/** How an abstract state differs from the first that the abstract protocol begins with. */
function differenceToStart(abstract: Model, state: State): string {
  const [start] = initialOutcomes(abstract)
  if (start === undefined) return 'it has no initial state'
  return changesBetween(abstract, start.state, state)
    .map((change) => `${placeOf(change)} ${change.after === undefined ? 'is gone' : `= ${show(change.after)}`}`)
    .join(', ')
}

/** What changes from one abstract state to another: `rm1.state working → prepared`. */
export const changesTold = (abstract: Model, before: State, after: State): string =>
  changesBetween(abstract, before, after)
    .map((change) => describeChange(change, placeOf(change)))
    .join(', ')
