/** HTML where a text is stated. It is asked of all JSON, and loads nothing. */

const allHtml =
  /^\s*<(p|div|table|ul|ol|h[1-6]|blockquote|figure|section|article)(?:\s[^<>]*)?>(?=[\s\S]*<\/\1\s*>)[\s\S]*>\s*$/i

/** Whether a text begins and ends with blocks of HTML, and does not only speak of them. */
export const isAllHtml = (text: string) => allHtml.test(text)
