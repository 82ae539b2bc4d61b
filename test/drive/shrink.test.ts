/** A failing run is shortened as far as the model has shorter ways, and no further than the failure needs. */
import { disabled, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { DrivenGraph, type Move } from '../../src/drive/driven-graph.ts'
import { type Asked, perform } from '../../src/drive/perform.ts'
import type { Run } from '../../src/drive/plan.ts'
import { shrink } from '../../src/drive/shrink.ts'

/** Counts to nine and begins again, or begins again when it is told to. */
const rounds = protocol({ name: 'rounds', shared: { at: z.int().default(0) } }, () => ({
  population: {},
  actions: {
    environment: {
      next: ({ shared }) => {
        shared.at = (shared.at + 1) % 10
      },
      reset({ shared }) {
        if (shared.at === 0) return disabled
        shared.at = 0
      },
    },
  },
  properties: {},
}))

/** It goes wrong at the first step of the third round. */
class Rounds {
  at = 0
  begun = 0

  next(): void {
    if (this.at === 0) this.begun++
    this.at = this.begun === 3 ? -1 : (this.at + 1) % 10
  }

  reset(): void {
    this.at = 0
  }
}

it('steps that cannot be left out give way to fewer others', async () => {
  const asked: Asked = {
    start: () => new Rounds(),
    actions: {
      'environment.next': (system) => (system as Rounds).next(),
      'environment.reset': (system) => (system as Rounds).reset(),
    },
    observe: (system) => ({ shared: { at: (system as Rounds).at } }),
    timeoutMs: 1_000,
  }
  const graph = new DrivenGraph(rounds.instantiate(), asked, (run) => run())
  const moves: Move[] = []
  for (let place = 0; moves.length < 21; place = moves.at(-1)!.to) {
    moves.push(graph.from(place).find(({ kind }) => kind === 'environment.next')!)
  }
  const performed = (run: Run) => perform(graph, asked, run, 1)
  const long: Run = { start: 0, moves }
  const { run } = await shrink(graph, long, await performed(long), {
    perform: performed,
    mostTries: 200,
    isOver: () => false,
  })
  expect(run.moves.map(({ kind }) => kind.replace('environment.', ''))).toEqual([
    ...['next', 'reset'],
    ...['next', 'reset'],
    'next',
  ])
})
