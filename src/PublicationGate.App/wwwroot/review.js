// One photo after the other by keyboard. Everything here sends the forms of the page; without it they work by themselves.
const Arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const kinds = { n: 'NoFace', p: 'Face', v: 'Adult', c: 'ConcealFace', x: 'Counted' }
const fields = { a: 'approve', r: 'refuse', h: 'channel', q: 'ask' }
const draws = { m: 'Face', w: 'ConcealPerson' }
const OffCookie = 'gate-keys-off'
const token = document.body.dataset.token
let ahead = null // the next photo, fetched while this one is looked at
let drawing = null
let digits = ''
let pause = 0
let isBusy = false

const find = selector => document.querySelector(selector)
const review = () => find('#review')
const areKeysOff = () => document.cookie.split('; ').includes(OffCookie + '=1')

function start() {
  if (!review()) return
  for (const button of document.querySelectorAll('[data-draw][hidden], [data-keys][hidden]')) button.hidden = false
  find('[data-keys-off]').checked = areKeysOff()
  drawing = null
  showChosen()
  const next = review().dataset.next
  ahead = next ? { address: next, page: fetchPage(next) } : null
}

async function fetchPage(address) {
  const answer = await fetch(address, { headers: { 'X-Gate-Script': '1' }, credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return null
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const picture = page.querySelector('.overlay img')
  if (picture) {
    const early = new Image()
    early.src = picture.getAttribute('src')
    page.early = early // nothing of it is kept on disk: who holds on to it has it at once
    await early.decode().catch(() => {})
  }
  return page
}

function show(page, address, message) {
  const main = find('main')
  main.replaceChildren(...page.querySelector('main').childNodes)
  document.title = page.title
  if (address !== location.pathname + location.search) history.pushState({ review: true }, '', address)
  if (message) find('#messages').replaceChildren(message)
  start()
  const wrong = find('.mistakes')
  const target = find('[aria-invalid=true]') ?? wrong ?? find('h1')
  target?.focus({ preventScroll: !wrong })
  if (!wrong) scrollTo(0, 0)
}

async function go(address) {
  const page = ahead?.address === address ? await ahead.page : null
  if (!page) return void location.assign(address)
  show(page, address)
}

async function send(form, button) {
  if (isBusy) return
  isBusy = true
  const begun = performance.now()
  const data = new FormData(form)
  if (button?.name) data.set(button.name, button.value)
  form.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(button?.getAttribute('formaction') ?? form.action, { method: 'POST', body: new URLSearchParams(data), headers: { 'X-Gate-Script': '1', 'X-Gate-Token': token }, credentials: 'same-origin' })
    const text = await answer.text()
    const page = new DOMParser().parseFromString(text, 'text/html')
    const next = answer.headers.get('X-Gate-Next')
    if (next) {
      const message = page.querySelector('.done')
      const known = ahead?.address === next ? await ahead.page : null
      if (known) {
        show(known, next, message)
        await find('.overlay img')?.decode().catch(() => {})
        performance.measure('next-photo', { start: begun, end: performance.now() })
      } else {
        location.assign(next)
      }
    } else if (page.querySelector('main')) {
      show(page, new URL(answer.url).pathname + withoutHandler(answer.url))
    } else {
      location.reload()
    }
  } catch {
    // The connection broke off: the browser's own way says what happened.
    form.submit()
  } finally {
    isBusy = false
    form.removeAttribute('aria-busy')
  }
}

function withoutHandler(address) {
  const query = new URL(address).searchParams
  query.delete('handler')
  return query.size ? '?' + query : ''
}

// Boxes
const boxes = () => [...document.querySelectorAll('#mark input[name=boxes]')]

function showChosen() {
  for (const box of boxes()) find(`.overlay [data-box="${box.value}"]`)?.classList.toggle('chosen', box.checked)
}

function toggle(number) {
  const box = boxes().find(one => one.value === String(number))
  if (!box) return
  box.checked = !box.checked
  box.scrollIntoView({ block: 'nearest' })
  showChosen()
}

// 1 waits a moment where there is a 12.
function digit(key) {
  clearTimeout(pause)
  digits += key
  const done = () => { toggle(Number(digits)); digits = '' }
  boxes().some(box => box.value !== digits && box.value.startsWith(digits)) ? pause = setTimeout(done, 500) : done()
}

// Drawing: x, y, width and height in pixels of the original
function beginDrawing(kind) {
  const figure = find('.overlay')
  if (!figure) return
  stopDrawing()
  const [width, height] = [Number(figure.dataset.width), Number(figure.dataset.height)]
  const side = Math.round(Math.max(width, height) / 10)
  const tall = kind === 'ConcealPerson' ? Math.min(height, side * 3) : Math.min(height, side)
  drawing = { kind, width, height, x: Math.round((width - side) / 2), y: Math.round((height - tall) / 2), w: Math.min(width, side), h: tall, from: null }
  drawing.shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  drawing.shape.classList.add('drawn')
  find('.overlay svg').append(drawing.shape)
  figure.classList.add('drawing')
  find('#drawing').hidden = false
  document.activeElement?.blur()
  find('.overlay').scrollIntoView({ block: 'nearest' })
  showDrawn()
}

function showDrawn() {
  const { shape, x, y, w, h } = drawing
  for (const [name, value] of Object.entries({ x, y, width: w, height: h })) shape.setAttribute(name, value)
}

function stopDrawing() {
  drawing?.shape.remove()
  drawing = null
  find('.overlay')?.classList.remove('drawing')
  if (find('#drawing')) find('#drawing').hidden = true
}

function keepDrawing() {
  const form = find('#mark')
  form.querySelectorAll('[data-place]').forEach(old => old.remove())
  const { kind, x, y, w, h } = drawing
  boxes().forEach(box => { box.checked = false })
  for (const [name, value] of [['kind', kind], ...[x, y, w, h].map(one => ['place', one])]) {
    const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
    field.dataset.place = ''
    form.append(field)
  }
  stopDrawing()
  send(form)
}

function moveDrawn([right, down], isSizing) {
  const step = Math.max(1, Math.round(Math.max(drawing.width, drawing.height) / 100))
  if (isSizing) {
    drawing.w = clamp(drawing.w + right * step, step, drawing.width - drawing.x)
    drawing.h = clamp(drawing.h + down * step, step, drawing.height - drawing.y)
  } else {
    drawing.x = clamp(drawing.x + right * step, 0, drawing.width - drawing.w)
    drawing.y = clamp(drawing.y + down * step, 0, drawing.height - drawing.h)
  }
  showDrawn()
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most)

function pointOf(event) {
  const svg = find('.overlay svg')
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse())
  return [clamp(Math.round(at.x), 0, drawing.width), clamp(Math.round(at.y), 0, drawing.height)]
}

