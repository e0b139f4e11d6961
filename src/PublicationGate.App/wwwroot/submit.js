// Sends each photo by itself, shows how far it is, and puts its verdict in its place. Without this script one form does the same.
import { fieldsOf } from './live.js'
import { Upload } from './upload.js'

document.documentElement.classList.add('js')
document.querySelectorAll('.no-script').forEach(button => button.remove())
document.addEventListener('keydown', event => { if (event.key === 'Enter' && event.target.name === 'find') event.preventDefault() })
// A ready-made sentence goes behind what stands in the caption.
const ready = root => root.querySelectorAll('.copy-disclaimer').forEach(button => {
  button.hidden = false
  button.addEventListener('click', () => {
    const caption = button.closest('.texts').querySelector('[name=caption]')
    const sentence = button.closest('.disclaimer').querySelector('.ready-made').textContent.trim()
    if (!caption.value.includes(sentence)) caption.value = [caption.value.trimEnd(), sentence].filter(Boolean).join('\n')
    caption.dispatchEvent(new Event('input', { bubbles: true }))
    caption.focus()
  })
})
ready(document)
document.addEventListener('input', event => { if (event.target.hasAttribute('aria-invalid')) unmark(event.target) })
const form = document.querySelector('#declaration')
const list = document.querySelector('#cards')

const say = key => form.dataset[key]

// A mistake at its field, as the server marks it in a page.
const mark = (field, sentence) => {
  const said = document.createElement('small')
  Object.assign(said, { id: field.id + '-mistake', className: 'mistake', textContent: sentence })
  field.after(said)
  field.setAttribute('aria-invalid', 'true')
  field.setAttribute('aria-describedby', [said.id, field.getAttribute('aria-describedby')].filter(Boolean).join(' '))
}

const unmark = field => {
  field.removeAttribute('aria-invalid')
  const others = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && !id.includes('-mistake'))
  if (others.length) field.setAttribute('aria-describedby', others.join(' '))
  else field.removeAttribute('aria-describedby')
  if (field.nextElementSibling?.matches('.mistake')) field.nextElementSibling.remove()
}

// A declaration of its own: the same fields with ids of their own, since labels go by them.
const copyInto = (own, number) => {
  const copy = form.querySelector('.declaration').cloneNode(true)
  const values = new Map([...form.elements].filter(field => field.type === 'select-one' || field.type === 'textarea').map(field => [field.name, field.value]))
  copy.querySelectorAll('select, textarea').forEach(field => { field.value = values.get(field.name) ?? '' })
  copy.querySelectorAll('[id]').forEach(part => { part.id += '-' + number })
  for (const name of ['for', 'aria-describedby', 'aria-labelledby']) {
    copy.querySelectorAll(`[${name}]`).forEach(part => part.setAttribute(name, part.getAttribute(name).split(' ').map(id => id + '-' + number).join(' ')))
  }
  copy.querySelector('input[name=copy]').value = number
  copy.querySelectorAll('[aria-invalid]').forEach(unmark)
  own.append(copy)
  ready(copy)
}

// What is confirmed once holds for all photos, also for those with a declaration of their own.
const fieldsWith = source => source === form || !form.querySelector('#confirms').checked ? fieldsOf(source) : [...fieldsOf(source), ['confirms', form.querySelector('#confirms').value]]

class Card {
  static all = []
  static numbers = 0

  constructor (file) {
    this.file = file
    this.number = ++Card.numbers
    this.element = document.querySelector('#card').content.firstElementChild.cloneNode(true)
    this.element.querySelector('.card-name').textContent = file.name
    this.element.querySelector('.remove').setAttribute('aria-label', this.element.querySelector('.remove').textContent.trim() + ': ' + file.name)
    this.own = this.element.querySelector('form')
    this.showThumbnail()
    this.element.querySelector('.remove').addEventListener('click', () => this.remove())
    this.element.querySelector('.retry').addEventListener('click', () => this.send())
    this.element.querySelector('details').addEventListener('toggle', () => { if (!this.own.childElementCount) copyInto(this.own, this.number) }, { once: true })
    this.own.addEventListener('submit', event => event.preventDefault())
    this.show('waits')
    list.append(this.element)
    Card.all.push(this)
    if (file.size > Number(form.dataset.limit)) this.refuse(say('tooLarge'))
  }

  get declaration () { return this.own.childElementCount ? this.own : form }

  showThumbnail () {
    const image = this.element.querySelector('img')
    const address = URL.createObjectURL(this.file)
    image.addEventListener('load', () => URL.revokeObjectURL(address), { once: true })
    image.addEventListener('error', () => { image.hidden = true; URL.revokeObjectURL(address) }, { once: true })
    image.src = address
  }

