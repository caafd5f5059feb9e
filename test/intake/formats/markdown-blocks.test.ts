/** Blocks in which HTML and Markdown meet. */
import { describe, expect, test } from 'vitest'
import { htmlOfMarkdown } from '../../../src/intake/formats/markdown/markdown-html.ts'

const htmlOf = async (text: string) => (await htmlOfMarkdown(text, { title: 'T' })).html.trim()

describe('HTML that has closed its elements ends where Markdown directly follows', () => {
  test.each([
    ['<br>\n## Hook\n\nText.', '<br>\n<h2 id="hook">Hook</h2>\n<p>Text.</p>'],
    ['<img src="a.png">\n*Green*', '<img src="a.png">\n<p><em>Green</em></p>'],
    [
      '<p>One</p>\n```\n# a\n\nb\n```\n<p>Two</p>',
      '<p>One</p>\n<pre><code># a\n\nb\n</code></pre>\n<p>Two</p>',
    ],
    [
      '<div>\n<p>One</p>\n</div>\n- a\n- b',
      '<div>\n<p>One</p>\n</div>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>',
    ],
    ['</br>\nThe _hook_.', '</br>\n<p>The <em>hook</em>.</p>'],
    [
      '<img src="a.png">\nA [hook](b.html)',
      '<img src="a.png">\n<p>A <a href="b.html">hook</a></p>',
    ],
    ['<br>\nA *hook*.', '<br>\n<p>A <em>hook</em>.</p>'],
    ['> <br>\n> ## Hook', '<blockquote>\n<br>\n<h2 id="hook">Hook</h2>\n</blockquote>'],
  ])('as in %j', async (text, html) => expect(await htmlOf(text)).toBe(html))

  test.each([
    '<div>\n## No heading\n</div>',
    '<p>One</p>\ntwo\n<b>three</b>',
    '<div\nclass="a">\n- a\n</div>',
    '<div><!-- a\n- b --></div>\n# c',
    '<pre>\n# a\n</pre>',
  ])('and not in %j', async (text) => expect(await htmlOf(text)).toBe(text))
})

test('the text in an element with markdown="1" is Markdown', async () => {
  const text = '<div class="a" markdown="1">\n**One**\n\n- a\n</div>\n\n*Two*'
  expect(await htmlOf(text)).toBe(
    '<div class="a" markdown="1">\n<p><strong>One</strong></p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n<p><em>Two</em></p>',
  )
})

describe('indented HTML below a blank line', () => {
  test('is HTML within an element', async () => {
    const text =
      '<figure>\n\n\t<img src="a.png">\n\n\t<figcaption>One\n\ttwo</figcaption>\n\n</figure>\n\n    three'
    expect(await htmlOf(text)).toBe(
      '<figure>\n\t<img src="a.png">\n\t<figcaption>One\n\ttwo</figcaption>\n</figure>\n<pre><code>three\n</code></pre>',
    )
  })

  test('and words above an end tag are words', async () => {
    const text = '<div>\n  <blockquote>\n\n    One\n  </blockquote>\n</div>'
    expect(await htmlOf(text)).toBe('<div>\n  <blockquote>\n    One\n  </blockquote>\n</div>')
  })

  test('and what ends an element is HTML below words too', async () => {
    const text = '<table><tr><td>\n\nOne\n\n    </td></tr>\n\n</table>'
    expect(await htmlOf(text)).toBe('<table><tr><td>\n<p>One</p>\n    </td></tr>\n</table>')
  })

  test.each([
    ['    <p>a</p>', '&lt;p&gt;a&lt;/p&gt;'],
    ['<div>a</div>\n\n    <p>b</p>', '&lt;p&gt;b&lt;/p&gt;'],
    ['<div>\n\n    a < b', 'a &lt; b'],
    ['<div>\n\n    <T>(a)', '&lt;T&gt;(a)'],
    ['<div>\n\nThe template is:\n\n    <p>a</p>', '&lt;p&gt;a&lt;/p&gt;'],
    ['<ul>\n\nOne.\n\n    <a href="x">a</a>\n    b', '&lt;a href'],
    ['<blockquote>One\n\n    <b>{x}</b>\n    a<b && c>d', '&lt;b&gt;{x}'],
    ['<div>\n<p>One</p>\n\n    a **b** c\n    <b>x</b>', 'a **b** c'],
    ['<div>\n\n    <p>\n    a', '&lt;p&gt;\na'],
    ['<div>\n\n    <p>a</p> if a < b', '&lt;p&gt;a'],
  ])('is code in %j', async (text, code) =>
    expect(await htmlOf(text)).toContain(`<pre><code>${code}`),
  )
})

test.each([
  ['- a\n- b\n^\n\n- c', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ul>\n<li>c</li>\n</ul>'],
  ['a\n^\nb', '<p>a</p>\n<p>b</p>'],
  ['a ^\n\n    ^', '<p>a ^</p>\n<pre><code>^\n</code></pre>'],
])('a line of a caret ends a block: %j', async (text, html) =>
  expect(await htmlOf(text)).toBe(html),
)

test('words behind the read-more mark are Markdown', async () => {
  const { html, summary } = await htmlOfMarkdown('One.\n\n<!--more--> **Two**\nthree.\n\nFour.')
  expect(html.trim()).toBe(
    '<p>One.</p>\n<!--more-->\n<p><strong>Two</strong>\nthree.</p>\n<p>Four.</p>',
  )
  expect(summary).toBe('One.')
})

describe('a heading may lack the blank behind two signs or more', () => {
  test.each([
    ['##Hook\n\na', '<h2 id="hook">Hook</h2>\n<p>a</p>'],
    ['One\n###再帰 ###\ntwo', '<p>One</p>\n<h3 id="再帰">再帰</h3>\n<p>two</p>'],
    ['<br>\n##Hook', '<br>\n<h2 id="hook">Hook</h2>'],
  ])('as in %j', async (text, html) => expect(await htmlOf(text)).toBe(html))

  test.each([
    ['#crane', '<p>#crane</p>'],
    ['#!/bin/sh', '<p>#!/bin/sh</p>'],
    ['##42 and ##!', '<p>##42 and ##!</p>'],
    ['a ##b', '<p>a ##b</p>'],
    ['```\n##b\n```', '<pre><code>##b\n</code></pre>'],
    ['    ##b', '<pre><code>##b\n</code></pre>'],
    ['#######b', '<p>#######b</p>'],
  ])('but %j has none', async (text, html) => expect(await htmlOf(text)).toBe(html))
})

test('a table below a quotation is no part of it', async () => {
  expect(await htmlOf('> Hook\n| a | b |\n| - | - |\n| c | d |')).toMatch(
    /^<blockquote>\n<p>Hook<\/p>\n<\/blockquote>\n<table>/,
  )
  const row = '| - | - |\n'
  expect(await htmlOf(`| a | b |\n${row}| c | d |\n${row}`)).toContain('<td>d</td>\n</tr>\n<tr>')
  expect(await htmlOf('> Hook\na | b\nc')).toBe(
    '<blockquote>\n<p>Hook\na | b\nc</p>\n</blockquote>',
  )
})

test('in posts of Jekyll terms may stand below other words', async () => {
  const text = '- [Hook](https://a.example)\n  Weight\n  : 8 kg\n'
  const { html } = await htmlOfMarkdown(text, { title: 'T', isOfJekyll: true })
  expect(html).toContain('<dt>Weight</dt>\n<dd>8 kg</dd>')
  expect(await htmlOf(text)).toContain(': 8 kg')
})
