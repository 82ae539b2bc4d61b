/** Everything as one JSON document, for programs. Field names are stable; `version` changes when a reader would have to. */
import type { Reporter } from '../reporter.ts'
import type { ViolationTold } from '../test.ts'

export const json = (): Reporter => ({
  end: ({ results, ms }) => {
    const tests = results.map(({ test, status, expected, found, ms: took, repeat, cached, outcome, violation }) => ({
      protocol: test.protocol,
      name: test.name,
      ...(test.file !== undefined && { file: test.file }),
      ...(test.line !== undefined && { line: test.line }),
      kind: test.kind,
      status,
      expected,
      found,
      ms: took,
      command: repeat,
      ...(cached && { cached }),
      ...(outcome && { outcome }),
      ...(violation && { violation: withoutPage(violation) }),
    }))
    return JSON.stringify({ format: 'splitbrain tests', version: 1, ms: Math.round(ms), tests }, null, 2)
  },
})

const withoutPage = ({ page: _, ...told }: ViolationTold) => told
