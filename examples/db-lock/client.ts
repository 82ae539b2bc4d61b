/** A lock in PostgreSQL, as applications have it: the ideas of specs/db-lock that need no clock. */
import { type Connection, Refusal } from './connection.ts'

export type Idea = 'row' | 'owner-row' | 'for-update'

export type Mistake =
  | 'keeps the row' // a release that frees nothing
  | 'takes what is taken' // the row is written over
  | 'counts nothing' // who owns the row enters again, and one release frees it

export const TABLE = [
  'create table if not exists locks (name text primary key, owner text, count int)',
  'create table if not exists mutexes (name text primary key)',
].join('; ')

const LOCK_NOT_AVAILABLE = '55P03'

export class DbLockClient {
  at: 'idle' | 'holding' = 'idle'
  #connection: Connection | undefined

  constructor(
    readonly open: () => Promise<Connection>,
    readonly name: string,
    readonly id: string,
    readonly idea: Idea,
    readonly mistake?: Mistake,
  ) {}

  /** False where somebody else has it. */
  async acquire(): Promise<boolean> {
    const isTaken = this.idea === 'for-update' ? await this.#lockRow() : await this.#insert()
    if (isTaken) this.at = 'holding'
    return isTaken
  }

  async release(): Promise<void> {
    if (this.mistake !== 'keeps the row') await this.#free()
    this.at = 'idle'
  }

  /** It dies and comes back, knowing nothing. @returns the process of the server that has served it */
  crash(): number | undefined {
    const pid = this.#connection?.pid
    this.#connection?.close()
    this.#connection = undefined
    this.at = 'idle'
    return pid
  }

  async #insert(): Promise<boolean> {
    const again = this.mistake === 'counts nothing' ? 'locks.count' : 'locks.count + 1'
    const conflict =
      this.mistake === 'takes what is taken'
        ? `do update set owner = excluded.owner, count = 1`
        : this.idea === 'row'
          ? 'do nothing'
          : `do update set count = ${again} where locks.owner = excluded.owner`
    const rows = await this.#do(
      `insert into locks values ('${this.name}', '${this.id}', 1) on conflict (name) ${conflict} returning owner`,
    )
    return rows.length === 1
  }

  async #lockRow(): Promise<boolean> {
    await this.#do('begin')
    try {
      await this.#do(`select from mutexes where name = '${this.name}' for update nowait`)
      return true
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== LOCK_NOT_AVAILABLE) throw error
      await this.#do('rollback')
      return false
    }
  }

  async #free(): Promise<void> {
    if (this.idea === 'for-update') return void (await this.#do('commit'))
    const own = `and owner = '${this.id}'`
    if (this.idea === 'owner-row')
      await this.#do(`update locks set count = count - 1 where name = '${this.name}' ${own}`)
    const isLast = this.idea === 'owner-row' ? 'and count = 0' : ''
    await this.#do(`delete from locks where name = '${this.name}' ${own} ${isLast}`)
  }

  async #do(statement: string) {
    this.#connection ??= await this.open()
    return this.#connection.query(statement)
  }
}
