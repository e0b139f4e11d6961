// Says that a photo is too large before it is sent: on a telephone that takes minutes.
const photo = document.querySelector('#photo');
photo.addEventListener('change', () => {
  const isTooLarge = photo.files.length > 0 && photo.files[0].size > Number(photo.dataset.most);
  photo.setCustomValidity(isTooLarge ? photo.dataset.tooLarge : '');
  photo.reportValidity();
});
