/**
 * Whether what the command prints is data for a file or another program: a graph, JSON, Markdown, a format that was asked
 * for. Then nothing else is printed among it, and what ends the command is told as a complaint.
 * @param {readonly string[]} args
 */
export const printsData = (args) =>
  args[0] === 'graph' || args.some((arg) => /^--(json|markdown|format)(=|$)/.test(arg))
