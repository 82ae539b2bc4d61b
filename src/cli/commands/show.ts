/** `verify show raft`: what a protocol consists of, read off its declaration, and its documented runs. */

import { instantiate } from '../../load/instantiate.ts'
import { loadProtocol } from '../../load/load-protocol.ts'
import { scenariosOf } from '../../load/scenarios.ts'
import { commandTo } from '../../report/program.ts'
import { protocolText } from '../../report/protocol-text.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'

export async function show(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify show', 'What a protocol consists of, and its documented runs.', console)
    .argument('<protocol>', 'its name, or its file')
    .allowExcessArguments(false)
    .parse(args, { from: 'user' })
  const name = command.args[0]!
  const loaded = await loadProtocol(name)
  const model = instantiate(loaded, {}, [])
  const scenarios = await scenariosOf(loaded, name)
  console.print(protocolText({ protocol: loaded.protocol, model, scenarios, calledAs: commandTo(name) }, console.width))
  return EXIT.holds
}
