/** Walking through the execution by keys. They are left alone where the reader is typing. */
import type { View } from './view.ts'

export const KEYS = '↑ ↓ or k j: step · Home End: first and last · / filter by field · Esc show all'

export function listenToKeys(view: View, clearFilter: () => void): void {
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => view.next(),
    j: () => view.next(),
    ArrowUp: () => view.previous(),
    k: () => view.previous(),
    Home: () => view.select(0),
    End: () => view.select(view.length),
    Escape: clearFilter,
    '/': () => document.getElementById('field')?.focus(),
  }
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLInputElement && event.key !== 'Escape') return
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  })
}