document.addEventListener('pointerdown', event => {
  if (!drawing || !event.target.closest('.overlay-picture')) return
  event.preventDefault()
  event.target.setPointerCapture?.(event.pointerId)
  drawing.from = pointOf(event)
})

document.addEventListener('pointermove', event => {
  if (!drawing?.from) return
  const [x, y] = pointOf(event)
  const [left, top] = drawing.from
  Object.assign(drawing, { x: Math.min(x, left), y: Math.min(y, top), w: Math.max(1, Math.abs(x - left)), h: Math.max(1, Math.abs(y - top)) })
  showDrawn()
})

document.addEventListener('pointerup', () => { if (drawing) drawing.from = null })

document.addEventListener('click', event => {
  const target = event.target
  const draw = target.closest?.('[data-draw]')?.dataset.draw
  if (draw === 'keep') return void keepDrawing()
  if (draw === 'stop') return void stopDrawing()
  if (draw) return void beginDrawing(draw)
  if (target.closest?.('[data-keys]')) return void find('#keys').showModal()
  const box = target.closest?.('.overlay [data-box]')
  if (box && !drawing) return void toggle(box.dataset.box)
  const link = target.closest?.('a[rel=next], a[rel=prev]')
  if (link && review() && !event.ctrlKey && !event.metaKey && !event.shiftKey && ahead?.address === link.getAttribute('href')) {
    event.preventDefault()
    go(link.getAttribute('href'))
  }
})

document.addEventListener('change', event => {
  if (event.target.name === 'boxes') showChosen()
  if (event.target.matches('[data-keys-off]')) document.cookie = `${OffCookie}=${event.target.checked ? 1 : 0}; path=/review; samesite=lax; max-age=31536000`
})

document.addEventListener('submit', event => {
  const form = event.target
  if (!review() || form.method !== 'post' || !form.closest('main')) return
  event.preventDefault()
  send(form, event.submitter)
})

document.addEventListener('keydown', event => {
  if (!review() || event.ctrlKey || event.metaKey || event.altKey || find('#keys').open) return
  if (drawing && drawn(event)) return void event.preventDefault()
  const isTyping = event.target.matches?.('input:not([type=checkbox]), textarea, select')
  if (event.key === 'Escape') {
    isTyping ? event.target.blur() : boxes().forEach(box => { box.checked = false })
    return void showChosen()
  }
  if (isTyping || areKeysOff()) return
  if (key(event.key)) event.preventDefault()
})

function drawn(event) {
  if (Arrows[event.key]) return moveDrawn(Arrows[event.key], event.shiftKey), true
  if (event.key === 'Enter' && !event.target.closest?.('button')) return keepDrawing(), true
  if (event.key === 'Escape') return stopDrawing(), true
  return false
}

function key(pressed) {
  const data = review().dataset
  if (/^\d$/.test(pressed) && (pressed !== '0' || digits)) return digit(pressed), true
  if (pressed === 'j' || pressed === 'ArrowRight') return data.next ? (go(data.next), true) : false
  if (pressed === 'k' || pressed === 'ArrowLeft') return data.previous ? (location.assign(data.previous), true) : false
  if (pressed === 'l') return location.assign(data.list), true
  if (pressed === '?') return find('#keys').showModal(), true
  if (fields[pressed]) return focusField(fields[pressed])
  if (kinds[pressed]) return press(`#mark button[value=${kinds[pressed]}]`)
  if (draws[pressed]) return beginDrawing(draws[pressed]), true
  if (pressed === 'u') return press('.done form button') || press('#undo button')
  return false
}

function focusField(id) {
  const field = document.getElementById(id)
  field?.focus()
  return Boolean(field)
}

function press(selector) {
  const button = find(selector)
  button?.click()
  return Boolean(button)
}

addEventListener('popstate', () => { if (review()) location.reload() })

start()
