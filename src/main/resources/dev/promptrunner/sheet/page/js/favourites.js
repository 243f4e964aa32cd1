// Favourites by the names of their runs: kept by the browser for this folder, over reloads and new sheets.
const favourites = (() => {
  const name = `${sheet.key}:favourites`;
  let runs = new Set(memory.get(name) ?? []);
  return {
    has: (run) => runs.has(run),
    // In the order of the sheet; a run that is gone is kept in mind, but not told.
    all: () => results.filter((result) => runs.has(result.run)),
    toggle(run) {
      if (!runs.delete(run)) runs.add(run);
      if (!memory.set(name, [...runs])) toast('This browser keeps nothing for this page: favourites last until it is closed. Export them.');
      change({});
    },
    reread(event) {
      if (event.key !== `contact-sheet:${name}`) return;
      runs = new Set(memory.get(name) ?? []);
      change({});
    },
  };
})();
window.addEventListener('storage', favourites.reread);

function starButton(result) {
  const button = el('button', { className: 'star', onclick: (event) => { event.stopPropagation(); favourites.toggle(result.run); } }, icon('star'));
  return button;
}

function paintStar(button, result) {
  const on = favourites.has(result.run);
  button.setAttribute('aria-pressed', on);
  button.setAttribute('aria-label', `Favourite ${result.run}`);
}
