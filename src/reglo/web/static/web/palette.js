// The command palette: Ctrl-K or ⌘K opens it; the server answers what is typed; arrows walk the answers.

const palette = document.getElementById("palette");

if (palette) {
  const input = palette.querySelector("input");
  const links = () => [...palette.querySelectorAll("#palette-results a")];

  const open = () => {
    if (palette.open) return;
    palette.showModal();
    input.select();
    input.dispatchEvent(new Event("palette-open"));
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });

  palette.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const stops = [input, ...links()];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = (stops.indexOf(document.activeElement) + step + stops.length) % stops.length;
    stops[next].focus();
  });

  palette.querySelector("form").addEventListener("submit", (event) => {
    const first = links()[0];
    if (!first) return; // the search page answers
    event.preventDefault();
    first.click();
  });

  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) open();
  });
}
