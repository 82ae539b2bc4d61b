/**
 * `npm run counterexamples`: searches every documented violation anew and keeps its trace under counterexamples/. To be
 * run when a spec changes; the difference then shows what the change does to each.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTrace } from '../../src/trace/write-trace.ts'
import { documentedRuns, search, traceOf } from './documented-run.ts'

const folder = fileURLToPath(new URL('../../counterexamples', import.meta.url))

for (const run of await documentedRuns()) {
  const { trace } = run.scenario
  if (trace === undefined) continue
  writeTrace(join(folder, trace), traceOf(run, await search(run, 'bfs')))
  console.log(trace)
}
