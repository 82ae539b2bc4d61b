/** The transcripts of the documentation that take seconds. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runHere } from '../cli/run-here.ts'
import { assertTranscript } from '../docs/assert-transcript.ts'
import { blocksOf, PAGES, takesSeconds } from '../docs/page.ts'
import { newFolder } from '../new-folder.ts'

const slow = PAGES.flatMap(blocksOf).filter((block) => block.kind === 'transcript' && takesSeconds(block))

it('there are such', () => expect(slow.length).toBeGreaterThan(1))

for (const block of slow) {
  if (block.kind === 'transcript')
    it(`verify ${block.command}`, async () => {
      const folder = newFolder()
      await runHere(['init', join(folder, 'lock.ts')])
      await assertTranscript(block, folder)
    })
}
