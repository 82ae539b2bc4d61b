/** Colours for reports: functions that wrap a text, or do nothing where colour is off. */
import picocolors from 'picocolors'

export type Paint = ReturnType<typeof picocolors.createColors>

export const paintIf = (colour: boolean): Paint => picocolors.createColors(colour)
