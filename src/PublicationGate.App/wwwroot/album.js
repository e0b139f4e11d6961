// Choosing all at once: the one thing of the album that needs a script.
const all = document.querySelector('[data-all]')
if (all) all.hidden = false
document.addEventListener('click', event => {
  const choose = event.target.closest?.('[data-choose]')?.dataset.choose
  if (!choose) return
  for (const box of document.querySelectorAll('#album input[type=checkbox]')) box.checked = choose === 'held' && box.dataset.held === 'yes'
})
