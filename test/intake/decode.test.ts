import { describe, expect, test } from 'vitest'
import { decode } from '../../src/intake/decode.ts'
import { type Rejection, RejectionError } from '../../src/intake/rejection.ts'
import { cpuTime } from '../support/cpu-time.ts'

const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => utf16le(text).swap16()

const samples: Readonly<Record<string, string>> = {
  English: ' date 2019-05-14 WORLD\nFerries return to the old harbour\n',
  Turkish: 'TÜRKİYE\nVapurlar eski limana geri döndü: ığüşöç İĞÜŞÖÇ\n',
  Russian: 'МИР\nПаромы вернулись в старую гавань после девяти лет\n',
  Arabic: 'سياسة\nالعبّارات تعود إلى الميناء القديم بعد تسع سنوات\n',
  'with emoji': 'Storks return 😀🚢 – “at last”\nand more text below it\n',
}

function rejectionOf(bytes: Buffer): Rejection {
  try {
    decode(bytes)
  } catch (error) {
    if (error instanceof RejectionError) return error.rejections[0]
    throw error
  }
  throw new Error('the bytes were not rejected')
}

describe.each(Object.entries(samples))('%s', (_name, text) => {
  test.each([
    ['UTF-8', (decoded: string) => Buffer.from(decoded)],
    ['UTF-16LE', utf16le],
    ['UTF-16BE', utf16be],
  ])('is read with and without BOM: %s', (_encoding, encode) => {
    expect(decode(encode(text))).toBe(text)
    expect(decode(encode(`\ufeff${text}`))).toBe(text)
  })
})

describe('UTF-8', () => {
  test('may be empty, or a BOM and nothing else', () => {
    expect(decode(Buffer.alloc(0))).toBe('')
    expect(decode(Buffer.from('\ufeff'))).toBe('')
  })

  test('loses all BOMs that it begins with, and keeps others and U+FFFD', () => {
    expect(decode(Buffer.from('\ufeff\ufeffa\ufeff\ufffd'))).toBe('a\ufeff\ufffd')
  })

  test('that was cut within a letter is a rejection that names the line', () => {
    const bytes = Buffer.from('Vapurlar döndü\nİskelede bando çalıyordu ğ')
    expect(rejectionOf(bytes.subarray(0, -1))).toEqual({
      line: 2,
      reason: 'the file is UTF-8 with broken characters',
      remedy: 'Save it as UTF-8 text once more.',
    })
  })
})

describe('UTF-16', () => {
  test('with a BOM may be without any space or digit', () => {
    expect(decode(utf16le('\ufeff漢字'))).toBe('漢字')
    expect(decode(utf16be('\ufeff漢字'))).toBe('漢字')
    expect(decode(utf16le('\ufeff'))).toBe('')
  })

  test('with half of a surrogate pair or half of a character is read around it', () => {
    expect(decode(utf16le('\ufeffa\ud800b'))).toBe('a\ufffdb')
    expect(decode(utf16le('\ufeffab').subarray(0, -1))).toBe('a\ufffd')
  })
})

describe('windows-1254', () => {
  test('is what bytes are taken for that are neither UTF-8 nor UTF-16', () => {
    expect(decode(Buffer.from([0x54, 0xdc, 0x52, 0x4b, 0xdd, 0x59, 0x45]))).toBe('TÜRKİYE')
    expect(decode(Buffer.from([0xfd, 0xfe, 0xf0, 0xde, 0xd0, 0x93, 0x94, 0x92]))).toBe('ışğŞĞ“”’')
  })

  test('may have one such byte in a long English text', () => {
    const bytes = Buffer.concat([Buffer.from('word '.repeat(1000)), Buffer.from([0xfe])])
    expect(decode(bytes).endsWith('word ş')).toBe(true)
  })
})

