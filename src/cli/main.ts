/**
 * The command's entrance: the first word is a command, or else the protocol to check. Commands are imported when they
 * are called, so that each starts as fast as what it needs allows.
 */
import { beatOn } from '../purity/heartbeat.ts'
import { type Console, terminalConsole } from './console.ts'
import type { ExitCode } from './exit-code.ts'
import { complainAbout } from './failure.ts'
import { guardThread } from './guard-thread.ts'
import type { Thread } from './supervisor.ts'
import { timeoutGiven } from './timeout-given.ts'

export type CommandBody = (args: readonly string[], console: Console) => Promise<ExitCode>

const COMMANDS: Readonly<Record<string, () => Promise<CommandBody>>> = {
  list: async () => (await import('./commands/list.ts')).list,
  show: async () => (await import('./commands/show.ts')).show,
  test: async () => (await import('./commands/test.ts')).test,
  claims: async () => (await import('./commands/claims.ts')).claims,
  replay: async () => (await import('./commands/replay.ts')).replayFiles,
  inspect: async () => (await import('./commands/inspect.ts')).inspect,
  graph: async () => (await import('./commands/graph.ts')).graph,
  history: async () => (await import('./commands/history.ts')).history,
  conform: async () => (await import('./commands/conform.ts')).conformTo,
  diff: async () => (await import('./commands/diff.ts')).diff,
  mutate: async () => (await import('./commands/mutate.ts')).mutate,
  reach: async () => (await import('./commands/reach.ts')).reach,

  compare: async () => (await import('./commands/compare.ts')).compare,
  coverage: async () => (await import('./commands/coverage.ts')).coverage,
  sweep: async () => (await import('./commands/sweep.ts')).sweep,
  init: async () => (await import('./commands/init.ts')).init,
}

/** Runs a command line in a thread of its own (bin/command-thread.mjs). */
export function start(thread: Thread): Promise<ExitCode> {
  const { stdout, stderr, keys } = thread
  guardThread(thread)
  beatOn(thread.beat)
  const console = terminalConsole({ stdout, stderr, env: process.env })
  return run(thread.args, { ...console, ...(keys && { keys }), supervisor: thread })
}

/** Never throws: what goes wrong is said on the console and told by the exit code. */
export async function run(args: readonly string[], console: Console): Promise<ExitCode> {
  try {
    return await dispatch(args, console)
  } catch (thrown) {
    return complainAbout(thrown, console)
  }
}

async function dispatch(args: readonly string[], console: Console): Promise<ExitCode> {
  const [first, ...rest] = args
  if (first === 'help' && rest[0] !== undefined) return dispatch([...rest, '--help'], console)
  if (first === undefined || first.startsWith('-') || first === 'help') {
    const { overview } = await import('./commands/overview.ts')
    return overview(args, console)
  }
  const load = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined
  const command = load !== undefined ? await load() : await protocolNamed(first)
  console.supervisor?.endIn(timeoutGiven(rest)) // ends a file that is loaded for ever; a search has as much time again
  return command(rest, console)
}

async function protocolNamed(name: string): Promise<CommandBody> {
  const { check } = await import('./commands/check.ts')
  return (args, console) => check(name, args, console)
}
