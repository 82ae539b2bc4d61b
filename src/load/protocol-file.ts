/**
 * The file of a protocol that was given as an object, so that what is saved of it can be looked at later. Test runners
 * load modules in ways of their own; what all of them keep is the stack of the call of `protocol`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { birthplaceOf } from '../language/birthplace.ts'
import { usersFilesIn } from './what-was-thrown.ts'

/** Absolute; undefined where the file that made it exports nothing by default, such as a test with a protocol in it. */
export function fileOfProtocol(protocol: object): string | undefined {
  const files = usersFilesIn(birthplaceOf(protocol) ?? '')
  const file = files.at(-1) // the module that is loaded; before it are functions of others that it calls
  if (file === undefined || !existsSync(file)) return undefined
  return EXPORTS_BY_DEFAULT.test(readFileSync(file, 'utf8')) ? file : undefined
}

const EXPORTS_BY_DEFAULT = /^\s*export\s+default\b|\bas\s+default\b/m