describe('line ends', () => {
  test.each([
    ['a\r\nb\r\n', 'a\nb\n'],
    ['a\rb\r', 'a\nb\n'],
    ['a\nb', 'a\nb'],
    ['a\r\n\r\nb', 'a\n\nb'],
    ['a\r\r\nb', 'a\n\nb'],
  ])('%j become %j', (text, expected) => {
    expect(decode(Buffer.from(text))).toBe(expected)
    expect(decode(utf16le(`\ufeff${text}`))).toBe(expected)
  })
})

describe('what is no text', () => {
  const reason = 'the file is not text: it has a NUL character'

  test('is no web page with a NUL among a thousand bytes, which is read without it', () => {
    const page = `<!DOCTYPE html><p>${'ferries '.repeat(300)}`
    expect(decode(Buffer.from(page.replace('s f', 's\0 f')))).toBe(page)
    expect(rejectionOf(Buffer.from(`${page.slice(0, 200)}\0`)).reason).toBe(reason)
  })

  test('is a rejection that names the line of the first NUL', () => {
    expect(rejectionOf(Buffer.from('one\ntwo\nth\0ree'))).toEqual({
      line: 3,
      reason,
      remedy: 'Save it as UTF-8 text, or move it out of the articles folder.',
    })
    expect(rejectionOf(Buffer.from('one\r\ntwo\0')).line).toBe(2)
    expect(rejectionOf(utf16le('\ufeffone\ntwo\0')).line).toBe(2)
  })

  test.each([
    ['a NUL alone', Buffer.alloc(1)],
    ['a text with one NUL', Buffer.from('ab\0d')],
    ['a text with some NULs', Buffer.from(`${'a ferry\0'.repeat(4)}${'and storks '.repeat(20)}`)],
    ['numbers of two bytes', Buffer.alloc(400, Buffer.from([1, 0, 0, 1]))],
    ['a page of NULs', Buffer.alloc(4096)],
    [
      'a text that ends in NULs',
      Buffer.concat([Buffer.from('A ferry. '.repeat(50)), Buffer.alloc(512)]),
    ],
    [
      'a PNG',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61', 'hex'),
    ],
    ['a ZIP', Buffer.from('504b0304140000000800a1b2c3d4000000000000000000000000', 'hex')],
  ])('%s', (_name, bytes) => {
    expect(rejectionOf(bytes).reason).toBe(reason)
  })
})

test('two megabytes take no longer than 50 ms for 100 kB, whatever they are', () => {
  const size = 2 * 1024 * 1024
  for (const bytes of [
    Buffer.alloc(size, 'word '),
    Buffer.alloc(size, '\r'),
    Buffer.alloc(size, '\r\n'),
    Buffer.alloc(size, 0xfe),
    Buffer.alloc(size, 'ş'),
    Buffer.alloc(size, 'a\0b '),
    utf16le('\ufeff'.padEnd(size / 2, 'ş ')),
  ]) {
    const start = cpuTime()
    try {
      decode(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(RejectionError)
    }
    expect(cpuTime() - start).toBeLessThan(1000)
  }
})

describe('an encoding that an XML declaration names', () => {
  const xml = (label: string) => `<?xml version="1.0" encoding="${label}"?>`

  test.each([
    ['windows-1251', Buffer.from([0xcf, 0xe0, 0xf0, 0xee, 0xec]), 'Паром'],
    ['Shift_JIS', Buffer.from([0x91, 0x44]), '船'],
    ['ISO-2022-JP', Buffer.from('\x1b$BA%\x1b(B', 'latin1'), '船'],
  ])('is believed: %s', (label, bytes, text) => {
    expect(decode(Buffer.concat([Buffer.from(xml(label)), bytes]))).toBe(xml(label) + text)
  })

  test.each(['windows-1251', 'x-unknown', 'UTF-16'])(
    'is not where the text is UTF-8: %s',
    (label) => {
      expect(decode(Buffer.from(`${xml(label)}Über`))).toBe(`${xml(label)}Über`)
    },
  )
})
