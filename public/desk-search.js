// The key / takes whoever works at the desk to the search, wherever they are and do not type (design, Desk).
addEventListener("keydown", (event) => {
  const at = event.target;
  const types = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  const search = document.getElementById("head-search");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || types || !search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
