/**
 * The main thread: a supervisor, in which no protocol's code ever runs. It starts one thread that runs the command, prints
 * what that says, and owns what must be right however the thread ends: the exit code, the signals, the deadline.
 *
 * An exit code is what the command answered, once that is printed. Until then it is 2, so that whatever goes wrong is not
 * taken for a verdict. A first signal asks the command to end with what is known; a second one ends it. The protocol's
 * code is named where it does not return (see watch.mjs).
 */
import { Worker } from 'node:worker_threads'
import { Output } from './output.mjs'
import { printsData } from './prints-data.mjs'
import { SharedState } from './shared-state.mjs'
import { hearSignals } from './signals.mjs'
import { Watch } from './watch.mjs'

const UNKNOWN = 3
const WRONG = 2

/** How long a file that is being saved is waited for. */
const SAVING_MS = 2000

/** @param {{ readonly program: string, readonly runsFromSources: boolean, readonly args: readonly string[] }} command */
export function supervise(command) {
  const state = new SharedState()
  const output = new Output(process)
  const thread = startThread(command, state, output)
  let code = WRONG
  let isOver = false
  process.on('exit', () => {
    process.exitCode = output.hasFailed ? WRONG : code
  })
  process.on('uncaughtException', (thrown) => {
    output.complain(`verify: this is a defect of splitbrain itself; please report it with these lines\n${thrown.stack}`)
    process.exit()
  })

  /** @param {number} answered */
  const end = async (answered) => {
    if (isOver) return
    isOver = true
    code = answered
    watch.stop()
    signals.stop()
    await untilSaved(state)
    await thread.terminate()
    output.readKeys(false)
  }
  /** @param {string} why */
  const endWithWhatIsKnown = (why) => {
    if (isOver) return
    output.clearStatusLine()
    const told = `Unknown: ${why}. ${knownText(state)}`
    if (printsData(command.args)) output.complain(`verify: ${told}`)
    else output.print(`${told}\n`)
    void end(UNKNOWN)
  }
  const watch = new Watch(state, { notice: (text) => output.complain(`! ${text}`), end: endWithWhatIsKnown })
  const signals = hearSignals((signal) => watch.hear(signal))

  thread.on('message', ([what, value]) => (what === 'answer' ? void end(value) : output.hear(what, value)))
  thread.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') endWithWhatIsKnown(memoryText())
    else {
      output.complain(`verify: ${failureText(error, watch.running())}`)
      void end(WRONG)
    }
  })
  thread.on('exit', () => {
    if (!isOver) output.complain(`verify: ${unfinishedText(watch.running())}`)
    void end(WRONG)
  })
  output.keys = (key) => thread.postMessage(key)
}

/** @param {Parameters<typeof supervise>[0]} command @param {SharedState} state @param {Output} output */
function startThread(command, state, output) {
  const workerData = { ...command, terminal: output.terminal, state: state.buffer }
  return new Worker(new URL('../command-thread.mjs', import.meta.url), { workerData })
}

/** @param {SharedState} state */
async function untilSaved(state) {
  for (let ms = 0; state.isSaving && ms < SAVING_MS; ms += 10) await new Promise((resume) => setTimeout(resume, 10))
}

/** @param {SharedState} state */
function knownText({ known: { distinct, depth, found } }) {
  if (distinct === 0) return 'Nothing was found out.'
  const states = `${grouped(distinct)} distinct states were known by then, up to depth ${depth}`
  const violation = found === undefined ? '' : `; a violation after ${found} steps was found, and not confirmed`
  return `${states}${violation}. What lies beyond is not known.`
}

/** @param {number} count */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/**
 * Of a thread that an error ended, or that did not even begin.
 * @param {Error} error @param {string | undefined} running
 */
const failureText = (error, running = 'the command') =>
  /\bEMFILE\b/.test(error.message)
    ? `too many files are open (${error.message}); more can be open after ulimit -n 1024`
    : `${running} could not go on: ${error.stack ?? error}`

const memoryText = () =>
  'the memory that Node gives to values ran out (NODE_OPTIONS=--max-old-space-size=8000 gives it 8 GB)'

/** @param {string | undefined} running */
const unfinishedText = (running) =>
  running === undefined
    ? 'the command ended without an answer; this is a defect of splitbrain itself, please report it'
    : `${running} never ends: it waits for what nobody will do, such as a top-level await that never settles`
