/** Tags of templates in the midst of words. */
import { describe, expect, test } from 'vitest'
import { htmlOfMarkdown } from '../../../src/intake/formats/markdown/markdown-html.ts'

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

describe('words within a shortcode are Markdown', () => {
  test.each([
    '{{< source "Yard" >}}The *hook*.{{< /source >}}',
    '{{< quote-source name="Ann" >}}The *hook*.{{< /quote-source >}}',
    '{{% terminal %}}\nThe *hook*.\n{{% /terminal %}}',
    '{% console %}The *hook*.{% endconsole %}',
    '{{< snippet "note" >}}The *hook*.{{< /snippet >}}',
    '{{< highlight-box >}}The *hook*.{{< /highlight-box >}}',
    '{{< card fish >}}The *hook*.{{< /card >}}',
    '{{< card text >}}The *hook*.{{< /card >}}',
    '{{< card go >}}The *hook*.{{< /card >}}',
  ])('in %j', async (text) => expect(await htmlOf(text)).toContain('<em>hook</em>'))

  test.each([
    '{{< code-note >}}The **hook**.{{< /code-note >}}',
    '{{< card html >}}See [the **hook**](/hook).{{< /card >}}',
  ])('also where its name or its first value leaves room for doubt: %j', async (text) =>
    expect(await htmlOf(text)).toContain('<strong>hook</strong>'),
  )

  test.each([
    '{{< high go >}}a*b*{{< /high >}}',
    '{{< code-rust >}}f(**a, **b), a[0](b), a**b**c{{< /code-rust >}}',
    '{% cabin "js" %}a*b*{% endcabin %}',
    '{% cabin(lang="go") %}a*b*{% end %}',
  ])('and code is none: %j', async (text) => expect(await htmlOf(text)).toMatch(/<code>.*<\/code>/))
})
