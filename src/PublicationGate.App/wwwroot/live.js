// Parts of a form that the gate fills in while it is being filled in: who has consent, what stands in the texts. A later question replaces
// one that is under way, so that no tick is lost to an answer that did not know of it.
const PAUSE = 400
const TEXTS = ['activity', 'title', 'caption', 'alt']
const asked = new WeakMap()

// The fields of a form without its files, as they would be sent.
export const fieldsOf = form => [...new FormData(form)].filter(([, value]) => typeof value === 'string')

const ask = async (part, pause) => {
  asked.get(part)?.abort()
  const mine = new AbortController()
  asked.set(part, mine)
  await new Promise(resolve => setTimeout(resolve, pause))
  if (mine.signal.aborted) return
  try {
    const body = new URLSearchParams(fieldsOf(part.closest('form')))
    const answer = await fetch(part.dataset.live, { method: 'POST', body, headers: { 'X-Gate-Token': document.body.dataset.token }, signal: mine.signal })
    const html = await answer.text()
    if (answer.ok && !answer.redirected && !mine.signal.aborted) show(part, html)
  } catch {
    // Replaced by a later question, or no connection: the next change asks again, and sending checks everything.
  }
}

const show = (part, html) => {
  const focused = part.contains(document.activeElement) ? document.activeElement.id : ''
  const scrolled = part.querySelector('.absent')?.scrollTop ?? 0
  part.innerHTML = html
  const list = part.querySelector('.absent')
  if (list) list.scrollTop = scrolled
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
}

document.addEventListener('change', event => {
  const { form, name, type } = event.target
  if (form && name !== 'find' && type !== 'file' && !TEXTS.includes(name)) form.querySelectorAll('[data-live]').forEach(part => ask(part, 0))
})

document.addEventListener('input', event => {
  const { form, name } = event.target
  const kind = name === 'find' ? '.people' : TEXTS.includes(name) ? '.texts-found' : null
  const part = kind && form?.querySelector(kind + '[data-live]')
  if (part) ask(part, PAUSE)
})
