import { expect, test } from 'vitest'
import { mediaType } from '../src/intake/media-files.ts'
import {
  endingsOf,
  isServedName,
  kindOfFile,
  type MediaKind,
  mediaKind,
} from '../src/media-kinds.ts'

const types: Readonly<Record<MediaKind, RegExp>> = {
  picture: /^image\//,
  drawing: /^image\/svg/,
  film: /^video\//,
  sound: /^audio\//,
  document: /^application\/pdf$/,
  session: /^application\/x-asciicast$/,
  font: /^font\/woff2?$/,
  download: /^(?!text\/html|.*javascript|.*ecmascript|image\/|.*xml$)/,
}

test.each(Object.keys(types) as MediaKind[])(
  'every ending of a %s stands for such a type',
  (kind) => {
    for (const ending of endingsOf(kind).split('|')) {
      expect(mediaType(`a.${ending}`) ?? 'application/octet-stream').toMatch(types[kind])
      expect(mediaKind(`a.${ending.toUpperCase()}`)).toBe(kind)
    }
  },
)

test.each([
  ['https://a.example/b.mp4?c=d.jpg', 'film'],
  ['b.m4a#t=9', 'sound'],
  ['b.jpg.webp', 'picture'],
  ['b.jpg/c', undefined],
  ['jpg', undefined],
  ['', undefined],
])('%s is a %s', (address, kind) => {
  expect(mediaKind(address)).toBe(kind)
})

test.each([
  ['a.png#.svg', 'drawing'],
  ['d.png#/a.svg', 'drawing'],
  ['a.png?b.csv', 'download'],
  ['a.svg?', undefined],
  ['a.b.MP4', 'film'],
])('the file %s is a %s', (name, kind) => {
  expect(kindOfFile(name)).toBe(kind)
})

test('files that may carry script are not served, nor what is no media', () => {
  const names = [
    'a.svgz',
    ...[
      'a.js',
      'a.mjs',
      'a.ts',
      'a.xhtml',
      'a.css',
      'a.txt',
      'a.swf',
      'a.php',
      '.zip',
      'a.zip.html',
    ],
    'a.html',
    'a.xml',
    'a.md',
    'a',
    'a.jpg.html',
    'a.jpg?b',
    'jpg',
  ]
  expect(names.filter(isServedName)).toEqual([])
  expect(['a.jpg', 'A.PDF', 'a.b.mp4', 'a.svg'].filter(isServedName)).toHaveLength(4)
})
