/**
 * Whether a body that was stopped on its way could have come to an end. A body that is disabled in the end has no step,
 * whatever it did before: so nothing can befall that step either. The body is run once more without effect, with what it
 * chose and received so far, and then through every choice that is left; mostly the first of them will do.
 */
import { type Body, disabled, type Message, type Run, type Stage } from '../model.ts'

/** What a body has come by so far. */
export interface SoFar {
  /** Of each of its choices, which option it took. */
  readonly picks: readonly number[]
  readonly message: Message | undefined
}

/** Whether a body can go on from there to an end that is a step. */
export function canEnd(run: Run, body: Body, { picks, message }: SoFar): boolean {
  let path: number[] = [...picks]
  for (;;) {
    const { outcome, widths } = run.rehearse((stage) => {
      const rehearsal = new Rehearsal(stage, path, message)
      return { outcome: outcomeOf(rehearsal, body), widths: rehearsal.widths }
    })
    if (outcome !== disabled) return true
    path = widths.map((_, i) => path[i] ?? 0)
    while (path.length > picks.length && path.at(-1)! + 1 >= widths[path.length - 1]!) path.pop()
    if (path.length === picks.length) return false
    path[path.length - 1]!++
  }
}

function outcomeOf(run: Run, body: Body): unknown {
  try {
    return body(run)
  } catch (thrown) {
    if (thrown === disabled) return disabled
    throw thrown
  }
}

/** A run without effect that takes the options it is given, and the first one where it is given none. */
class Rehearsal implements Run {
  /** Of each choice met: how many options there are. */
  readonly widths: number[] = []

  constructor(
    readonly stage: Stage,
    readonly path: readonly number[],
    readonly message: Message | undefined,
  ) {}

  read(component: number): unknown {
    return this.stage.read(component)
  }

  draft(component: number): unknown {
    return this.stage.draft(component)
  }

  replace(component: number, value: unknown): void {
    this.stage.replace(component, value)
  }

  choose<T>(_: string, options: readonly T[]): T {
    if (options.length === 0) throw disabled
    const taken = this.path[this.widths.length] ?? 0
    this.widths.push(options.length)
    return options[taken]!
  }

  receive(): Message {
    return this.message!
  }

  send(): void {}

  rehearse<T>(scene: (stage: Stage) => T): T {
    return scene(this.stage)
  }
}
