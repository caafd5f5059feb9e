/** What an article's HTML would load from other sites becomes a link: no page of ours does that. */
import { escapeAttribute } from '../text.ts'

const foreign = /<(?:img|audio|video|source)\s[^>]*?(?:src|poster)="(?!\/(?!\/))/

/**
 * @param html safe HTML, with root-relative addresses of our own
 */
export async function linkForeignMedia(html: string): Promise<string> {
  if (!foreign.test(html)) return html
  // Loaded for those articles only: it takes more memory than all pages.
  const { parseHTML } = await import('linkedom')
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  for (const element of document.querySelectorAll('audio, video, img')) {
    const sources = [element, ...element.querySelectorAll('source')]
    const poster = element.getAttribute('poster')
    if (poster && !isOurs(poster)) element.removeAttribute('poster')
    const urls = sources.map((one) => one.getAttribute('src')).filter((url) => url !== null)
    const url = urls[0]
    if (url === undefined || urls.every(isOurs)) continue
    const words = `${element.getAttribute('alt') || kinds[element.localName] || 'Media'} (${hostOf(url)})`
    if (element.closest('a')) element.replaceWith(words)
    else {
      element.outerHTML = `<a href="${escapeAttribute(url)}" rel="noopener">${escapeAttribute(words)}</a>`
    }
  }
  return document.body.innerHTML
}

const kinds: Readonly<Record<string, string>> = { img: 'Image', audio: 'Recording', video: 'Video' }

const isOurs = (url: string) => /^\/(?!\/)/.test(url)

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)
