// One photo on its way: tells how far it is, can be stopped, and tries again when the gate is busy or the connection breaks. The gate knows
// a photo of the same album again, so that trying twice is submitting once.
const MOST_TRIES = 8
const LONGEST_PAUSE = 30

export class Upload {
  constructor (address, fields, file, token) {
    Object.assign(this, { address, fields, file, token, isStopped: false, progressed: () => {}, waited: () => {} })
  }

  cancel () {
    this.isStopped = true
    this.request?.abort()
  }

  // The answer: its status (0 for no connection, 499 for stopped) and its text.
  async send () {
    for (let tries = 1; ; tries++) {
      const answer = this.isStopped ? { status: 499 } : await this.once()
      const isPassing = answer.status === 0 || answer.status === 429 || answer.status === 503
      if (!isPassing || this.isStopped || tries === MOST_TRIES || answer.wait > LONGEST_PAUSE * 4) return this.isStopped ? { status: 499, text: '' } : answer
      this.waited()
      await new Promise(resolve => setTimeout(resolve, 1000 * (answer.wait || Math.min(LONGEST_PAUSE, 2 ** (tries - 1)))))
    }
  }

  once () {
    return new Promise(resolve => {
      const body = new FormData()
      this.fields.filter(([name]) => name !== 'token').forEach(([name, value]) => body.append(name, value))
      body.append('photo', this.file, this.file.name)
      const request = this.request = new XMLHttpRequest()
      request.open('POST', this.address)
      request.setRequestHeader('X-Gate-Token', this.token)
      request.upload.addEventListener('progress', event => this.progressed(event.loaded / (event.total || 1)))
      request.addEventListener('loadend', () => resolve({
        status: request.responseURL.includes('/sign-in') ? 401 : request.status,
        text: request.responseText,
        wait: Number(request.getResponseHeader('Retry-After')) || 0
      }))
      request.send(body)
    })
  }
}
