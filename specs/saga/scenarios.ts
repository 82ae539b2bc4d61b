/** Documented runs of a saga, with their exact outcomes: that it ends whole, each bug caught, and what it gives up. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, losses: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: 'All steps of a saga are done, or those that were done are compensated, in reverse order.',
    source: 'Garcia-Molina & Salem 1987',
    expect: { verdict: 'holds', distinct: 4_498, generated: 25_566, depth: 24 },
  },
  {
    name: 'three-steps',
    parameters: { ...faultless, steps: 3 },
    expect: { verdict: 'holds', distinct: 11_660, generated: 60_709, depth: 31 },
  },
  {
    name: 'two-sagas',
    parameters: { ...faultless, sagas: 2 },
    expect: { verdict: 'holds', distinct: 893_127, generated: 6_733_249, depth: 42 },
    slow: true,
  },
  {
    name: 'two-of-each',
    parameters: { crashes: 2, losses: 2 },
    expect: { verdict: 'holds', distinct: 10_572, generated: 68_408, depth: 27 },
  },
  {
    name: 'no-fault',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 974, generated: 3_707, depth: 21 },
  },
  {
    name: 'nothing-left',
    claim: 'Where a service has no unit left, the saga is undone.',
    parameters: { ...faultless, units: 0 },
    expect: { verdict: 'holds', distinct: 52, generated: 121, depth: 11 },
  },
  // What it gives up.
  {
    name: 'half-done',
    claim: 'Others can see what a saga has done before it ends.',
    source: 'Garcia-Molina & Salem 1987',
    parameters: faultless,
    properties: ['aHalfDoneSaga'],
    expect: { verdict: 'holds', distinct: 974, generated: 3_707, depth: 21 },
  },
  {
    name: 'refused-in-vain',
    claim: 'A saga gives up isolation: others act on what it has done, though it will undo it.',
    source: "Garcia-Molina & Salem 1987; document 003, a reader's question",
    finding: 'Both end in nothing, though a unit was there for one.',
    parameters: { ...faultless, sagas: 2 },
    properties: ['noRefusalInVain'],
    expect: { verdict: 'violated', property: 'noRefusalInVain', steps: 11 },
    trace: 'saga-refused-in-vain.json',
  },
  // Each request once in effect.
  {
    name: 'done-twice',
    claim: 'Since requests are repeated, a step must be idempotent.',
    parameters: faultless,
    bugs: ['doTwice'],
    expect: { verdict: 'violated', property: 'conserved', steps: 5 },
    trace: 'saga-done-twice.json',
  },
  {
    name: 'undone-twice',
    claim: 'Since requests are repeated, a compensation must be idempotent.',
    parameters: faultless,
    bugs: ['undoTwice'],
    expect: { verdict: 'violated', property: 'conserved', steps: 6 },
    trace: 'saga-undone-twice.json',
  },
  {
    name: 'undone-before-done',
    claim: 'If a compensation that overtakes its step is not recorded, the step is done and stays so.',
    parameters: faultless,
    bugs: ['forgetUndo'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 7 },
    trace: 'saga-undone-before-done.json',
  },
  {
    name: 'refused-and-done',
    claim: 'If a refusal is not recorded, a late copy of the request is granted.',
    parameters: faultless,
    bugs: ['forgetRefusal'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 12 },
    trace: 'saga-refused-and-done.json',
  },
  // Compensating.
  {
    name: 'silence-trusted',
    claim: 'A step without an answer must be compensated: it may have been done.',
    parameters: faultless,
    bugs: ['trustSilence'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 4 },
    trace: 'saga-silence-trusted.json',
  },
  {
    name: 'undone-forwards',
    claim: 'Compensations run in reverse order, or what remains is no beginning of the saga.',
    source: 'Garcia-Molina & Salem 1987',
    parameters: faultless,
    bugs: ['undoForwards'],
    properties: ['inOrder'],
    expect: { verdict: 'violated', property: 'inOrder', steps: 9 },
    trace: 'saga-undone-forwards.json',
  },
  {
    name: 'half-done-for-ever',
    claim: 'An orchestrator without a log leaves its saga half done for ever when it crashes.',
    source: 'Garcia-Molina & Salem 1987',
    parameters: { losses: 0 },
    bugs: ['noLog'],
    properties: ['endsWhole'],
    expect: { verdict: 'violated', property: 'endsWhole', steps: 5 },
    trace: 'saga-half-done-for-ever.json',
  },
]

/** Of `saga-choreographed`. */
export const choreographedScenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim:
      'A saga needs no orchestrator: services that tell their neighbours do all steps, or undo those that were done.',
    source: 'Richardson, microservices.io, Saga (choreography)',
    expect: { verdict: 'holds', distinct: 3_289, generated: 21_750, depth: 23 },
  },
  {
    name: 'timeouts',
    claim: 'So it is where the first service gives up, and a cancel goes after the saga.',
    parameters: { timeouts: true },
    expect: { verdict: 'holds', distinct: 26_353, generated: 215_352, depth: 27 },
  },
  {
    name: 'done-and-undone',
    claim: 'What the last service has called done stays done.',
    refuted: true,
    finding:
      'Not with time-outs: the first may give up when the last has just finished. Nobody decides, which is what an orchestrator is for.',
    parameters: { timeouts: true, losses: 0 },
    properties: ['doneIsFinal'],
    expect: { verdict: 'violated', property: 'doneIsFinal', steps: 6 },
    trace: 'saga-choreographed-done-and-undone.json',
  },
  {
    name: 'done-is-final',
    claim: 'Without time-outs what the last service has called done stays done.',
    properties: ['doneIsFinal'],
    expect: { verdict: 'holds', distinct: 3_289, generated: 21_750, depth: 23 },
  },
  {
    name: 'one-away',
    claim: 'While one service is away, those before it wait with their steps done: nobody can end the saga.',
    parameters: { crashes: 1, losses: 0 },
    properties: ['notHalfDone'],
    expect: { verdict: 'violated', property: 'notHalfDone', steps: 2 },
    trace: 'saga-choreographed-one-away.json',
  },
  {
    name: 'done-twice',
    claim: 'Since events are repeated, a step must be idempotent.',
    parameters: { losses: 0 },
    bugs: ['doTwice'],
    properties: ['conserved'],
    expect: { verdict: 'violated', property: 'conserved', steps: 5 },
    trace: 'saga-choreographed-done-twice.json',
  },
  {
    name: 'undone-twice',
    claim: 'And so must a compensation.',
    parameters: { losses: 0 },
    bugs: ['undoTwice'],
    properties: ['conserved'],
    expect: { verdict: 'violated', property: 'conserved', steps: 9 },
    trace: 'saga-choreographed-undone-twice.json',
  },
  {
    name: 'cancel-forgotten',
    claim: 'A cancel that overtakes the saga must be recorded, or a step is done after it.',
    parameters: { timeouts: true, losses: 0 },
    bugs: ['forgetCancel'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 9 },
    trace: 'saga-choreographed-cancel-forgotten.json',
  },
  {
    name: 'event-not-kept',
    claim: 'An event must be kept until it is acknowledged, or a loss leaves the saga half done.',
    bugs: ['noTable'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 3 },
    trace: 'saga-choreographed-event-not-kept.json',
  },
  {
    name: 'step-kept',
    claim: 'Each service must undo its own step before it passes a refusal on.',
    parameters: { losses: 0 },
    bugs: ['keepStep'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 5 },
    trace: 'saga-choreographed-step-kept.json',
  },
]

