/** The text of a file, whatever wrote it: UTF-8, or UTF-16 with the mark that Windows puts first. */
import { readFileSync } from 'node:fs'
import { didYouMeanFile } from '../../value/nearest-file.ts'
import { badHistory } from '../operation.ts'

/** @throws SplitbrainError `bad-history` where there is no such file, or it is no text */
export function textIn(file: string): string {
  return decoded(bytesIn(file), file)
}

function bytesIn(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw badHistory(
      file,
      code === 'ENOENT' ? `there is no such file${didYouMeanFile(file)}` : `it cannot be read: ${message}`,
      'a history',
    )
  }
}

/** @throws SplitbrainError `bad-history` */
export function decoded(bytes: Uint8Array, where: string): string {
  const encoding = encodingOf(bytes)
  if (encoding === undefined)
    throw badHistory(where, 'it is not text (a byte is zero)', 'UTF-8, or UTF-16 with its mark')
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    const found = error instanceof TypeError ? `it is not ${encoding.toUpperCase()}` : `it cannot be read: ${error}`
    throw badHistory(where, found, 'text in UTF-8, or in UTF-16 with its mark')
  }
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return bytes.includes(0) ? undefined : 'utf-8'
}
