/**
 * A run, done to the real system: set it up, do step after step, look after each whether it shows what the model has, and
 * take it down.
 */
import { contradictions } from '../conform/shown.ts'
import type { Model } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import { MESSAGE } from '../trace/trace.ts'
import { found } from '../value/found.ts'
import { frozenCopy } from '../value/plain.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import { type DrivenGraph, type Move, stateForUsers } from './driven-graph.ts'
import type { Doing, DriveOptions } from './options.ts'
import type { Run } from './plan.ts'

export interface Performed {
  /** The moves that the system made; the last one is the one that it failed in, where it did. */
  readonly moves: readonly Move[]
  readonly failure?: Failure
}

/** What the system did otherwise than the model. */
export interface Failure {
  readonly how: 'shows otherwise' | 'threw' | 'took too long'
  /** `server1.holder is null, the system shows client1`. */
  readonly against: readonly string[]
  /** What was observed; undefined where nothing was. */
  readonly shown: unknown
  readonly cause?: unknown
}

export type Asked = Pick<DriveOptions<unknown>, 'start' | 'stop' | 'actions' | 'observe' | 'decides'> & {
  readonly timeoutMs: number
}

/** @throws what `start` and `stop` throw: the system was not there to be compared */
export async function perform(graph: DrivenGraph, asked: Asked, run: Run, number: number): Promise<Performed> {
  const { model } = graph
  const initial = stateForUsers(model, graph.places[run.start]!.state)
  const system = await inTime(asked.timeoutMs, `start of run ${number}`, () =>
    asked.start({ number, initial } as never),
  )
  try {
    return await new Performance(graph, asked, system).of(run)
  } finally {
    if (asked.stop !== undefined) await inTime(asked.timeoutMs, `stop of run ${number}`, () => asked.stop!(system))
  }
}

class Performance {
  readonly moves: Move[] = []

  constructor(
    readonly graph: DrivenGraph,
    readonly asked: Asked,
    readonly system: unknown,
  ) {}

  async of(run: Run): Promise<Performed> {
    const first = await this.#failure('observe', () => this.#against([run.start]))
    if (first !== undefined) return { moves: [], failure: first }
    for (const move of run.moves) {
      if (move.from !== (this.moves.at(-1)?.to ?? run.start)) break // the system has decided otherwise before
      const failure = await this.#do(move)
      if (failure !== undefined) return { moves: this.moves, failure }
    }
    return { moves: this.moves }
  }

  async #do(move: Move): Promise<Failure | undefined> {
    const act = this.asked.actions[move.kind] as (system: unknown, doing: Doing) => unknown
    this.moves.push(move)
    const doing = doingOf(this.graph, move)
    const failed = await this.#failure(describeStep(move.step), async () => void (await act(this.system, doing)))
    if (failed !== undefined) return failed
    const outcomes = this.asked.decides?.includes(move.kind)
      ? this.graph.from(move.from).filter(({ request }) => request === move.request)
      : [move]
    const differs = await this.#failure('observe', () => this.#against(outcomes.map(({ to }) => to)))
    if (differs === undefined) this.moves[this.moves.length - 1] = outcomes.find(({ to }) => to === this.#at)!
    return differs
  }

  #at = -1

  /** What stands against every one of the places; where exactly one fits, that is where the system is. */
  async #against(places: readonly number[]): Promise<Failure | undefined> {
    const shown: unknown = await this.asked.observe(this.system)
    if (typeof shown !== 'object' || shown === null) throw noState(shown)
    const { model } = this.graph
    const fits: number[] = []
    const against: string[] = []
    for (const place of new Set(places)) {
      const found = contradictions(model, this.graph.places[place]!.state, shown as never, 'the system')
      if (found.length === 0) fits.push(place)
      else against.push(found.join('; '))
    }
    if (fits.length > 1) throw ambiguous(model, this.moves.at(-1)!)
    if (fits.length === 0) return { how: 'shows otherwise', against, shown }
    this.#at = fits[0]!
    return undefined
  }

  /** What a part of the system that throws, or does not end, comes to. */
  async #failure(what: string, run: () => Promise<Failure | undefined>): Promise<Failure | undefined> {
    try {
      return await inTime(this.asked.timeoutMs, what, run)
    } catch (thrown) {
      if (thrown instanceof SplitbrainError) throw thrown // of the drive itself: an option, a field that there is not
      const how = thrown instanceof TookTooLong ? 'took too long' : 'threw'
      const against = [how === 'threw' ? `${what}: it threw ${thrownText(thrown)}` : (thrown as Error).message]
      return { how, against, shown: undefined, cause: thrown }
    }
  }
}

function doingOf(graph: DrivenGraph, { from, step, fixed, refused }: Move): Doing {
  const { [MESSAGE]: message, ...others } = step.arguments
  const chose = Object.entries(others).filter(([name]) => !Object.hasOwn(fixed, name))
  return {
    action: step.action,
    process: step.process ?? undefined,
    from: fixed.from as string | undefined,
    to: (fixed.to as string | undefined) ?? (message === undefined ? undefined : (step.process ?? undefined)),
    message: message === undefined ? undefined : (frozenCopy(message) as Doing['message']),
    chose: Object.fromEntries(chose),
    before: stateForUsers(graph.model, graph.places[from]!.state),
    refused,
  }
}

const ambiguous = ({ protocol }: Model, { kind }: Move): SplitbrainError =>
  new SplitbrainError(
    'bad-option',
    `drive: after ${kind} what observe shows fits several states of ${protocol}; let it show where they differ`,
  )

const noState = (shown: unknown): SplitbrainError =>
  new SplitbrainError(
    'bad-option',
    `drive: observe gave ${found(shown)}; expected fields by process: { server1: { holder: null }, shared: { … } }`,
  )

class TookTooLong extends Error {}

/** @throws TookTooLong, and what `run` throws */
async function inTime<T>(timeoutMs: number, what: string, run: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`${what}: it has not ended within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([run(), late])
  } finally {
    clearTimeout(timer)
  }
}
