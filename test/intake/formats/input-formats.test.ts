import { expect, test } from 'vitest'
import { formatOf, isArticleName } from '../../../src/intake/formats/input-formats.ts'
import { RejectionError } from '../../../src/intake/rejection.ts'

test.each([
  'txt',
  'text',
  'md',
  'markdown',
  'html',
  'htm',
  'xhtml',
  'xml',
  'nitf',
  'newsml',
  'TXT',
])('a file named .%s may hold an article', (extension) => {
  expect(isArticleName(`a.${extension}`)).toBe(true)
  expect(isArticleName(`.a.${extension}`)).toBe(false)
  expect(isArticleName(extension)).toBe(false)
  expect(isArticleName(`a.${extension}x`)).toBe(false)
})

const page = 'TRT World page text'
const markdown = 'Markdown with front matter'
const declaration = '<?xml version="1.0"?>'

test.each([
  ['a title and a story', 'a.txt', page],
  ['a title and a story', 'a.text', page],
  ['---\ntitle: x\n---\n', 'a.txt', markdown],
  ['---  \ntitle: x\n---\n', 'a.html', markdown],
  ['---\ntitle: x\n---\n<p>x</p>', 'a.html', markdown],
  ['+++\ntitle = "x"\n+++\n<p>x</p>', 'a.html', markdown],
  ['+++\ntitle = "x"\n+++\n', 'a.txt', markdown],
  ['{\n"title": "x"\n}\n', 'a.md', markdown],
  ['# Title', 'a.md', markdown],
  ['# Title', 'a.markdown', markdown],
  ['# Title', 'a.txt', page],
  ['--- title', 'a.txt', page],
  ['----\n', 'a.txt', page],
  ['<!doctype html><p>x', 'a.txt', 'HTML'],
  ['\uFEFF \n<!-- saved --><!DOCTYPE HTML PUBLIC "-//W3C//DTD">', 'a.md', 'HTML'],
  ['<HTML lang="tr">', 'a.txt', 'HTML'],
  [`${declaration}\n<html xmlns="x">`, 'a.xml', 'HTML'],
  ['<p>x</p>', 'a.html', 'HTML'],
  ['<p>x</p>', 'a.htm', 'HTML'],
  ['Write <!doctype html> first', 'a.txt', page],
  ['<p>x</p>', 'a.txt', page],
  ['no tags, 1 < 2', 'a.html', undefined],
  ['<htmlx>', 'a.xml', undefined],
  ['<!-- <html> ', 'a.txt', page],
  [`${declaration}<nitf>`, 'a.xml', 'NITF'],
  ['<nitf>', 'a.txt', 'NITF'],
  ['\n <!-- <html> -->\n<?x y?>\n<nitf\nversion="1">', 'a.xml', 'NITF'],
  [`${declaration}<!DOCTYPE nitf SYSTEM "nitf.dtd">`, 'a.xml', 'NITF'],
  ['<nitfy>', 'a.xml', undefined],
  [`${declaration}<rss><nitf/></rss>`, 'a.xml', undefined],
  ['<!-- <nitf>', 'a.xml', undefined],
  ['Text about <nitf>', 'a.txt', page],
  ['', 'a.xml', undefined],
])('%j in %s is read as %s', (text, name, format) => {
  if (format) expect(formatOf(text, name).name).toBe(format)
  else expect(() => formatOf(text, name)).toThrow(RejectionError)
})
