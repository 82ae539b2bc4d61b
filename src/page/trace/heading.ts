/** The head of the page: what is violated, in words, who broke it, and the command that shows it again. */
import { copyButton } from '../copy-button.ts'
import { element } from '../element.ts'
import { themeButton } from '../theme.ts'
import type { TraceData } from '../trace-data.ts'

const WORDS = { violated: ['✗', 'Violated'], broken: ['✗', 'Broken'], witnessed: ['✓', 'Witnessed'] } as const

export function heading(data: TraceData): HTMLElement {
  const { property, isNever, sentence, details, because, verdict, bugs, settings, command } = data
  const code = element('code', { tabindex: '0', 'aria-label': 'the command that replays this' }, command)
  const [protocol, ...parameters] = settings
  const [sign, word] = WORDS[verdict]
  return element(
    'header',
    { class: `heading ${verdict === 'witnessed' ? 'good' : 'bad'}` },
    element(
      'div',
      { class: 'settings' },
      element(
        'p',
        {},
        element('strong', {}, protocol!),
        parameters.map((one) => ` · ${one}`).join(''),
        bugs.length === 0 ? '' : ` · with the bug${bugs.length > 1 ? 's' : ''} ${bugs.join(', ')}`,
      ),
      themeButton(),
    ),
    element(
      'h1',
      {},
      element('span', { class: 'sign', 'aria-hidden': 'true' }, `${sign} `),
      `${word}${isNever ? ' (never)' : ''}: ${property.claim}`,
    ),
    because === '' ? undefined : element('p', { class: 'because' }, because),
    element('p', { class: 'sentence' }, `${[sentence, ...details].join('; ')}. `, ...standing(data)),
    element('p', { class: 'command' }, code, copyButton(code, 'the command')),
  )
}

/** Whether the trace is still true of the protocol; what is not as it was stands out. */
function standing({ replay }: TraceData): (HTMLElement | string)[] {
  const told = `${replay.told}.`
  return [replay.outcome === 'reproduced' ? told : element('strong', { class: 'changed' }, told)]
}
