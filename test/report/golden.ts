/** A text that was read by a person and found right, kept under test/golden/. */
import { readFileSync } from 'node:fs'

export const golden = (name: string): string => readFileSync(new URL(`../golden/${name}.txt`, import.meta.url), 'utf8')
