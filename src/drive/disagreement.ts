/** A run in which the system does otherwise than the model, as an error that fails the test: both sides drawn. */

import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { renderTrace } from '../report/inspect.ts'
import { commandTo } from '../report/program.ts'
import { plural } from '../report/quantities.ts'
import { wrap } from '../report/wrap.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { Trace } from '../trace/trace.ts'
import type { Failure, Performed } from './perform.ts'

export interface Disagreed {
  readonly trace: Trace
  readonly file: string | undefined
  readonly performed: Performed
  /** How many steps the run had that was found first, and how many runs shrank it. */
  readonly from: number
  readonly tries: number
  /** The number of that run. */
  readonly run: number
}

export class Disagreement extends Error {
  override readonly name = 'Disagreement'
  /** The model's steps; the system differs after the last. `verify replay` and `verify inspect` take it. */
  readonly trace: Trace
  /** Where it is saved. */
  readonly file: string | undefined
  readonly how: Failure['how']
  /** `server1.holder is null, the system shows client1`: where the system decides, one for each outcome of the model. */
  readonly against: readonly string[]
  /** What was observed last. */
  readonly shown: unknown
  /** Of the run as it was shrunk: steps that the model refuses count as well. */
  readonly steps: number

  constructor(model: Model, disagreed: Disagreed) {
    const { trace, file, performed } = disagreed
    const { how, against, shown, cause } = performed.failure!
    super(messageOf(model, disagreed), { cause })
    this.trace = trace
    this.file = file
    this.how = how
    this.against = against
    this.shown = shown
    this.steps = performed.moves.length
  }
}

const WIDTH = 100

function messageOf(model: Model, { trace, file, performed, from, tries, run }: Disagreed): string {
  const { moves, failure } = performed
  const last = moves.at(-1)
  const when = last === undefined ? 'in the beginning' : `at step ${moves.length}, ${describeStep(last.step)}`
  const refused = last?.refused ? ', which the model refuses here' : ''
  const shrunk = moves.length < from ? `, shrunk from ${plural(from, 'step')} by ${plural(tries, 'other run')}` : ''
  return [
    `${model.protocol}: the system does otherwise than the model ${when}${refused}`,
    ...failure!.against.map((text, i) => wrap(`  ${i > 0 ? 'or ' : ''}${text}`, WIDTH, '    ')),
    '',
    withinTraps(() => renderTrace(model, trace, { heading: false, verdict: false, width: WIDTH })),
    '',
    ...(trace.system!.length > 0 ? [] : [`the system  ${failure!.against.join('; ')}`, '']),
    `Run ${run}${shrunk}.`,
    ...(file === undefined ? [] : [commandTo('inspect', file)]),
  ].join('\n')
}
