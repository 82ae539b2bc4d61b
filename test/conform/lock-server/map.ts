import { logMap } from 'splitbrain'
import lockServer from './lock-server.ts'

const answer =
  /MessageType=(?<type>\w+), ClientID=(?<client>\d+), LockID=(?<lock>\d+), TransactionType=(?<what>\w+), .*Result=(?<result>\w+)/

export default logMap(lockServer, {
  pattern: answer,
  event: ({ type }) => String(type),
  on: {
    REQUEST: ({ client, lock, what }, { process }) => ({
      steps: { process: process('client', client), action: 'ask', chose: { what, lock: Number(lock) } },
    }),
    RESPONSE: ({ client, result }, { process }) => ({
      steps: [
        { process: 'server1', receive: 'Ask', from: process('client', client) },
        { process: process('client', client), receive: { type: 'Answer', ok: result === 'SUCCESS' } },
      ],
    }),
  },
})
