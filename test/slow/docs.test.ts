/** The transcripts of the documentation that take seconds. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runHere } from '../cli/run-here.ts'
import { assertTranscript } from '../docs/assert-transcript.ts'
import { follower } from '../docs/follower.ts'
import { type Block, blocksOf, PAGES, type Transcript, takesSeconds } from '../docs/page.ts'
import { newFolder } from '../new-folder.ts'

const isSlow = (block: Block): block is Transcript => block.kind === 'transcript' && takesSeconds(block)

it('there are such', () => expect(PAGES.flatMap(blocksOf).filter(isSlow).length).toBeGreaterThan(1))

for (const page of PAGES) {
  const blocks = blocksOf(page)
  for (const [at, block] of blocks.entries()) {
    if (!isSlow(block)) continue
    it(`verify ${block.command}`, async () => {
      const folder = newFolder()
      await runHere(['init', join(folder, 'lock.ts')])
      const follow = follower(folder)
      for (const before of blocks.slice(0, at)) if (before.kind !== 'transcript') follow(before)
      await assertTranscript(block, folder)
    })
  }
}
