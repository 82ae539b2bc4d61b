/** Documented runs of sliding windows: how many numbers are enough, and what it takes that everything arrives. */
import type { Scenario } from 'splitbrain'

const lossless = { dataLosses: 0, ackLosses: 0 }
const selective = { repeat: 'selective', numbers: 4 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim:
      'Go-back gives every message on in order, each once, if there is one number more than the window has places.',
    source: 'Tanenbaum, Computer Networks, 3.4',
    expect: { verdict: 'holds', distinct: 997, generated: 4_297, depth: 21 },
  },
  {
    name: 'alternating-bit',
    claim: 'One bit is enough for messages that are sent one by one, over channels that keep the order and may lose.',
    source: 'Bartlett, Scantlebury & Wilkinson 1969',
    parameters: { window: 1, numbers: 2 },
    expect: { verdict: 'holds', distinct: 233, generated: 876, depth: 25 },
  },
  {
    name: 'a-window-of-three',
    parameters: { window: 3, numbers: 4, messages: 5 },
    expect: { verdict: 'holds', distinct: 3_305, generated: 14_964, depth: 23 },
  },
  {
    name: 'selective',
    claim: 'Selective repeat takes twice as many numbers as the window has places.',
    source: 'Tanenbaum, Computer Networks, 3.4',
    parameters: selective,
    expect: { verdict: 'holds', distinct: 11_222, generated: 52_237, depth: 31 },
  },
  // One number too few.
  {
    name: 'one-number-too-few',
    claim: 'As many numbers as the window has places are enough for go-back.',
    refuted: true,
    finding: 'A message that is sent again is taken for the one a round later; it need not even be lost.',
    parameters: { ...lossless, numbers: 2 },
    expect: { verdict: 'violated', property: 'inOrder', steps: 6 },
    trace: 'sliding-window-one-number-too-few.json',
  },
  {
    name: 'selective-one-number-too-few',
    claim: 'One number more than the window has places is enough for selective repeat, too.',
    refuted: true,
    finding: 'The receiver has moved on, the sender has not, and an old message falls into the new window.',
    parameters: { ...selective, numbers: 3 },
    expect: { verdict: 'violated', property: 'inOrder', steps: 10 },
    trace: 'sliding-window-selective-one-number-too-few.json',
  },
  {
    name: 'earlier-connection',
    claim: 'Numbers tell what is new from what is old, from whatever connection a message comes.',
    refuted: true,
    finding: 'A connection begins with numbers that an earlier one has used: TCP waits until its packets are gone.',
    source: 'RFC 793, 3.3, knowing when to keep quiet',
    bugs: ['earlierConnection'],
    expect: { verdict: 'violated', property: 'inOrder', steps: 1 },
    trace: 'sliding-window-earlier-connection.json',
  },
  // What it takes that everything arrives.
  {
    name: 'one-is-left-out',
    claim: 'It is enough that messages of the window are sent again and again, and that such messages arrive.',
    refuted: true,
    finding: 'The sender may repeat one of them for ever, and it is not the one that is missing.',
    properties: ['arriveIfSomethingIsSent'],
    expect: { verdict: 'violated', property: 'arriveIfSomethingIsSent', steps: 4, loop: 4 },
    trace: 'sliding-window-one-is-left-out.json',
  },
  {
    name: 'lost-for-ever',
    claim: 'It is enough that what stays in flight is delivered.',
    refuted: true,
    finding: 'What is lost does not stay in flight: a channel may lose everything, and owes nothing.',
    properties: ['arriveIfNothingStays'],
    expect: { verdict: 'violated', property: 'arriveIfNothingStays', steps: 4, loop: 4 },
    trace: 'sliding-window-lost-for-ever.json',
  },
  {
    name: 'only-acknowledgements-are-lost',
    claim: 'Lost acknowledgements alone can keep messages from being acknowledged for ever.',
    parameters: { dataLosses: 0 },
    properties: ['arriveIfNothingStays'],
    expect: { verdict: 'violated', property: 'arriveIfNothingStays', steps: 10, loop: 6 },
    trace: 'sliding-window-only-acknowledgements-are-lost.json',
  },
  // Seeded bugs.
  {
    name: 'takes-anything',
    parameters: lossless,
    bugs: ['takesAnything'],
    expect: { verdict: 'violated', property: 'inOrder', steps: 2 },
    trace: 'sliding-window-takes-anything.json',
  },
  {
    name: 'acks-unseen',
    bugs: ['acksUnseen'],
    expect: { verdict: 'violated', property: 'acknowledged', steps: 4 },
    trace: 'sliding-window-acks-unseen.json',
  },
]
