import { join } from 'node:path'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

/** Runs a search in a process with limits of its own. */
export async function verifyHungry(file: string, maxMemory: string, node = '') {
  const args = [join(import.meta.dirname, file), '--max-memory', maxMemory, '--json']
  const { code, stdout } = await runVerify(newFolder(), args, { env: { NODE_OPTIONS: node } })
  return { code, ...JSON.parse(stdout) }
}
