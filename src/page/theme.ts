/** Dark or light: as the system has it, until the reader says otherwise, which is remembered where it can be. */
import { element } from './element.ts'

const THEMES = ['system', 'light', 'dark'] as const

type Theme = (typeof THEMES)[number]

const KEY = 'splitbrain-theme'

/** A button that goes through the themes. */
export function themeButton(): HTMLElement {
  const button = element('button', { type: 'button', class: 'quiet', onclick: () => show(next(current())) })
  const show = (theme: Theme) => {
    apply(theme)
    button.textContent = `Theme: ${theme}`
    button.setAttribute('aria-label', `Theme: ${theme}. Change to ${next(theme)}`)
  }
  show(remembered())
  return button
}

const next = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!

const current = (): Theme => (document.documentElement.dataset.theme as Theme | undefined) ?? 'system'

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // a file opened from disk may have no storage: the choice then lasts as long as the page
  }
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(KEY) as Theme
    return THEMES.includes(theme) ? theme : 'system'
  } catch {
    return 'system'
  }
}
