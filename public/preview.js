/* Shows the feed while it is being chosen: what the form's button would show, without leaving. */
const form = document.querySelector('form[data-preview]')
const shown = document.getElementById(form.dataset.preview)
const patienceMs = 300
let timer
let latest = 0

form.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(preview, patienceMs)
})

async function preview() {
  latest += 1
  const own = latest
  const url = new URL(form.action)
  url.hash = ''
  url.search = new URLSearchParams(new FormData(form))
  try {
    const response = await fetch(url)
    // An address that does not fit the choice any more must not be copied.
    if (!response.ok) return shown.replaceChildren()
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const part = page.getElementById(shown.id)
    // An answer that was overtaken by a later one is not shown.
    if (own === latest && part) shown.replaceChildren(...part.childNodes)
  } catch {
    // The button still works, and shows what is wrong.
  }
}
