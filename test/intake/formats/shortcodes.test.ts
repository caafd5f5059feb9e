/** Tags of templates in the midst of words. */
import { describe, expect, test } from 'vitest'
import { htmlOfMarkdown } from '../../../src/intake/formats/markdown-html.ts'

const htmlOf = async (text: string) => (await htmlOfMarkdown(text)).html.trim()

describe('an unknown tag takes no words with it', () => {
  test.each([
    ['[crane]: https://a.example/b\n\nThe old green crane of {{< yard >}} turned.', 'turned'],
    ['[crane]: https://a.example/b\n\nThe old green crane of {{ page.yard }} turned.', 'turned'],
    ['[crane]: https://a.example/b\nThe old green crane of {% yard %} turned.', 'turned'],
    ['[^1]: Hooks\n\nThe old green crane of {{< yard >}} turned.[^1]', 'turned'],
    ['The old green crane of\n[Note]: {{< yard >}} turned.', 'turned'],
    ['[Note]: {{< yard >}} The old green crane of the yard.', 'yard'],
  ])('in %j', async (text, last) => {
    const html = await htmlOf(text)
    expect(html).toContain('The old green crane of')
    expect(html).toContain(last)
  })

  test.each(['[a]: {{< yard >}}', '[a]: /b/{{< yard >}}/c "Yard"', '[a]: </{{< yard >}}>'])(
    'and is the address of a link in %j',
    async (definition) =>
      expect(await htmlOf(`${definition}\n\nSee [a] now.`)).toMatch(
        /^<p>See <a href=""[^>]*>a<\/a> now/,
      ),
  )
})
