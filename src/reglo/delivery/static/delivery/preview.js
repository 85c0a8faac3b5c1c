// Shows the message beside the form as one types: the form is posted into the frame, a moment after the last key.

const PAUSE = 400

for (const form of document.querySelectorAll('form[data-preview]')) {
  const button = form.querySelector('[data-preview-now]')
  let timer = 0
  const show = () => form.requestSubmit(button)
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(show, PAUSE)
  })
  form.addEventListener('submit', (event) => {
    if (event.submitter !== button) clearTimeout(timer)
  })
}
