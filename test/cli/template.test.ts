/** What `init` writes: the README shows its scenarios, and all of them are met. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromScenarios } from 'splitbrain/vitest'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { blocksOf } from '../docs/page.ts'

const FOLDER = join(packageRoot(), 'src', 'cli', 'template')

it('is what the README shows', () => {
  const shown = blocksOf('README.md').find((block) => block.kind === 'saves' && block.file === 'lock.scenarios.ts')
  expect(shown).toMatchObject({ text: readFileSync(join(FOLDER, 'lock-service.scenarios.ts'), 'utf8') })
})

describe('is met', () => fromScenarios(join(FOLDER, 'lock-service.ts')))
