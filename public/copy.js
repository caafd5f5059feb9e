/* Copy buttons. Without this script they are not shown, and addresses are copied as links are. */
document.documentElement.dataset.scripts = ''

/** In the language of the page. */
const words = document.body.dataset

const announcement = document.createElement('p')
announcement.className = 'unseen'
announcement.setAttribute('role', 'status')
document.body.append(announcement)

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element && target.closest('button[data-copy]')
  if (!button) return
  const isCopied = await copy(button.dataset.copy)
  button.textContent = isCopied ? words.copied : words.press
  announcement.textContent = isCopied ? words.addressCopied : words.addressSelected
  if (!isCopied) selectAddress(button)
  setTimeout(() => {
    button.textContent = words.copy
    announcement.textContent = ''
  }, 2000)
})

/** Browsers allow it on https only. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function selectAddress(button) {
  const address = button.parentElement.querySelector('a, code')
  if (address) getSelection().selectAllChildren(address)
}
