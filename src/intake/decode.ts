import { isUtf8 } from 'node:buffer'
import { attempt } from '../attempt.ts'
import { lineAt, RejectionError } from './rejection.ts'

/**
 * Bytes of a file into text: without BOM, with `\n` line ends.
 * UTF-8 and UTF-16 are told by their BOM or their pattern; what is neither is read as
 * what its XML declaration names, else as windows-1254, the Turkish code page, in which every byte but a few means something.
 * @throws RejectionError when the bytes are no text
 */
export function decode(bytes: Buffer): string {
  const text = decodeBytes(bytes)
  // Who joins files leaves a mark in front of each, and the second is no mark any more.
  const marked = text.charCodeAt(0) === 0xfeff ? text.replace(/^\ufeff+/, '') : text
  // Programs of DOS end a text so.
  const first = marked.endsWith('\u001a') ? marked.slice(0, -1) : marked
  return first.includes('\r') ? first.replace(/\r\n?/g, '\n') : first
}

function decodeBytes(bytes: Buffer): string {
  const utf16 = utf16Label(bytes)
  if (utf16) return checkText(new TextDecoder(utf16).decode(bytes))
  if (bytes.includes(0)) {
    const plain = bytes.filter((byte) => byte !== 0)
    const isFew = (bytes.length - plain.length) * charactersPerNul <= bytes.length
    if (!isFew || !isWebPage(bytes)) return checkText(bytes.toString('latin1'))
    return decodeBytes(Buffer.from(plain))
  }
  const declared = declaredDecoder(bytes)
  if (declared) return declared.decode(bytes)
  if (isUtf8(bytes)) {
    const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return bytes.toString('utf8', hasBom ? 3 : 0)
  }
  const utf8 = bytes.toString('utf8')
  const wrong = wrongInUtf8(utf8)
  if (wrong > 0 && wrong <= mostBroken && isWebPage(bytes))
    return utf8.replaceAll('\ufffd', brokenCharacter)
  if (wrong > 0) throw brokenUtf8(utf8, '\ufffd')
  return new TextDecoder('windows-1254').decode(bytes)
}

/** HTML passes over a NUL, which a template may have left in a page: html.spec.whatwg.org, "unexpected-null-character". */
const isWebPage = (bytes: Buffer) =>
  /^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)[\s>]/i.test(
    bytes.toString('latin1', 0, declarationLength),
  )
/** Where there are more of them it is a damaged file. */
const charactersPerNul = 1000

/** How far into a file its XML declaration may reach. */
const declarationLength = 200
/** Bytes of ASCII mean other letters in these, so that they look like UTF-8. */
const isShifting = /^iso-2022-/

/**
 * For what is not UTF-8, and says in an XML declaration what else it is.
 * @returns undefined where it says nothing, or what nobody knows
 */
function declaredDecoder(bytes: Buffer): TextDecoder | undefined {
  const start = bytes.toString('latin1', 0, declarationLength)
  const [, label] = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start) ?? []
  const decoder = label === undefined ? undefined : attempt(() => new TextDecoder(label))
  if (!decoder || /^utf-/.test(decoder.encoding)) return undefined
  return isUtf8(bytes) && !isShifting.test(decoder.encoding) ? undefined : decoder
}

function checkText(text: string): string {
  const nul = text.indexOf('\0')
  if (nul === -1) return text
  throw new RejectionError(
    'the file is not text: it has a NUL character',
    'Save it as UTF-8 text, or move it out of the articles folder.',
    lineAt(text, nul),
  )
}

/** Stands for one in a web page; a noncharacter, which no text has. */
export const brokenCharacter = '\ufdd0'
/** Around a story scripts cut headlines anywhere; where there are more of them it is a damaged file. */
const mostBroken = 10

/** @returns how many characters are broken; none where most are, as that is no UTF-8 */
function wrongInUtf8(text: string): number {
  let wrong = 0
  let right = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) wrong += 1
    else if (code > 0x7f) right += 1
  }
  return right <= wrong ? 0 : wrong
}

/** UTF-8 that was cut or patched still has most of its letters; as windows-1254 they would be garbage. */
export const brokenUtf8 = (text: string, broken: string) =>
  new RejectionError(
    'the file is UTF-8 with broken characters',
    'Save it as UTF-8 text once more.',
    lineAt(text, text.indexOf(broken)),
  )

/** How much of a file is looked at to tell UTF-16 from binary data. */
const sampleSize = 1024

/**
 * Without a BOM the high bytes of spaces, digits and line ends tell: they are NUL, one of ten in
 * every script that has spaces between its words. Low bytes are hardly ever NUL.
 */
function utf16Label(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, sampleSize)
  if (bytes.length % 2 === 1 || !sample.includes(0)) return undefined
  const nuls = [0, 0]
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = nuls
  const most = Math.max(even, odd)
  if (most < 4 || most * 20 < sample.length || Math.min(even, odd) * 4 > most) return undefined
  return odd === most ? 'utf-16le' : 'utf-16be'
}
