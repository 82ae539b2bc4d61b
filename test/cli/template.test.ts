/** What `init` writes: the README quotes one of its scenarios, and all of them are met. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromScenarios } from 'splitbrain/vitest'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { textOf } from '../docs/page.ts'

const FOLDER = join(packageRoot(), 'src', 'cli', 'template')

it('is what the README quotes', () => {
  const scenarios = readFileSync(join(FOLDER, 'lock-service.scenarios.ts'), 'utf8')
  const quoted = /`(\{ name: [^`]*\})`/.exec(textOf('README.md'))![1]!
  expect(scenarios).toContain(quoted.replaceAll('\n', ' '))
})

describe('is met', { tags: 'slow' }, () => fromScenarios(join(FOLDER, 'lock-service.ts')))
