/** A connection to a Redis server: commands in, replies out, in order (RESP2, redis.io/docs/reference/protocol-spec). */
import { connect, type Socket } from 'node:net'

export type Reply = string | number | null | readonly Reply[]

interface Waiting {
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

export class Connection {
  readonly #waiting: Waiting[] = []
  #bytes: Buffer = Buffer.alloc(0)

  private constructor(readonly socket: Socket) {
    socket.on('data', (data) => this.#read(data))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the connection is closed')))
  }

  static async to(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new Connection(socket)
  }

  /** @throws Error with the server's words where it refuses, or where the connection ends first */
  do(...command: readonly (string | number)[]): Promise<Reply> {
    const parts = command.map((part) => `$${Buffer.byteLength(String(part))}\r\n${part}\r\n`)
    this.socket.write(`*${parts.length}\r\n${parts.join('')}`)
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  close(): void {
    this.socket.destroy()
  }

  #read(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data])
    for (;;) {
      const parsed = parse(this.#bytes, 0)
      if (parsed === undefined) return
      this.#bytes = this.#bytes.subarray(parsed.end)
      const { resolve, reject } = this.#waiting.shift()!
      if (parsed.reply instanceof Error) reject(parsed.reply)
      else resolve(parsed.reply)
    }
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}

interface Parsed {
  readonly reply: Reply | Error
  readonly end: number
}

/** The reply that begins at `at`; undefined where it is not whole yet. */
function parse(bytes: Buffer, at: number): Parsed | undefined {
  const line = bytes.indexOf('\r\n', at)
  if (line < 0) return undefined
  const [kind, text, next] = [bytes.toString('utf8', at, at + 1), bytes.toString('utf8', at + 1, line), line + 2]
  switch (kind) {
    case '+':
      return { reply: text, end: next }
    case '-':
      return { reply: new Error(text), end: next }
    case ':':
      return { reply: Number(text), end: next }
    case '$': {
      const length = Number(text)
      if (length < 0) return { reply: null, end: next }
      if (bytes.length < next + length + 2) return undefined
      return { reply: bytes.toString('utf8', next, next + length), end: next + length + 2 }
    }
    default:
      return parseMany(bytes, Number(text), next)
  }
}

function parseMany(bytes: Buffer, count: number, from: number): Parsed | undefined {
  if (count < 0) return { reply: null, end: from }
  const replies: Reply[] = []
  let end = from
  for (let i = 0; i < count; i++) {
    const parsed = parse(bytes, end)
    if (parsed === undefined) return undefined
    replies.push(parsed.reply as Reply)
    end = parsed.end
  }
  return { reply: replies, end }
}
