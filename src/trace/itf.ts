/**
 * Traces in the Informal Trace Format, which Apalache, Quint and their viewers read and write (ADR-015): every state in
 * full, with the action that led there under Quint's names.
 *
 * What a replay needs besides stands under `#meta`, where other tools put remarks, so that a trace written here and read
 * again is the same trace. One that others wrote says which protocol and property it is about in the same place.
 */
import { z } from 'zod'
import type { Model, State, Value } from '../model.ts'
import { canonical, fromJson, toJson } from '../value/canonical.ts'
import { visibleLines } from '../value/visible.ts'
import { badTrace } from './bad-trace.ts'
import { fromItf, toItf } from './itf-value.ts'
import { recordChange, recordInitial } from './recorded.ts'
import type { Trace } from './trace.ts'
import { systemPart } from './trace-file.ts'

const ACTION = 'mbt::actionTaken'
const PICKS = 'mbt::nondetPicks'

const json = z.record(z.string(), z.unknown())

/** What we write under the file's `#meta`, beside the format's own. */
const origin = z.object({
  protocol: z.string(),
  spec: z.string().exactOptional(),
  parameters: json,
  bugs: z.array(z.string()).default([]),
  property: z.object({ name: z.string(), claim: z.string().default('') }),
  verdict: z.enum(['violated', 'witnessed']).default('violated'),
  because: z.string().default(''),
  proof: z.object({ states: z.int().min(1), by: z.enum(['judge', 'search']) }).exactOptional(),
  tidied: z
    .object({ shortenedFrom: z.int().exactOptional(), gathered: z.literal(true).exactOptional() })
    .exactOptional(),
  system: z.array(systemPart).exactOptional(),
  choices: json.default({}),
})

const step = z.object({ action: z.string(), process: z.string().nullable(), arguments: json.default({}) })

const file = z.object({
  '#meta': z.object({ format: z.literal('ITF'), splitbrain: origin }),
  vars: z.array(z.string()),
  loop: z.int().min(0).exactOptional(),
  states: z.array(z.looseObject({ '#meta': z.looseObject({ step: step.exactOptional() }).default({}) })).min(1),
})

export type ItfFile = z.infer<typeof file>

/** Whether a file's JSON is of this format. */
export const isItf = (parsed: unknown): boolean =>
  typeof parsed === 'object' &&
  parsed !== null &&
  'states' in parsed &&
  Array.isArray(parsed.states) &&
  !('format' in parsed)

/** The file's text. `states`: all that the trace goes through, the initial one first. */
export function itfText(model: Model, trace: Trace, states: readonly State[]): string {
  return visibleLines(
    `${JSON.stringify(
      {
        '#meta': {
          format: 'ITF',
          description: `${trace.property.name}: ${trace.property.claim}`,
          splitbrain: originOf(trace),
        },
        vars: [...model.components.map(({ name }) => name), ACTION, PICKS],
        ...(trace.loop === undefined ? {} : { loop: trace.loop }),
        states: states.map((state, i) => stateJson(model, trace, state, i)),
      },
      null,
      1,
    )}\n`,
  )
}

function originOf({
  protocol,
  spec,
  parameters,
  bugs,
  property,
  verdict,
  because,
  proof,
  tidied,
  system,
  initial,
}: Trace): object {
  return {
    protocol,
    ...(spec === undefined ? {} : { spec }),
    parameters: toJson(parameters),
    bugs,
    property,
    verdict,
    because,
    ...(proof === undefined ? {} : { proof }),
    ...(tidied === undefined ? {} : { tidied }),
    ...(system && { system }),
    choices: toJson(initial.choices),
  }
}

function stateJson(model: Model, { steps, initial }: Trace, state: State, index: number): object {
  const taken = steps[index - 1]
  const picks = taken?.arguments ?? initial.choices
  return {
    '#meta': {
      index,
      ...(taken && { step: { action: taken.action, process: taken.process, arguments: toJson(taken.arguments) } }),
    },
    ...Object.fromEntries(model.components.map(({ name }, i) => [name, toItf(state[i]!)])),
    [ACTION]: taken === undefined ? 'init' : `${taken.process ?? 'environment'}.${taken.action}`,
    [PICKS]: Object.fromEntries(
      Object.entries(picks).map(([name, value]) => [name, { tag: 'Some', value: toItf(value) }]),
    ),
  }
}

/** @throws SplitbrainError `bad-trace` */
export function parseItf(parsed: unknown, where: string): ItfFile {
  const checked = file.safeParse(parsed)
  if (checked.success) return checked.data
  const { path, message } = checked.error.issues[0]!
  throw badTrace(
    where,
    `${path.join('.') || 'the file'}: ${message}. A trace of another tool must say under #meta.splitbrain which protocol, parameters and property it is about, and under #meta.step of each state which step led there`,
  )
}

/** The protocol that a file is about, as traces name it. */
export const originIn = ({ '#meta': { splitbrain } }: ItfFile): ItfFile['#meta']['splitbrain'] => splitbrain

/**
 * The trace in a file, its changes and hashes worked out from the states in it: whether the protocol goes that way is
 * for `replay` to say.
 * @throws SplitbrainError `bad-trace` where the states are not of this model
 */
export function traceOfItf(
  model: Model,
  { '#meta': { splitbrain }, states: written, loop }: ItfFile,
  where: string,
): Trace {
  const states = written.map((state, i) => stateIn(model, state, `${where}, state ${i}`))
  const { choices, protocol, spec, bugs, property, verdict, because, proof, tidied, system } = splitbrain
  return {
    protocol,
    ...(spec === undefined ? {} : { spec }),
    parameters: model.parameters,
    bugs,
    property,
    verdict,
    because,
    ...(proof === undefined ? {} : { proof }),
    ...(tidied === undefined ? {} : { tidied }),
    ...(system && { system }),
    initial: { choices: valuesIn(choices, where), ...recordInitial(model, states[0]!) },
    steps: written.slice(1).map(({ '#meta': meta }, i) => {
      if (meta.step === undefined) throw badTrace(where, `state ${i + 1} does not say which step led to it`)
      const { action, process, arguments: args } = meta.step
      const recorded = recordChange(model, states[i]!, states[i + 1]!)
      return { action, process, arguments: valuesIn(args, where), ...recorded }
    }),
    ...(loop === undefined ? {} : { loop }),
  }
}

const valuesIn = (values: Readonly<Record<string, unknown>>, where: string): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromJson(value, `${where}: ${name}`)]))

function stateIn(model: Model, written: Readonly<Record<string, unknown>>, where: string): State {
  return model.components.map(({ name }) => {
    if (!(name in written)) throw badTrace(where, `it has no ${name}, which ${model.protocol} has`)
    return canonical(fromItf(written[name], `${where}: ${name}`), name)
  })
}
