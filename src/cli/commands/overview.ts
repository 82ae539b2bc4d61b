/** `verify --help` and `verify --version`: what is said before a protocol or a command is named. */

import { packageVersion } from '../../own-code.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'

const HELP = `verify: check every behaviour of a distributed protocol

Check a protocol
  verify raft --nodes 3            one that comes with splitbrain
  verify ./my-protocol.ts          one of your own, a TypeScript file
  verify raft --bug forget-vote    with a seeded bug: see it caught
  verify raft --simulate           walk at random where the space is too large
  verify raft --help               its parameters, bugs and options

Look around
  verify list                      the protocols that come with splitbrain
  verify show raft                 what a protocol consists of, and its documented runs
  verify claims                    what the documents claim, each claim checked
  verify graph raft --out g.html   its state graph, as a page or for other programs
  verify init my-protocol          write a small protocol to start from

Test
  verify test                      run documented runs and saved traces, here and below
  verify test --reporter junit=FILE
                                   for CI: junit, github, sarif, markdown, json

Experiment
  verify sweep raft --nodes 1..3   at which size does it break? every combination, on all cores
  verify reach raft 'EXPRESSION'   the shortest way to a state in which it is true
  verify compare a.ts b.ts         two protocols side by side: verdicts, sizes, behaviours
  verify coverage ./lock.ts        which branches of its bodies are never taken?
  verify mutate ./lock.ts          would its properties notice a mistake?

Work with counterexamples
  verify inspect FILE              draw a saved trace: steps, messages, changes
  verify inspect FILE --html PAGE  the same as a page for a browser
  verify inspect FILE --format itf write it for another tool: itf, mermaid, plantuml, dot, shiviz, ndjson
  verify replay FILE...            re-execute saved traces against the protocol of today
  verify diff FILE FILE            where two traces part, and why

Work with real systems
  verify conform LOG --map FILE    does the protocol explain what a real system has logged?
  verify history FILE --model register
                                   is what clients recorded linearizable?

Exit code: 0 all hold · 1 violated · 2 wrong use or a broken protocol · 3 unknown`

export async function overview(args: readonly string[], console: Console): Promise<ExitCode> {
  const [first] = args
  if (first !== undefined && !KNOWN.has(first)) throw protocolFirst(first)
  if (first === '-V' || first === '--version') {
    console.print(packageVersion())
    return EXIT.holds
  }
  console.print(HELP)
  return first === undefined ? EXIT.wrong : EXIT.holds
}

const KNOWN = new Set(['help', '-h', '--help', '-V', '--version'])

function protocolFirst(found: string): SplitbrainError {
  return new SplitbrainError(
    'bad-option',
    `the first word is ${found}; expected a protocol or a command, then its options: verify raft --nodes 3`,
  )
}
