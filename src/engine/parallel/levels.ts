/** The frontier of a search that workers go on with, for who looks on: how far they have come. */
import type { Frontier } from '../frontier.ts'
import { HEAD, OF_WORKER } from './control.ts'
import type { SharedSpace } from './shared-space.ts'

export class Levels implements Frontier {
  readonly ready = 0
  readonly isRange = false
  readonly isAtEndOfLevel = true

  /** @param before the widths of the levels that were known when the workers began */
  constructor(
    readonly space: SharedSpace,
    readonly before: readonly number[],
    /** How many states were waiting to be expanded. */
    readonly waiting: number,
  ) {}

  add(): void {}

  next(): number {
    return -1
  }

  expanded(): void {}

  get hasFound(): boolean {
    return this.space.control.ints[HEAD.found] !== 0
  }

  get depth(): number {
    return this.space.control.ints[HEAD.depth]!
  }

  get size(): number {
    return this.space.waiting
  }

  get growth(): number | undefined {
    const { widths, depth } = this
    return depth === 0 ? undefined : widths[depth]! / widths[depth - 1]!
  }

  get widths(): readonly number[] {
    const { control, foundBy } = this.space
    const left = Math.min(control.ints[HEAD.levels]!, foundBy.length)
    const found = [this.waiting, ...foundBy.subarray(0, left), control.sum(OF_WORKER.found)]
    const widths = found.slice(1).map((sum, i) => sum - found[i]!)
    return [...this.before, ...widths.filter((width) => width > 0)]
  }
}
