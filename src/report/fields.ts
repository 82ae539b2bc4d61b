/** An object's fields, as `show` writes them, without the braces. */
export const bare = (text: string): string => (/^\{.*\}$/.test(text) ? text.slice(1, -1) : text)
