/** A state in which a body or the predicate breaks off, drawn as where a trace begins, with what broke off there. */
import type { Break } from '../engine/induction.ts'
import type { Invariant } from '../judge/starting-in.ts'
import type { Model } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import { recordInitial } from '../trace/recorded.ts'
import type { Trace } from '../trace/trace.ts'
import { thrownText } from '../value/visible.ts'
import { type RenderOptions, renderTrace } from './inspect.ts'
import { wrap } from './wrap.ts'

const INDENT = '     '

/** @param place where the text of the protocol threw: `lock.ts:31:11` */
export function breakText(
  model: Model,
  { name, claim }: Invariant,
  { state, step, isPredicate, thrown }: Break,
  { place, ...options }: Pick<RenderOptions, 'width' | 'colour'> & { readonly place: string | undefined },
): string {
  const start: Trace = {
    protocol: model.protocol,
    parameters: model.parameters,
    bugs: model.bugs,
    property: { name, claim },
    verdict: 'violated',
    because: '',
    initial: { choices: {}, ...recordInitial(model, state) },
    steps: [],
  }
  const told = (text: string) => wrap(text, options.width ?? 100, INDENT)
  const what = isPredicate ? `the predicate of ${name}` : 'a body'
  const from = step === undefined ? 'a state that fits the schemas' : `a state in which ${name} holds`
  const drawn = { ...options, heading: false, verdict: false, list: true, start: from }
  return [
    told(`! ${what} breaks off ${step === undefined ? 'in' : 'in a step from'} ${from}:`),
    '',
    renderTrace(model, start, drawn).trimEnd(),
    ...(step === undefined ? [] : [told(`  1  ${describeStep(step)}`)]),
    told(`${INDENT}${thrownText(thrown)}${place === undefined ? '' : ` (at ${place})`}`),
  ].join('\n')
}
