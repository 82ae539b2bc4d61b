/** Logs against a protocol: each verdict, what is silent, several nodes, and what is told of a line that nothing explains. */
import { logMap } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import type { ConformOptions } from '../../src/conform/conform.ts'
import { conform } from '../../src/conform/conform.ts'
import type { AnyLogMap } from '../../src/conform/log-map.ts'
import { recordExplanation } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { revisit } from '../../src/judge/revisit.ts'
import { conformReport } from '../../src/report/conform-report.ts'
import { paintIf } from '../../src/report/paint.ts'
import mailbox, { mailboxMap } from './mailbox.ts'

type LineOf = Readonly<Record<string, unknown>>
const model = mailbox.instantiate({})
const repeating = mailbox.instantiate({ duplicates: 1 })
const post = (n?: number): LineOf => ({ at: 's', do: 'post', n })
const got = (n: number): LineOf => ({ at: 'r', do: 'got', n })
const last = (n: number): LineOf => ({ at: 'r', do: 'last', n })

const against = (
  map: AnyLogMap,
  lines: readonly (LineOf | string)[],
  options: ConformOptions & { duplicates?: 1 } = {},
) => {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  return conform(options.duplicates ? repeating : model, map, [{ name: 'log', lines: texts }], options)
}

const map = mailboxMap

const told = async (given: AnyLogMap, lines: readonly (LineOf | string)[], options: ConformOptions = {}) =>
  conformReport(model, await against(given, lines, options), {
    width: 100,
    paint: paintIf(false),
    parameters: ['losses', 'duplicates'],
    logs: ['log'],
  })

