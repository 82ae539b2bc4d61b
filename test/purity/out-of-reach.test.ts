/** Clocks, chance, the machine, files and the network are out of reach while a body or a predicate runs, however imported. */
import { createHash, randomInt } from 'node:crypto'
import { lookup } from 'node:dns'
import fs, { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import os, { hostname, uptime as uptimeOfMachine } from 'node:os'
import { join } from 'node:path'
import { performance as clock } from 'node:perf_hooks'
import { env, uptime } from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { always, disabled, type Protocol, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { setTraps } from '../../src/purity/traps.ts'

const format = new Intl.DateTimeFormat('en', { timeStyle: 'medium' })
const weak = new WeakRef({})

const REACHED: readonly (readonly [name: string, reach: () => unknown])[] = [
  ['Math.random', () => Math.random()],
  ['Date.now', () => Date.now()],
  ['new Date()', () => new Date()],
  ['Date()', () => Date()],
  ['Intl.DateTimeFormat without a date', () => format.format()],
  ['Intl.DateTimeFormat without a date', () => format.formatToParts()],
  ['performance.now', () => clock.now()],
  ['performance.timeOrigin', () => performance.timeOrigin],
  ['process.hrtime', () => process.hrtime()],
  ['process.hrtime.bigint', () => process.hrtime.bigint()],
  ['process.uptime', () => uptime()],
  ['process.memoryUsage', () => process.memoryUsage()],
  ['process.cwd', () => process.cwd()],
  ['process.pid', () => process.pid],
  ['process.env.HOME', () => process.env.HOME],
  ['process.env.HOME', () => env.HOME],
  ['process.env.*', () => Object.keys(process.env)],
  ['process.exit', () => process.exit(0)],
  ['process.nextTick', () => process.nextTick(() => {})],
  ['node:os.hostname', () => hostname()],
  ['node:os.uptime', () => uptimeOfMachine()],
  ['node:os.cpus', () => os.cpus()],
  ['node:fs.readFileSync', () => readFileSync('package.json')],
  ['node:fs.existsSync', () => fs.existsSync('package.json')],
  ['node:fs.existsSync', () => existsSync('package.json')],
  ['node:fs/promises.readFile', () => readFile('package.json')],
  ['node:http.createServer', () => createServer()],
  ['node:net.connect', () => connect(1)],
  ['node:dns.lookup', () => lookup('localhost', () => {})],
  ['node:timers/promises.setTimeout', () => delay(1)],
  ['node:crypto.randomInt', () => randomInt(2)],
  ['crypto.randomUUID', () => crypto.randomUUID()],
  ['setTimeout', () => setTimeout(() => {}, 1)],
  ['setInterval', () => setInterval(() => {}, 1)],
  ['fetch', () => fetch('http://localhost')],
  ['process.getBuiltinModule', () => process.getBuiltinModule('node:os')],
  ['WeakRef.deref', () => weak.deref()],
]

/** What is a function of its arguments stays in reach. */
const PURE: readonly (readonly [name: string, use: () => unknown])[] = [
  ['a date that is given', () => new Date(0).toISOString()],
  ['a format of a date that is given', () => format.format(new Date(0))],
  ['a path', () => join('a', 'b')],
  ['a hash', () => createHash('sha256').update('a').digest('hex')],
  ['what a class says of an object', () => new Date(0) instanceof Date],
]

const inBody = (use: () => unknown): Protocol =>
  protocol({ name: 'reach', shared: { done: z.boolean().default(false) } }, () => ({
    actions: {
      environment: {
        go({ shared }) {
          if (shared.done) return disabled
          shared.done = true
          use()
        },
      },
    },
    properties: {},
  }))

const inProperty = (use: () => unknown): Protocol =>
  protocol({ name: 'reach', shared: { done: z.boolean().default(false) } }, () => ({
    properties: { asked: always('asked', () => use() !== undefined || true) },
  }))

describe.each([
  ['a body', inBody],
  ['a predicate', inProperty],
])('in %s', (_, of) => {
  it.each(REACHED)('%s is out of reach', async (name, reach) => {
    const { broken } = await explore(of(reach).instantiate())
    expect(broken?.error.code).toBe('impure')
    expect(broken?.error.message).toContain(`it called ${name};`)
  })

  it.each(REACHED)('%s is out of reach for who catches what is thrown', async (name, reach) => {
    const caught = () => {
      try {
        reach()
      } catch {}
    }
    const { broken } = await explore(of(caught).instantiate())
    expect(broken?.error.message).toContain(`it called ${name};`)
  })

  it.each(PURE)('%s is in reach', async (_, use) => {
    expect((await explore(of(use).instantiate())).verdict).toBe('holds')
  })
})

it('leaves everything as it was', () => {
  const before = REACHED.map(([, reach]) => reach.toString())
  const { random } = Math
  const { now } = Date
  const remove = setTraps()
  const inner = setTraps()
  expect(Math.random).not.toBe(random)
  inner()
  inner()
  expect(Math.random).not.toBe(random)
  remove()
  expect([Math.random, Date.now, globalThis.Date]).toEqual([random, now, Date])
  expect(Object.keys(process.env).length).toBeGreaterThan(0)
  expect(REACHED.map(([, reach]) => reach.toString())).toEqual(before)
})
