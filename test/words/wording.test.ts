import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { counted } from '../../src/words/counted.ts'
import { en } from '../../src/words/en.ts'
import { allWords, wordingIn } from '../../src/words/wording.ts'

/** Every text of a language by its name, such as `help.both`; of counted ones the forms. */
function textsIn(value: unknown, name = ''): [string, string][] {
  if (typeof value === 'string') return [[name, value]]
  return Object.entries(value as object).flatMap(([key, one]) =>
    textsIn(one, name === '' ? key : `${name}.${key}`),
  )
}

const form = /\.(?:zero|one|two|few|many|other)$/
const isCounted = (value: unknown) => typeof value === 'object' && 'other' in (value as object)
/** Names of places in the order of the alphabet, and whether there is a link. */
const places = (text: string) => [...(text.match(/\{\w+\}|\[/g) ?? [])].sort().join(' ')

const english = new Map(textsIn(en))

describe.each(Object.entries(allWords))('the words in %s', (language, words) => {
  it('have the places for names, and the links, that the English ones have', () => {
    for (const [name, text] of textsIn(words)) {
      const expected = places(english.get(name.replace(form, '.other')) ?? english.get(name) ?? '')
      // "One article was found" needs no number.
      const isEnough = form.test(name) && places(text) === expected.replace(/ ?\{n\}/, '').trim()
      expect(isEnough || places(text) === expected, `${name}: ${text}`).toBe(true)
      expect(text.trim(), name).toBe(text)
      expect(text, name).not.toBe('')
    }
  })

  it('have the forms that numbers ask for', () => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const forms = [...Object.entries(words), ...Object.entries(words.status)].filter(([, one]) =>
      isCounted(one),
    )
    expect(forms.length).toBeGreaterThan(4)
    for (const [name, one] of forms) {
      expect(Object.keys(one as object).sort(), name).toEqual([...wanted].sort())
    }
  })
})

describe('what a site says', () => {
  it('is in its language, whatever its region, and in English where there are no words for it', () => {
    expect(wordingIn('fr-CA').words).toBe(allWords.fr)
    expect(wordingIn('nl')).toMatchObject({ language: 'en', words: en })
    expect(wordingIn('ar-EG').direction).toBe('rtl')
  })

  it('counts as the language does', () => {
    const { count, words } = wordingIn('ru')
    expect([1, 2, 5, 21].map((n) => count(words.moreTags, n))).toEqual([
      'Ещё 1 тема',
      'Ещё 2 темы',
      'Ещё 5 тем',
      'Ещё 21 тема',
    ])
    expect(wordingIn('de').count(counted({ other: '{n}' }), 12345)).toBe('12.345')
  })

  it('takes nothing in a name for markup, a place or a link', () => {
    const { html } = wordingIn('en')
    expect(html('More in [{name}] & on', { name: '<b> {name} [x]' }, '/a?b="&c')).toBe(
      'More in <a href="/a?b=&quot;&amp;c"><bdi>&lt;b&gt; {name} [x]</bdi></a> &amp; on',
    )
  })
})

const source = new URL('../../src/', import.meta.url).pathname
const templates = globSync(['pages/templates/*.eta', 'status/*.eta'], { cwd: source })

describe('a template', () => {
  it('has no word of its own, whether it is shown or read out', () => {
    expect(templates.length).toBeGreaterThan(15)
    for (const name of templates) {
      const written = readFileSync(source + name, 'utf8')
        .replace(/<%.*?%>/gs, '')
        // What people type, and what is shown in every language as it is.
        .replace(/<code>.*?<\/code>/gs, '')
      const shown = written.replace(/<[^>]*>/g, ' ')
      const told = written.match(/(?:alt|title|aria-label|placeholder)="[^"]*\p{L}[^"]*"/gu) ?? []
      expect([shown.trim().match(/\p{L}{2,}/gu), told], name).toEqual([null, []])
    }
  })
})