const READER = "document 003, a reader's question"

/** Of `saga-workflow`. */
export const workflowScenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim:
      'A case that goes through three companies, each in its own time, is approved by all in the end or by none, without locks.',
    source: READER,
    finding: 'It is a saga. A company undoes its own approval when it gets the case back.',
    expect: { verdict: 'holds', distinct: 111_096, generated: 783_917, depth: 30 },
  },
  {
    name: 'two-companies',
    parameters: { companies: 2 },
    expect: { verdict: 'holds', distinct: 5_208, generated: 27_293, depth: 23 },
  },
  {
    name: 'never-sent-back',
    parameters: { returns: 0 },
    expect: { verdict: 'holds', distinct: 3_148, generated: 13_700, depth: 21 },
  },
  {
    name: 'losses-without-end',
    claim:
      'It ends though messages are lost without end, if no company lets it lie and what is told again and again arrives.',
    parameters: { caseLosses: 'unlimited', ackLosses: 'unlimited' },
    properties: ['endsForGood', 'canEnd'],
    expect: { verdict: 'holds', distinct: 38_488, generated: 345_639, depth: 27 },
  },
  {
    name: 'never-acknowledged',
    claim: 'Acknowledgements need not arrive for that, if every company goes on with the case between late copies.',
    parameters: { caseLosses: 'unlimited', ackLosses: 'unlimited' },
    properties: ['endsUnacknowledged'],
    expect: { verdict: 'holds', distinct: 38_488, generated: 345_639, depth: 27 },
  },
  // What it gives up.
  {
    name: 'approval-undone',
    claim: 'Others see, and may act on, an approval that is undone days later: there is no isolation.',
    source: READER,
    parameters: { companies: 2 },
    properties: ['anUndoneApproval'],
    expect: { verdict: 'holds', distinct: 5_208, generated: 27_293, depth: 23 },
  },
  {
    name: 'withdrawn-at-will',
    claim: 'The company that has begun a case can withdraw it as long as it is not done.',
    source: READER,
    refuted: true,
    finding: 'Only while it has it. Nothing is locked, but afterwards it has to wait until the others let go.',
    properties: ['atWill'],
    expect: { verdict: 'violated', property: 'atWill', steps: 2 },
    trace: 'saga-workflow-withdrawn-at-will.json',
  },
  {
    name: 'one-away',
    claim: 'A company that does not come back stops the case for ever.',
    parameters: { crashes: 1, caseLosses: 0, ackLosses: 0, companies: 2 },
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 1 },
    trace: 'saga-workflow-one-away.json',
  },
  {
    name: 'one-stays-away',
    parameters: { crashes: 1, caseLosses: 0, ackLosses: 0, companies: 2 },
    properties: ['awayForGood'],
    expect: { verdict: 'holds', distinct: 3_288, generated: 10_913, depth: 21 },
  },
  {
    name: 'one-comes-back',
    claim: 'A company that comes back goes on with what is on file, and no more is lost than time.',
    parameters: { crashes: 1, comeBack: true, caseLosses: 0, ackLosses: 0, companies: 2 },
    properties: ['oneDesk', 'fourEyes', 'madeAnew', 'inOrder', 'wholeWhenOver', 'oneOutcome', 'canEnd'],
    expect: { verdict: 'holds', distinct: 4_384, generated: 17_465, depth: 22 },
  },
  // What each part is for.
  {
    name: 'late-copy',
    claim: 'A case that may come by again needs a version, or a late copy of a hand-over puts it on two desks.',
    bugs: ['noVersion'],
    properties: ['oneDesk'],
    expect: { verdict: 'violated', property: 'oneDesk', steps: 9 },
    trace: 'saga-workflow-late-copy.json',
  },
  {
    name: 'late-acknowledgement',
    claim: 'So does an acknowledgement, or a late one ends what it does not mean, and the case is lost.',
    parameters: { ackLosses: 0 },
    bugs: ['anyAck'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 10 },
    trace: 'saga-workflow-late-acknowledgement.json',
  },
  {
    name: 'told-once',
    claim: 'A hand-over must be kept until it is acknowledged, or a loss loses the case.',
    bugs: ['tellOnce'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 4 },
    trace: 'saga-workflow-told-once.json',
  },
  {
    name: 'approval-kept',
    claim: 'Who gets a case back must undo its approval, or a case that is withdrawn stays approved.',
    parameters: { caseLosses: 0, ackLosses: 0 },
    bugs: ['keepApproval'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 8 },
    trace: 'saga-workflow-approval-kept.json',
  },
  {
    name: 'own-work',
    claim: 'One who made must not be the one who checks.',
    bugs: ['ownWork'],
    properties: ['fourEyes'],
    expect: { verdict: 'violated', property: 'fourEyes', steps: 2 },
    trace: 'saga-workflow-own-work.json',
  },
]
