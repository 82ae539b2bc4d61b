/** How full one of the tables of a search is. */
export interface TableLoad {
  /** What it holds: `visited states`, or the parts of states that it numbers. */
  readonly name: string
  readonly entries: number
  readonly bytes: number
  /** Of a hash table: the share of its slots that are taken. */
  readonly load?: number
}