describe('conform', () => {
  it('finds a behaviour, which the judge can replay', async () => {
    const found = await against(map(), [post(1), post(2), got(2), last(2)])
    expect(found.verdict).toBe('conforms')
    if (found.verdict !== 'conforms') return
    expect(found.path!.steps.map(({ action }) => action)).toEqual(['post', 'post', 'receive'])
    expect(replay(model, recordExplanation(model, found.path!)).outcome).toBe('reproduced')
  })

  it('explains by steps that are asked for as they are', async () => {
    const found = await against(map(), [post(), got(1)])
    if (found.verdict !== 'conforms') throw new Error(found.verdict)
    const trace = recordExplanation(model, found.path!)
    const twice = { ...trace, steps: [...trace.steps, trace.steps[1]!] } // the item is there once only
    expect(revisit(model, trace).outcome).toBe('reproduced')
    expect(revisit(model, twice)).toMatchObject({ outcome: 'no-longer-violated', step: 3 })
  })

  it('tells where it breaks, the state there, and what stands against the next line', async () => {
    expect(await told(map(), [post(1), got(1), got(1)])).toBe(
      [
        'mailbox · losses 1 · duplicates 0',
        'log · 3 lines · 3 events',
        '',
        '✗ does not conform: no behaviour of mailbox explains more than the first 2 events.',
        '',
        'After them the protocol is in this state:',
        '  s1  {note none, sent 1}',
        '  r1  {last 1}',
        '  losses  1',
        '',
        '  log:3  {"at":"r","do":"got","n":1}',
        '    r1 receives Item: no such message is on its way; s1→r1 holds nothing',
      ].join('\n'),
    )
  })

  it('compares what a line shows', async () => {
    expect(await told(map(), [post(2)])).toContain('    s1.post: s1.sent is 1, the log shows 2')
    expect(await told(map(), [last(2)])).toContain('    before it r1.last is 0, the log shows 2')
    expect(await told(map(), [post(), post(), post(), post()])).toContain(
      '    s1.post: it is disabled, where s1.sent = 3',
    )
  })

  it('asks a function of the map whether a value may be it, and tells its text', async () => {
    const asking = logMap(mailbox, {
      event: ({ do: what }) => String(what),
      on: {
        // the compiler knows what `sent` is
        seen: ({ n }) => ({
          after: { s1: { sent: (sent) => sent + 1 === n || `is ${sent}, one less than ${n} is shown` } },
        }),
        is: ({ n }) => ({ after: { s1: { sent: (sent) => sent === n } } }),
      },
    })
    expect((await against(asking, [{ do: 'seen', n: 1 }])).verdict).toBe('conforms')
    expect(await told(asking, [{ do: 'seen', n: 3 }])).toContain('    s1.sent is 0, one less than 3 is shown')
    expect(await told(asking, [{ do: 'is', n: 3 }])).toContain('    s1.sent is 0, which the log rules out')
  })

  it('lets silent steps happen in between, as far as the log needs them', async () => {
    expect((await against(map({ silent: ['sender.leave'] }), [post(), { do: 'left' }])).verdict).toBe('conforms')
    expect((await against(map(), [post(), { do: 'left' }])).verdict).toBe('does not conform')
    expect((await against(map({ silent: ['receiver.Item'] }), [post(), post(), last(2)])).verdict).toBe('conforms')
  })

  it('takes a message that is delivered twice for a delivery', async () => {
    const lines = [post(1), got(1), got(1)]
    expect((await against(map(), lines, { duplicates: 1 })).verdict).toBe('conforms')
    expect((await against(map(), [...lines, got(1)], { duplicates: 1 })).verdict).toBe('does not conform')
  })

  it('tries each explanation of a line', async () => {
    const lines = [post(1), { do: 'either', n: 1 }]
    expect((await against(map(), [...lines, last(1)])).verdict).toBe('conforms')
    expect((await against(map(), [...lines, last(0)])).verdict).toBe('conforms')
    expect((await against(map(), [...lines, last(2)])).verdict).toBe('does not conform')
  })

  it('tells a property that must have been broken from one that may have been', async () => {
    const broken = await told(map(), [post(), post(), got(2), got(1), { do: 'beat' }])
    expect(broken.split('\n').slice(3).join(' ')).toBe(
      '✗ inOrder (what is received last never becomes an earlier item) was broken by log:4: a behaviour of mailbox explains 4 events, and none does that keeps every property.',
    )
    const silently = map({ silent: ['receiver.Item'] })
    const open = await against(silently, [post(), post(), post()], { may: true })
    expect(open).toMatchObject({ verdict: 'conforms', mayBreak: { property: { name: 'inOrder' } } })
    expect(open).not.toHaveProperty('breach')
    const closed = await against(map(), [post(), got(1), post()], { may: true })
    expect(closed).toMatchObject({ verdict: 'conforms', mayBreak: 'nothing' })
  })

  it('looks at every state on the way of a line that is several steps', async () => {
    const both = (n: number, then: number) => ({ do: 'both', n, then })
    expect(await against(map(), [post(), post(), both(2, 1)])).toMatchObject({ breach: { event: { name: 'both' } } })
    expect(await against(map(), [post(), post(), both(1, 2)])).not.toHaveProperty('breach')
    const back = [post(), post(), got(1), both(2, 1)] // the last state alone is as before
    expect((await against(map(), back, { duplicates: 1 })) as object).toMatchObject({
      breach: { event: { name: 'both' } },
    })
  })

  it('takes only a step that chose what the line says, and tells what else there would be', async () => {
    expect((await against(map(), [post(), { do: 'lost', to: 'r1' }])).verdict).toBe('conforms')
    expect((await against(map(), [post(), { do: 'lost', to: 's1' }])).verdict).toBe('does not conform')
    expect(await told(map(), [post(), { do: 'lost', to: 'r1', odd: true }])).toContain(
      '    lose: it can happen, but not as the log has it: the network loses Item',
    )
  })

  it('refuses a log in which nothing is an event, for every behaviour explains nothing', async () => {
    await expect(against(map(), [])).rejects.toThrow(
      'log: none of 0 lines is an event that the map explains: event and pattern take none for one',
    )
    await expect(against(map(), [{ do: 'dance' }, { do: 'beat' }])).rejects.toThrow(
      'log: none of 2 lines is an event that the map explains: on does not name dance',
    )
  })

  it.each<[unknown, string]>([
    [{ steps: { process: 's1', acton: 'post' } }, 'a step has no part acton; did you mean action?'],
    [{ steps: { process: 'r1', receive: 'Item', form: 's1' } }, 'a step has no part form; did you mean from?'],
    [{ steps: { process: 's1' } }, 'a step has neither action nor receive'],
    [{ steps: 'post' }, 'found "post"'],
    [{ steps: { receive: { typ: 'Item' } } }, 'receive is an object'],
    ['nothng', 'an explanation is "nothng"'],
  ])('refuses a map that gives %j', async (given, message) => {
    const wrong = { ...map(), on: { post: () => given as never } }
    await expect(against(wrong, [post()])).rejects.toThrow(`log:1: a map of a log: ${message}`)
  })

  it('refuses an event that is no text, and a silent delivery that there is not', async () => {
    const wrong = { ...map(), event: () => 5 as never }
    await expect(against(wrong, [post()])).rejects.toThrow('log:1: a map of a log: event gives 5')
    await expect(against(map({ silent: ['receiver.Itme'] }), [post()])).rejects.toThrow(
      'silent: mailbox has no step receiver.Itme; did you mean receiver.Item?',
    )
  })

  it('bounds the states beyond one for each event', async () => {
    const beats = Array.from({ length: 100 }, () => last(0))
    expect((await against(map(), beats, { maxStates: 10 })).verdict).toBe('conforms')
  })

  it('keeps the order of lines within a node only', async () => {
    const lines = [got(1), post(1)]
    expect((await against(map(), lines)).verdict).toBe('does not conform')
    expect((await against(map({ byNode: true }), lines)).verdict).toBe('conforms')
    const back = [got(2), last(2), got(1), last(1), post(), post()]
    expect(await against(map({ byNode: true }), back)).toMatchObject({ verdict: 'conforms', breach: {} })
    expect((await against(map({ byNode: true }), [...back, last(2)])).verdict).toBe('does not conform')
  })

  it('keeps the order of intervals that do not meet', async () => {
    const at = (line: LineOf, from: number, to: number) => ({ ...line, from, to })
    const timed = map({ byNode: true, timed: true })
    expect((await against(timed, [at(got(1), 0, 5), at(post(1), 3, 9)])).verdict).toBe('conforms')
    expect((await against(timed, [at(got(1), 0, 2), at(post(1), 3, 9)])).verdict).toBe('does not conform')
    await expect(against(timed, [at(post(1), 8, 9), at(post(2), 1, 2)])).rejects.toThrow(
      'log:2: the clock of s goes back: 1–2 follows 8–9; let time tell wider intervals, or leave it out',
    )
  })

  it('says unknown where a budget ends it', async () => {
    const found = await against(map({ silent: ['receiver.Item', 'lose', 'duplicate'] }), [post(), post(), last(3)], {
      maxStates: 5,
    })
    expect(found).toMatchObject({ verdict: 'unknown', ranOut: 'states' })
    const late = await against(map(), [post()], { isOver: () => true })
    expect(late).toMatchObject({ verdict: 'unknown', ranOut: 'time', explained: 0 })
  })

  it('counts what is no event, and forgets no line in silence', async () => {
    const report = await told(map(), [
      post(),
      { do: 'beat' },
      { other: 1 },
      { do: 'dance' },
      { do: 'dance' },
      '{"do": "po',
    ])
    expect(report.split('\n').slice(1, 5)).toEqual([
      'log · 6 lines · 1 event · 2 other lines',
      '',
      '  2 events dance, which nobody mapped; the first at log:4',
      '  the last line, log:6, is cut off, and left out',
    ])
    await expect(against(map(), ['{"do": "po', post()])).rejects.toThrow(
      'log:1: found {"do": "po; expected an object of JSON, or a map with a `pattern` for lines of text\n--skip-malformed leaves such lines out',
    )
    expect((await against(map(), ['oh', post()], { skipMalformed: true })).census.malformed).toEqual({
      count: 1,
      first: 'log:1: found oh; expected an object of JSON, or a map with a `pattern` for lines of text',
    })
  })

  it('forgets a long log behind what is open', async () => {
    const beats = Array.from({ length: 3_000 }, () => last(0))
    const found = await against(map({ silent: [] }), [...beats, post(), got(1)])
    expect(found).toMatchObject({ verdict: 'conforms', states: 3_003 })
  })
})
