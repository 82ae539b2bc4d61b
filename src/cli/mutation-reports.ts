/** What came of mutants, as the reporters of `verify test` tell it: a survivor is a test that failed. */
import { relative } from 'node:path'
import {
  beginText,
  changeText,
  mutationText,
  namesOf,
  placeText,
  type Told,
} from '../experiment/mutate/mutation-text.ts'
import { scoresOf } from '../experiment/mutate/score.ts'
import { isArguedAway, type Judged } from '../experiment/mutate/verdict.ts'
import { commandTo } from '../report/program.ts'
import type { Printing, Reporter } from '../testing/reporter.ts'
import type { Status, TestResult } from '../testing/test.ts'

/** For a person, or as one document for a program. @param told what is known by then */
export const whole = (told: () => Told, isJson: boolean, printing: Printing): Reporter =>
  isJson
    ? { end: () => JSON.stringify(asJson(told()), undefined, 2) }
    : {
        begin: (mutants) => beginText(told(), mutants, printing.width),
        end: () => mutationText(told(), printing),
      }

const asJson = (told: Told) => ({
  version: 1,
  protocol: told.name,
  scenarios: namesOf(told.runs),
  leftOut: told.leftOut.map((path) => relative('', path) || path),
  score: scoresOf(told.judged),
  mutants: [...told.judged]
    .sort((a, b) => a.mutant.key - b.mutant.key)
    .map(({ mutant, outcome }) => ({ ...mutant, file: relative('', mutant.file), ...outcome })),
})

/** @param protocol as it is loaded */
export function resultOf(judged: Judged, protocol: string, ms: number): TestResult {
  const { mutant } = judged
  const file = relative('', mutant.file)
  const place = placeText(mutant)
  return {
    test: {
      name: `${place} ${changeText(mutant)}`,
      protocol,
      file,
      line: mutant.line,
      kind: 'mutant',
      slow: false,
      cost: 0,
    },
    status: isArguedAway(judged) ? 'left out' : STATUSES[judged.outcome.verdict],
    expected: 'a property notices it',
    found: foundIn(judged),
    ms,
    repeat: commandTo('mutate', protocol, '--at', place),
  }
}

const STATUSES = {
  noticed: 'passed',
  survived: 'failed',
  unknown: 'unknown',
  same: 'left out',
  refused: 'left out',
} as const satisfies Record<Judged['outcome']['verdict'], Status>

function foundIn(judged: Judged): string {
  const { mutant, outcome } = judged
  if (isArguedAway(judged)) return `argued away, because ${mutant.argument}`
  if (outcome.verdict === 'noticed') return `${outcome.property} notices it in ${outcome.run}`
  if (outcome.verdict === 'same') return 'at these bounds it makes no difference'
  if (outcome.verdict !== 'survived') return `${outcome.run}: ${outcome.why}`
  if (mutant.isOfProperty) return 'no run would come out otherwise'
  const { parting, run } = outcome
  const seen =
    parting?.step === undefined ? '' : `; first seen in ${run}, at step ${parting.way.length + 1}: ${parting.step}`
  return `no property notices it${seen}`
}
