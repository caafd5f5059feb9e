/** Films and other pages that are shown within an article become links: no reader shows them, and no page of ours. */
import { isPicture, isRecordingOrDocument } from '../media-kinds.ts'
import { cleanLine, escapeText, wordSet } from '../text.ts'
import { Edits, type EndTag, readTags, type StartTag, startTag } from './edit-html.ts'
import { isUnseen } from './unseen.ts'

const hasNeed =
  /<(?:iframe|embed|object|asciinema-player)[\s/>]|<script\s[^<>]*(?:gist\.github\.com|asciinema\.org)\//i

/** Scripts that write into the page what another page shows. */
const embeddingScript =
  /^((?:https?:)?\/\/(?:gist\.github\.com\/(?:[\w-]+\/)?[\da-f]{5,40}|asciinema\.org\/a\/\w+))\.js(?:[?#].*)?$/i

/** In these no paragraph may begin. */
const withinParagraph = wordSet(
  'p h1 h2 h3 h4 h5 h6 a span b i em strong small u s mark code pre dt summary caption figcaption label font',
)

/** What hosts show, in words that stand after their names. */
const kinds: Readonly<Record<string, string>> = {
  video: `
    YouTube youtube.com youtube-nocookie.com youtu.be; Vimeo vimeo.com; Dailymotion dailymotion.com;
    Twitch twitch.tv; TikTok tiktok.com; TED ted.com; Rumble rumble.com; Odysee odysee.com; Rutube rutube.ru;
    Bilibili bilibili.com; PeerTube peertube.tv; Streamable streamable.com; Wistia wistia.com wistia.net;
    Brightcove brightcove.net; JW jwplatform.com jwplayer.com; Internet_Archive archive.org`,
  recording: `
    SoundCloud soundcloud.com; Spotify spotify.com; Apple_Podcasts podcasts.apple.com; Bandcamp bandcamp.com;
    Mixcloud mixcloud.com; Deezer deezer.com; Acast acast.com; Audioboom audioboom.com; Podbean podbean.com;
    Buzzsprout buzzsprout.com; Libsyn libsyn.com; Simplecast simplecast.com; Megaphone megaphone.fm;
    asciinema asciinema.org; Transistor transistor.fm; ART19 art19.com; Omny omny.fm; Spreaker spreaker.com`,
  post: `X twitter.com x.com; Instagram instagram.com; Facebook facebook.com; Bluesky bsky.app; Reddit reddit.com`,
  map: 'Google google.com google.de; OpenStreetMap openstreetmap.org; uMap umap.openstreetmap.fr',
  chart: `
    Datawrapper datawrapper.de dwcdn.net; Flourish flourish.studio; Infogram infogram.com; Tableau tableau.com;
    Our_World_in_Data ourworldindata.org`,
  code: 'CodePen codepen.io; GitHub gist.github.com; JSFiddle jsfiddle.net; CodeSandbox codesandbox.io',
}

/** What is shown by the end of a host's name. */
const names = new Map(
  Object.entries(kinds).flatMap(([kind, hosts]) =>
    hosts.split(';').flatMap((one) => {
      const [name = '', ...all] = one.trim().split(/\s+/)
      return all.map((host) => [host, `${name.replaceAll('_', ' ')} ${kind}`] as const)
    }),
  ),
)

/** Frames that show nothing of an article's: they count, advertise, or ask whether one is human. */
const noContent =
  /(?:^|\.)(?:doubleclick\.net|googlesyndication\.com|googletagmanager\.com|adnxs\.com|amazon-adsystem\.com|recaptcha\.net)$/

/** An object that is open. */
interface Shown {
  readonly tag: StartTag
  /** Addresses of what is in it. */
  readonly addresses: string[]
  /** What a picture that stands in for it says. */
  alt: string
}

/** @param html that nobody has checked yet; what comes of it has to be cleaned as well */
export function withPlayerLinks(html: string): string {
  if (!hasNeed.test(html)) return html
  const edits = new Edits()
  return readTags(html, playerLinks(html, edits)) ? edits.applied(html) : html
}

function playerLinks(html: string, edits: Edits) {
  const open: StartTag[] = []
  const objects: Shown[] = []
  const counts = { paragraphs: 0, links: 0 }

  function count(name: string, by: number): void {
    if (withinParagraph.has(name)) counts.paragraphs += by
    if (name === 'a') counts.links += by
  }

  /** What stands for a player. */
  function linkTo({ attributes }: StartTag, address: string): string {
    const known = cleanLine(attributes.title ?? attributes['aria-label'] ?? '')
    const title = known || nameOf(address)
    const { poster } = attributes
    const text = escapeText(title)
    const shown = poster ? startTag('img', { src: poster, alt: title }) : text
    if (counts.links > 0) return shown
    // Names are English, whatever language the article has.
    const lang = known ? undefined : 'en'
    const link = `${startTag('a', { href: address, lang })}${shown}</a>`
    return counts.paragraphs > 0 ? link : `<p>${link}</p>`
  }

  function endObject({ tag, addresses, alt }: Shown, { start, end, isImplied }: EndTag): void {
    const address = addresses.find(isPlayer)
    if (isUnseen(tag.attributes)) return
    const shown = /^image\//i.test(tag.attributes.type ?? '') || isPicture(address ?? '')
    const words = cleanLine(
      html
        .slice(tag.end, start)
        .slice(0, 2000)
        .replace(/<[^<>]*>/g, ' '),
    )
    if (isImplied) {
      edits.put(tag.start, tag.end, address ? linkTo(tag, address) : '')
    } else if (shown && address) {
      edits.replace(tag.start, end, pictureAt(address, tag, words || alt))
    } else if (address) edits.replace(tag.start, end, linkTo(tag, address))
    else {
      // What stands in for it when it cannot be shown.
      edits.put(tag.start, tag.end, '')
      edits.put(start, end, '')
    }
  }

  return {
    open(tag: StartTag) {
      const { name, attributes } = tag
      open.push(tag)
      count(name, 1)
      const { src = '', data = '', value = '' } = attributes
      const around = objects.at(-1)
      if (name === 'object') objects.push({ tag, addresses: [data], alt: '' })
      else if (around && name === 'param' && /^(?:movie|src)$/i.test(attributes.name ?? '')) {
        around.addresses.push(value)
      } else if (around && (name === 'embed' || name === 'iframe')) around.addresses.push(src)
      else if (around && name === 'img') around.alt ||= cleanLine(attributes.alt ?? '')
      else if (isVoidPlayer.test(name) && isPlayer(src) && !isUnseen(attributes)) {
        edits.put(tag.start, tag.end, isPicture(src) ? pictureAt(src, tag, '') : linkTo(tag, src))
      }
    },
    close(tag: EndTag) {
      const { name } = tag
      const begun = open.pop()
      count(name, -1)
      if (!begun) return
      if (name === 'object') {
        const object = objects.pop()
        if (object) endObject(object, tag)
      } else if (name === 'iframe' && objects.length === 0) {
        const { src = '', title } = begun.attributes
        const isShown = !isUnseen(begun.attributes) && isPlayer(src)
        const player = title || isOfArticle(src) ? linkTo(begun, src) : ''
        const link = !isShown ? '' : isPicture(src) ? pictureAt(src, begun, '') : player
        // Some are written as if they needed no end, and what follows is no part of them.
        if (tag.isImplied) edits.put(begun.start, begun.end, link)
        else edits.replace(begun.start, tag.end, link)
      } else if (name === 'script') {
        const [, address] = embeddingScript.exec(begun.attributes.src ?? '') ?? []
        if (address) edits.replace(begun.start, tag.end, linkTo(begun, address))
      }
    },
  }
}

/** What is written like a player and is a picture, as a drawing often is. @param words for who does not see it */
function pictureAt(address: string, { attributes }: StartTag, words: string): string {
  const { title, width, height } = attributes
  const alt = words || cleanLine(title ?? attributes['aria-label'] ?? '')
  return startTag('img', { src: address, alt, width, height })
}

/** Those that need no end to be what they are. */
const isVoidPlayer = /^(?:embed|asciinema-player)$/

/** Buttons that count who likes a page, and boxes that show who does: Facebook has them among its plugins beside its posts. */
const button =
  /^(?:https?:)?\/\/(?:(?:www\.)?facebook\.com\/(?:v[\d.]+\/)?(?:plugins|widgets)\/(?:activity|comments|fan|follow|like_?box|like|page|recommendations|send|share_button|subscribe)\b|platform\.twitter\.com\/widgets\/(?:tweet|follow)_button)/i

/** Whether a person could open what is shown. */
function isPlayer(address: string): boolean {
  const url = address.trim()
  if (url === '' || /^(?:#|(?!https?:)[a-z][a-z0-9+.-]*:)/i.test(url)) return false
  // Nothing shows these any more.
  if (/\.swf(?:[?#]|$)/i.test(url)) return false
  if (button.test(url)) return false
  const host = hostOf(url)
  return host === undefined || !noContent.test(host)
}

/** A page of the site itself is part of its layout. */
const isOfArticle = (address: string) =>
  hostOf(address) !== undefined || isRecordingOrDocument(address)

/** Of a whole address, with or without its scheme. */
function hostOf(address: string): string | undefined {
  const url = address.trim()
  if (!/^(?:https?:)?\/\//i.test(url) || !URL.canParse(url, 'https://newsstand.invalid')) {
    return undefined
  }
  return new URL(url, 'https://newsstand.invalid').hostname
}

/** What is there, in plain words. */
function nameOf(address: string): string {
  const [file] = /[^/]*$/.exec(address.trim().replace(/[?#].*$/, '')) ?? []
  if (isRecordingOrDocument(address)) return file ?? ''
  const host = hostOf(address)?.replace(/^www\./, '') ?? ''
  const known = [host, ...host.matchAll(/\./g).map(({ index }) => host.slice(index + 1))]
  const name = known.map((one) => names.get(one)).find((one) => one !== undefined)
  return name ?? (host ? `Content from ${host}` : 'Content')
}
