// Tables that are wider than their place scroll sideways: by keyboard too.

const places = () => document.querySelectorAll(".table-responsive:not([tabindex])");

function refresh() {
  for (const place of places()) if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
}

addEventListener("resize", refresh);
document.addEventListener("htmx:afterSettle", refresh);
refresh();
