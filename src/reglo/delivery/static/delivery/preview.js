// Shows the message beside the form as one types: the form is posted into the frame, a moment after the last key.

const PAUSE = 400

for (const form of document.querySelectorAll('form[data-preview]')) {
  const button = form.querySelector('[data-preview-now]')
  let timer = 0

  // A new frame each time: what is shown first in a frame leaves no step for the browser's Back button.
  const renew = () => {
    const frame = document.querySelector(`iframe[name="${button.formTarget}"]`)
    const fresh = frame.cloneNode()
    fresh.removeAttribute('src')
    frame.replaceWith(fresh)
  }

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => form.requestSubmit(button), PAUSE)
  })
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (event.submitter === button) renew()
  })
}
