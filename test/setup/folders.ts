/** Folders of a test file are removed when it is over. */
import { afterAll } from 'vitest'
import { removeFolders } from '../new-folder.ts'

afterAll(removeFolders)
