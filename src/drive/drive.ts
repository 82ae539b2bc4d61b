/** `drive`: the runs that cover a protocol's state graph, done to a real system, and held against the model step by step. */
import { join, resolve } from 'node:path'
import { loadedFrom } from '../check/check.ts'
import { modelOf } from '../check/investigate.ts'
import { recordExplanation } from '../judge/record.ts'
import type { AnyDeclaration } from '../language/declaration.ts'
import type { Protocol } from '../language/protocol.ts'
import { fileOfProtocol } from '../load/protocol-file.ts'
import { specPath } from '../load/spec-path.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { LONGEST_REASON, type Trace } from '../trace/trace.ts'
import { writeTrace } from '../trace/write-trace.ts'
import { bothSides } from './both-sides.ts'
import { Disagreement } from './disagreement.ts'
import { type Done, type Driven, drivenFrom } from './driven.ts'
import { DrivenGraph } from './driven-graph.ts'
import { admitDrive, admitKinds, type DriveOptions } from './options.ts'
import { type Asked, type Performed, perform } from './perform.ts'
import { nearestFirst, type Plan, planFor, type Run } from './plan.ts'
import { shrink } from './shrink.ts'

const TIMEOUT_MS = 5_000
const MOST_STATES = 20_000
/** A failing run is shrunk by so many others, and no longer than this. */
const MOST_TRIES = 200
const SHRINKING_MS = 30_000
/** What the system decides may go another way the next time: rounds without anything new before it is given up. */
const IDLE_ROUNDS = 20

export async function drive<S, D extends AnyDeclaration>(
  protocol: Protocol<D> | string,
  options: DriveOptions<S, D>,
): Promise<Driven> {
  const erased = options as unknown as DriveOptions<unknown>
  admitDrive(erased)
  const loaded = await loadedFrom(protocol as Protocol | string)
  const model = modelOf(loaded, options)
  admitKinds(model.groups, erased)
  const { maxStates = MOST_STATES, timeoutMs = TIMEOUT_MS, coverage, save = 'driven' } = options
  const graph = new DrivenGraph(model, erased, withinTraps)
  const asked: Asked = { ...erased, timeoutMs }
  const plan = planFor(graph, coverage, maxStates)
  const runner = new Runner(graph, asked, plan)
  const failed = await runner.run()
  if (failed !== undefined) {
    const until = performance.now() + SHRINKING_MS
    const shrunk = await shrink(graph, failed.run, failed.performed, {
      perform: (run) => perform(graph, asked, run, ++runner.done.runs),
      mostTries: MOST_TRIES,
      isOver: () => performance.now() > until,
    })
    const trace = traceOf(
      model,
      graph,
      shrunk.run,
      shrunk.performed,
      save === false ? undefined : (loaded.file ?? fileOfProtocol(loaded.protocol)),
      save,
    )
    const file = save === false ? undefined : join(save, `${model.protocol}.json`)
    if (file !== undefined) writeTrace(file, trace)
    throw new Disagreement(model, {
      trace,
      file,
      performed: shrunk.performed,
      from: failed.performed.moves.length,
      tries: shrunk.tries,
      run: failed.number,
    })
  }
  return drivenFrom(graph, plan, runner.done)
}

interface Failed {
  readonly number: number
  readonly run: Run
  readonly performed: Performed
}

/** Does the runs of a plan, and again others for what the system has decided otherwise. */
class Runner {
  readonly done: Done & { runs: number; steps: number } = { runs: 0, steps: 0, reached: new Set<number>() }

  constructor(
    readonly graph: DrivenGraph,
    readonly asked: Asked,
    readonly plan: Plan,
  ) {}

  async run(): Promise<Failed | undefined> {
    let { runs } = this.plan
    const { goals } = this.plan
    for (let idle = 0; runs.length > 0 && idle < IDLE_ROUNDS; ) {
      const before = this.done.reached.size
      for (const run of runs) {
        const failed = await this.#one(run)
        if (failed !== undefined) return failed
      }
      idle = this.done.reached.size > before ? 0 : idle + 1
      const canGoOn = goals.noun === 'step' || goals.noun === 'state'
      runs = canGoOn ? nearestFirst(this.graph, goals, this.done.reached) : []
    }
    return undefined
  }

  async #one(run: Run): Promise<Failed | undefined> {
    const number = ++this.done.runs
    const performed = await perform(this.graph, this.asked, run, number)
    this.done.steps += performed.moves.length
    for (const goal of this.plan.goals.reached(run.start, performed.moves)) this.done.reached.add(goal)
    return performed.failure === undefined ? undefined : { number, run, performed }
  }
}

/** The steps of the model up to the one in which the system differs. */
function traceOf(
  model: Model,
  graph: DrivenGraph,
  { start }: Run,
  { moves, failure }: Performed,
  file: string | undefined,
  save: string | false,
): Trace {
  const steps = moves.filter(({ refused }) => !refused).map(({ step }) => step)
  const origin = file === undefined ? {} : { spec: specPath(file, resolve(save === false ? '.' : save)) }
  const path = { initial: graph.places[start]!.choices ?? {}, steps }
  const trace = withinTraps(() => recordExplanation(model, path, origin))
  const end = graph.places[moves.at(-1)?.to ?? start]!.state
  const because = failure!.against.join('; or ').slice(0, LONGEST_REASON)
  return { ...trace, because, system: bothSides(model, end, failure!) }
}
