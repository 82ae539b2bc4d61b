/** A part of the tests: the `number`th of so many. */
export interface Shard {
  readonly number: number
  readonly of: number
}

/** What SHARD says, such as `2/3`. */
export function shardIn(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined
  const [, number, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (number === undefined || of === undefined || number < 1 || number > of) {
    throw new Error(`SHARD=${text}: expected the number of a shard and how many there are, such as 2/3`)
  }
  return { number, of }
}

/** Tests go round the shards in their order; where a file begins depends on its name, so that files of one test are spread. */
export function isInShard({ number, of }: Shard, file: string, position: number): boolean {
  const start = [...file].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0)
  return (start + position) % of === number - 1
}
