// The token that the gate wants to see with every change that a script sends.
document.addEventListener('htmx:configRequest', event => {
  event.detail.headers['X-Gate-Token'] = document.body.dataset.token
})
