/**
 * `npm run counterexamples`: searches every documented violation anew and keeps its trace under counterexamples/. To be
 * run when a spec changes; the difference then shows what the change does to each. With a word, as in
 * `npm run counterexamples -- redis-lock`, only those whose names contain it (Raft's Figure 8 alone takes minutes).
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTrace } from '../../src/trace/write-trace.ts'
import { documentedRuns, search, traceOf } from './documented-run.ts'

const folder = fileURLToPath(new URL('../../counterexamples', import.meta.url))

const [word = ''] = process.argv.slice(2)

for (const run of await documentedRuns()) {
  const { trace } = run.scenario
  if (trace === undefined || !trace.includes(word)) continue
  writeTrace(join(folder, trace), traceOf(run, await search(run, 'bfs')))
  console.log(trace)
}
