/** A process that may open few files: refused with what to do, wherever that shows first. */
import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'
import { VERIFY } from '../cli/run-verify.ts'
import { newFolder } from '../new-folder.ts'

/** With fewer than 22, Node itself cannot begin. */
const FEW = [23, 25, 28]

it.each(FEW)('%d files are too few', async (most) => {
  const command = `ulimit -n ${most}; exec "${process.execPath}" "${VERIFY}" voting --quiet --no-save`
  const ran = await new Promise<{ code: unknown; stderr: string }>((resolve) =>
    execFile('bash', ['-c', command], { cwd: newFolder() }, (error, _, stderr) =>
      resolve({ code: error?.code, stderr }),
    ),
  )
  expect(ran.code).toBe(2)
  expect(ran.stderr).toMatch(/^verify: .*EMFILE.*; more (files )?can be open after ulimit -n 1024\n$/)
})
