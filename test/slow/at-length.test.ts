/** Tests of random things that try a few in the default suite, with many (test/amount.ts). */
import '../engine/implied-questions.test.ts'
import '../engine/liveness/loops.test.ts'
import '../engine/liveness/no-vacuous-fairness.test.ts'
import '../history/transactions/against-brute-force.test.ts'
import '../report/inspect.test.ts'
import '../trace/judge-of-executions.test.ts'
import '../trace/tidy.test.ts'
