/** Tests of random things that try a few in the default suite, with many (test/amount.ts). */
import '../engine/implied-questions.test.ts'
import '../engine/liveness/loops.test.ts'
import '../engine/liveness/no-vacuous-fairness.test.ts'
import '../history/transactions/against-brute-force.test.ts'
import '../report/inspect.test.ts'
import '../judge/executions.test.ts'
import '../judge/tidy.test.ts'
