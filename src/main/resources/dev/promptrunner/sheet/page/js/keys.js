// The keyboard in the grid, and the page that tells of it.
const HELP = [
  ['Results', [[['←', '→', '↑', '↓'], 'go through the cards'], [['Enter'], 'play in full'], [['x'], 'select to compare, up to four'], [['c'], 'compare the selected'],
    [['s'], 'favourite'], [['Esc'], 'clear the selection']]],
  ['Page', [[['/'], 'search'], [['p'], 'filters'], [['g'], 'charts'], [['o'], 'sort the other way'], [['v'], 'favourites only'], [['e'], 'export favourites'],
    [['d'], 'light or dark'], [['?'], 'this page']]],
  ['Viewer', [[['Space'], 'play or pause'], [[',', '.', '←', '→'], 'one frame back or on'], [['Home', 'End'], 'first or last frame'], [['↑', '↓'], 'the result before or after'],
    [['l'], 'loop'], [['m'], 'sound'], [['t'], 'same moment by time or by fraction'], [['f'], 'flick: one in the place of the other; 1 to 4 picks'], [['s'], 'favourite'],
    [['z'], 'each pixel as it is'], [['Esc'], 'close']]],
  ['Mouse and touch', [['Hover', 'run through the video'], ['Click, tap', 'play in full'], ['Shift-click, long press', 'select'], ['Drag on an axis', 'filter; a click clears']]],
];

function help() {
  const close = () => dialog.close();
  const caps = (keys) => keys.map((key) => [el('kbd', { textContent: key }), ' ']);
  const table = ([title, rows]) => el('section', {}, el('h2', { textContent: title }), el('table', {}, el('tbody', {}, rows.map(([keys, what]) => el('tr', {},
    el('td', {}, Array.isArray(keys) ? caps(keys) : keys), el('td', { textContent: what }))))));
  const dialog = el('dialog', { className: 'small help', ariaLabel: 'Keyboard and mouse', onclose: () => dialog.remove() },
    el('button', { className: 'button icon close', ariaLabel: 'Close', onclick: close }, icon('close')),
    el('h2', { textContent: 'Keyboard and mouse' }), el('div', {}, HELP.map(table)));
  document.body.append(dialog);
  dialog.showModal();
}

function columns() {
  const top = order[0]?.card.offsetTop;
  const next = order.findIndex((item) => item.card.offsetTop > top);
  return next < 0 ? order.length : next;
}

function walkCards(card, by) {
  const at = order.findIndex((item) => item.card === card);
  const next = order[clamp(at + by, 0, order.length - 1)];
  if (next) focusCard(next.card);
}

function compareSelected() {
  const chosen = view.selected.map((id) => results[id]);
  if (chosen.length < 2) toast('Select two to four results first (x).');
  else viewer.open(chosen);
}

const PAGE_KEYS = {
  '/': () => $('search').focus(), p: () => showPanel($('panel').hidden), g: () => change({ charts: !view.charts }), o: () => change({ descending: !view.descending }),
  v: () => change({ onlyFavourites: !view.onlyFavourites }), e: exportFavourites, d: switchTheme, '?': help, c: compareSelected, Escape: () => change({ selected: [] }),
};

function cardKey(item, key) {
  const { card, result } = item;
  const act = {
    ArrowRight: () => walkCards(card, 1), ArrowLeft: () => walkCards(card, -1), ArrowDown: () => walkCards(card, columns()), ArrowUp: () => walkCards(card, -columns()),
    Home: () => walkCards(card, -order.length), End: () => walkCards(card, order.length), s: () => favourites.toggle(result.run),
    x: () => result.frames && toggleSelected(result.id), Enter: () => result.frames && viewer.open([result]),
  }[key];
  act?.();
  return Boolean(act);
}

document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (target.matches('input:not([type="checkbox"]), select, textarea')) {
    if (key === 'Escape') target.blur();
    return;
  }
  const card = target.closest('.card');
  const item = card && order.find((each) => each.card === card);
  const own = target === card || !['Enter', ' '].includes(key);
  if ((item && own && cardKey(item, key)) || (PAGE_KEYS[key] && (PAGE_KEYS[key](), true))) event.preventDefault();
});
