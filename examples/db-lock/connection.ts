/**
 * A connection to a PostgreSQL server that trusts it: one statement at a time, rows as texts (PostgreSQL documentation,
 * "Frontend/Backend Protocol": start-up and simple query).
 */
import { connect, type Socket } from 'node:net'

export type Row = readonly (string | null)[]

/** What the server refuses, with its five letters: `55P03`, the lock is not available. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

interface Waiting {
  readonly resolve: (rows: readonly Row[]) => void
  readonly reject: (error: Error) => void
}

export class Connection {
  #bytes: Buffer = Buffer.alloc(0)
  #rows: Row[] = []
  #refused: Refusal | undefined
  #waiting: Waiting | undefined
  /** Of the server's process that serves it. */
  pid = 0

  private constructor(readonly socket: Socket) {
    socket.on('data', (data) => this.#read(data))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('the connection is closed')))
  }

  static async to(port: number, user: string): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    const connection = new Connection(socket)
    const settings = Buffer.from(`user\0${user}\0database\0postgres\0\0`)
    const head = Buffer.alloc(8)
    head.writeInt32BE(settings.length + 8, 0)
    head.writeInt32BE(3 << 16, 4) // version 3.0
    await connection.#send(Buffer.concat([head, settings]))
    return connection
  }

  /** @throws Refusal */
  query(statement: string): Promise<readonly Row[]> {
    const text = Buffer.from(`${statement}\0`)
    const head = Buffer.alloc(5)
    head.write('Q')
    head.writeInt32BE(text.length + 4, 1)
    return this.#send(Buffer.concat([head, text]))
  }

  close(): void {
    this.socket.destroy()
  }

  #send(bytes: Buffer): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.socket.write(bytes)
    })
  }

  #read(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data])
    while (this.#bytes.length >= 5 && this.#bytes.length > this.#bytes.readInt32BE(1)) {
      const end = this.#bytes.readInt32BE(1) + 1
      this.#take(String.fromCharCode(this.#bytes[0]!), this.#bytes.subarray(5, end))
      this.#bytes = this.#bytes.subarray(end)
    }
  }

  #take(kind: string, body: Buffer): void {
    if (kind === 'K') this.pid = body.readInt32BE(0)
    if (kind === 'D') this.#rows.push(rowIn(body))
    if (kind === 'E') this.#refused = refusalIn(body)
    if (kind !== 'Z') return // until it is ready for the next
    const [waiting, rows, refused] = [this.#waiting, this.#rows, this.#refused]
    this.#waiting = undefined
    this.#rows = []
    this.#refused = undefined
    if (refused === undefined) waiting?.resolve(rows)
    else waiting?.reject(refused)
  }
}

function rowIn(body: Buffer): Row {
  const row: (string | null)[] = []
  for (let at = 2; at < body.length; ) {
    const length = body.readInt32BE(at)
    at += 4
    row.push(length < 0 ? null : body.toString('utf8', at, at + length))
    at += Math.max(0, length)
  }
  return row
}

function refusalIn(body: Buffer): Refusal {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map((field) => [field[0], field.slice(1)]),
  )
  return new Refusal(fields.get('C') ?? '', fields.get('M') ?? '')
}
