/** Predicates of questions about executions that throw, or that are not pure. */
import { eventually, leadsTo, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { recordBroken } from '../../../src/judge/record.ts'
import type { Question } from '../../../src/property/question.ts'

type View = { readonly node: readonly { readonly count: number }[] }

const counting = (question: Question<View>) =>
  protocol({ name: 'counting', roles: { node: { volatile: { count: z.int().default(0) } } } }, () => ({
    population: { node: 1 },
    actions: {
      node: {
        count(me) {
          me.count = (me.count + 1) % 4
        },
      },
    },
    properties: { asked: question as Question<unknown> },
  })).instantiate()

const failsAt2 = ({ node }: View): boolean => {
  if (node[0]!.count === 2) throw new Error('no idea')
  return false
}

it.each([
  ['goal', eventually<View>('', failsAt2)],
  ['trigger', leadsTo<View>('', failsAt2, () => true)],
])('a %s that throws breaks the search, and the judge sees it', async (_, question) => {
  const model = counting(question)
  const { stop, broken, verdict } = await explore(model)
  expect([stop.reason, verdict]).toEqual(['broken', 'unknown'])
  expect(broken!.error).toMatchObject({ code: 'body-threw', message: 'property asked threw Error: no idea' })
  expect(broken!.path.steps).toHaveLength(2)
  expect(recordBroken(model, broken!.path)!.because).toContain('no idea')
})

it('a goal that is not pure breaks the search', async () => {
  let calls = 0
  const { broken } = await explore(counting(eventually<View>('', () => calls++ % 2 === 0)))
  expect(broken!.error.code).toBe('impure')
})
