/** A button that copies a text. Where there is no clipboard, it selects the text, for the reader to copy. */
import { element } from './element.ts'

const SAID_MS = 2000

/** @param source the element that shows the text */
export function copyButton(source: HTMLElement, what: string): HTMLElement {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}` }, 'Copy')
  const say = (word: string) => {
    button.textContent = word
    setTimeout(() => {
      button.textContent = 'Copy'
    }, SAID_MS)
  }
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent!)
      say('Copied')
    } catch {
      getSelection()?.selectAllChildren(source)
      say('Selected')
    }
  })
  return button
}
