/** What the reader is looking at: the selected step, the filter, how wide the lanes are. Whatever shows it is told when it changes. */
import { type Filter, NO_FILTER } from './filter.ts'

export class View {
  #selected: number
  #filter = NO_FILTER
  #isFitted = false
  readonly #watchers: (() => void)[] = []

  constructor(
    readonly length: number,
    /** How many steps lie before the loop: the step after the last one is then the first of the loop. */
    readonly loop: number | undefined,
  ) {
    this.#selected = stepIn(location.hash, length) ?? length
    addEventListener('hashchange', () => this.#select(stepIn(location.hash, length) ?? this.#selected))
  }

  /** 0 is the initial state. */
  get selected(): number {
    return this.#selected
  }

  get filter(): Filter {
    return this.#filter
  }

  /** Selects a step, and makes the page's address link to it. */
  select(step: number): void {
    history.replaceState(null, '', linkTo(step))
    this.#select(step)
  }

  previous(): void {
    if (this.#selected > 0) this.select(this.#selected - 1)
  }

  /** After the last step: back to where the loop begins, if there is one. */
  next(): void {
    if (this.#selected < this.length) this.select(this.#selected + 1)
    else if (this.loop !== undefined && this.loop < this.length) this.select(this.loop + 1)
  }

  /** Whether all lanes are to fit beside each other, however narrow. */
  get isFitted(): boolean {
    return this.#isFitted
  }

  fit(isFitted: boolean): void {
    this.#isFitted = isFitted
    this.#tell()
  }

  ask(filter: Filter): void {
    this.#filter = filter
    this.#tell()
  }

  /** Calls `show` now, and whenever something changes. */
  watch(show: () => void): void {
    this.#watchers.push(show)
    show()
  }

  #select(step: number): void {
    this.#selected = step
    this.#tell()
  }

  #tell(): void {
    for (const show of this.#watchers) show()
  }
}

export const linkTo = (step: number): string => `#step-${step}`

function stepIn(hash: string, length: number): number | undefined {
  const step = Number(/^#step-(\d+)$/.exec(hash)?.[1] ?? Number.NaN)
  return step <= length ? step : undefined
}
