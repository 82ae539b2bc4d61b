/** A server and its clients under faults: messages lost, late and out of order, retries, restarts. One seed, one run. */
import { LockClient, LockServer, type Message, type Mistake } from './server.ts'

export interface Simulation {
  readonly seed: number
  readonly clients?: number
  /** How many things happen. */
  readonly length?: number
  readonly mistake?: Mistake | undefined
}

interface Packet {
  readonly from: string
  readonly to: string
  readonly message: Message
}

const LOSSES = 0.15
const RESTARTS = 0.02

/** The log, a line for each event, in the order in which they happened. */
export function simulate({ seed, clients: count = 3, length = 150, mistake }: Simulation): string[] {
  const chance = randomFrom(seed)
  const pick = <T>(options: readonly T[]): T => options[Math.floor(chance() * options.length)]!
  const lines: string[] = []
  const flying: Packet[] = []
  const around = (from: string) => ({
    send: (to: string, message: Message) => {
      if (chance() >= LOSSES) flying.push({ from, to, message })
    },
    log: (entry: object) => void lines.push(JSON.stringify(entry)),
  })
  const server = new LockServer('server', around('server'), mistake)
  const clients = Array.from({ length: count }, (_, i) => new LockClient(`c${i}`, 'server', around(`c${i}`), mistake))
  for (let i = 0; i < length; i++) {
    const client = pick(clients)
    if (chance() < RESTARTS) server.restart()
    else if (flying.length > 0 && chance() < 0.6) deliver(flying.splice(Math.floor(chance() * flying.length), 1)[0]!)
    else if (client.at === 'idle') client.acquire()
    else if (client.at === 'holding') client.release()
    else client.timeout()
  }
  function deliver({ from, to, message }: Packet): void {
    if (to === 'server') server.receive(from, message)
    else clients.find(({ name }) => name === to)!.receive(message)
  }
  return lines
}

/** Numbers from 0 to 1, a linear congruential generator's (Knuth, "The Art of Computer Programming", vol. 2, 3.3.4). */
function randomFrom(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn
    return Number(state >> 32n) / 2 ** 32
  }
}
