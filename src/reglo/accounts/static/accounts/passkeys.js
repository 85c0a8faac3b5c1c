// Says on the page what went wrong with a passkey; allauth only tells the console.

const words = {
  fr: { NotAllowedError: "L'opération a été annulée ou a expiré.", other: "La clé n'a pas pu être utilisée. Réessayez." },
  en: { NotAllowedError: 'This was cancelled, or took too long.', other: 'The key could not be used. Please try again.' }
}

document.addEventListener('allauth.error', event => {
  event.preventDefault()
  const said = words[document.documentElement.lang] ?? words.fr
  let alert = document.getElementById('passkey-error')
  if (!alert) {
    alert = document.createElement('div')
    alert.id = 'passkey-error'
    alert.className = 'alert alert-danger'
    alert.setAttribute('role', 'alert')
    document.getElementById('content').prepend(alert)
  }
  alert.textContent = said[event.detail.exception?.name] ?? said.other
})