  show (state, text = say(state)) {
    this.state = state
    this.element.dataset.state = state
    this.element.querySelector('.card-state').textContent = text
    this.element.querySelector('.retry').hidden = state !== 'failed'
    tell()
  }

  refuse (text) { this.show('refused', text) }

  remove () {
    this.upload?.cancel()
    Card.all = Card.all.filter(card => card !== this)
    this.element.remove()
    tell()
    document.querySelector('#photo').focus()
  }

  async send () {
    const bar = this.element.querySelector('progress')
    this.show('sends')
    bar.hidden = false
    this.upload = new Upload('/submit?handler=photo&album=' + form.dataset.album, fieldsWith(this.declaration), this.file, document.body.dataset.token)
    this.upload.progressed = part => { bar.value = part * 100 }
    this.upload.waited = () => { this.show('again'); this.element.dataset.state = 'sends' }
    const answer = await this.upload.send()
    bar.hidden = true
    if (answer.status === 200) this.judged(answer.text)
    else if (answer.status === 0) this.show('failed', say('lost'))
    else if (answer.status === 401 || answer.status === 302) this.show('failed', say('signedOut'))
    else if (answer.status >= 500) this.show('failed')
    else if (answer.text && answer.status !== 499) this.show(answer.status === 429 ? 'failed' : 'refused', answer.text)
    else if (answer.status !== 499) this.show('failed')
  }

  judged (html) {
    this.show('judged')
    this.element.querySelector('.own').remove()
    this.element.querySelector('.remove').remove()
    const result = this.element.querySelector('.card-result')
    result.innerHTML = html
    window.htmx.process(result)
  }
}

function tell () {
  const done = Card.all.filter(card => card.state === 'judged').length
  document.querySelector('#progress').textContent = done ? say('summary').replace('{done}', done).replace('{all}', Card.all.length) : ''
}

const add = files => {
  for (const file of files) {
    const known = Card.all.some(card => card.file.name === file.name && card.file.size === file.size && card.file.lastModified === file.lastModified)
    if (!known) new Card(file)
  }
}

// Mistakes as the server finds them, marked at their fields. True when there are none.
const check = async source => {
  const sent = await fetch('/submit?handler=check', { method: 'POST', body: new URLSearchParams(fieldsWith(source)), headers: { 'X-Gate-Token': document.body.dataset.token } }).catch(() => null)
  if (!sent) return true // The sending itself says that the connection is gone.
  if (sent.redirected) {
    document.querySelector('#progress').textContent = say('signedOut')
    return false
  }
  const summary = document.querySelector('#mistakes')
  document.querySelectorAll('[aria-invalid]').forEach(unmark)
  summary.innerHTML = sent.status === 422 ? await sent.text() : ''
  for (const link of summary.querySelectorAll('a[href^="#"]')) {
    const field = link.hash === '#confirms' ? form.querySelector('#confirms') : source.querySelector('#' + link.hash.slice(1) + (source === form ? '' : '-' + source.querySelector('input[name=copy]').value))
    link.hash = field?.id ?? ''
    if (field?.type === 'checkbox') field.setAttribute('aria-invalid', 'true')
    else if (field && 'value' in field) mark(field, link.textContent)
  }
  summary.querySelector('.mistakes')?.focus()
  return sent.ok
}

const sendAll = async () => {
  const waiting = Card.all.filter(card => card.state === 'waits' || card.state === 'failed')
  if (!waiting.length) {
    document.querySelector('#progress').textContent = say('none')
    document.querySelector('#photo').focus()
    return
  }
  for (const source of new Set(waiting.map(card => card.declaration))) if (!await check(source)) return
  // Two at a time: the next is on its way while one is being judged, and a slow line is not shared by twenty.
  const next = async () => { for (let card; (card = waiting.shift());) if (card.element.isConnected) await card.send() }
  await Promise.all([next(), next()])
}

if (form) {
  const chooser = document.querySelector('#photo')
  const drop = document.querySelector('#drop')
  chooser.addEventListener('change', () => { add(chooser.files); chooser.value = '' })
  for (const kind of ['dragenter', 'dragover']) drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.add('over') })
  for (const kind of ['dragleave', 'drop']) drop.addEventListener(kind, () => drop.classList.remove('over'))
  drop.addEventListener('drop', event => { event.preventDefault(); add([...event.dataTransfer.files]) })
  form.addEventListener('submit', event => { if (!event.submitter?.hasAttribute('formaction')) { event.preventDefault(); sendAll() } })
  window.addEventListener('beforeunload', event => { if (Card.all.some(card => card.state === 'sends')) event.preventDefault() })
}
