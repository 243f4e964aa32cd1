// The bar above, and the start.
const PHONE = 760;

function labelled(id, name, word, title) {
  $(id).replaceChildren(icon(name), el('span', { className: 'word', textContent: word }));
  $(id).title = title;
  $(id).setAttribute('aria-label', title.replace(/ \(.\)$/, ''));
}

function drawTheme() {
  const dark = document.documentElement.dataset.theme === 'dark';
  $('theme').replaceChildren(icon(dark ? 'sun' : 'moon'));
  $('theme').title = dark ? 'Light (d)' : 'Dark (d)';
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  drawTheme();
  charts.draw();
}

// The switch holds until it agrees with the system again.
function switchTheme() {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  memory.set('theme', next === systemTheme() ? null : next);
  setTheme(next);
}

const systemTheme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function drawBar() {
  const shown = order.length;
  const stars = favourites.all().length;
  const of = (state) => results.filter((result) => result.state === state).length;
  const rest = [[of('failed'), 'failed'], [of('open'), 'open']].filter(([count]) => count > 0).map(([count, word]) => `, ${count} ${word}`);
  $('counts').replaceChildren(el('b', { textContent: shown === results.length ? String(shown) : `${shown} of ${results.length}` }), ` results${rest.join('')}`);
  $('sort').value = view.sort;
  $('direction').replaceChildren(icon(view.descending ? 'down' : 'up'));
  $('direction').title = view.descending ? 'Descending (o)' : 'Ascending (o)';
  $('favourites-button').setAttribute('aria-pressed', view.onlyFavourites);
  $('favourites-button').lastChild.textContent = stars > 0 ? `Favourites ${stars}` : 'Favourites';
  $('charts-button').setAttribute('aria-pressed', view.charts);
  $('export-button').disabled = stars === 0;
}

function drawTray() {
  const picks = view.selected.map((id, index) => el('button', { className: 'pick', ariaLabel: `Take away ${results[id].run}`, title: results[id].run, onclick: () => toggleSelected(id) },
    posterOf(results[id], 1) && el('img', { src: address(posterOf(results[id], 1)), alt: '' }), el('b', { textContent: LETTERS[index] })));
  $('tray').hidden = picks.length === 0;
  $('tray').replaceChildren(el('div', { className: 'picks' }, picks),
    el('button', { className: 'button main', textContent: 'Compare', title: 'Compare (c)', disabled: picks.length < 2, onclick: compareSelected }),
    el('button', { className: 'button icon', ariaLabel: 'Clear the selection', title: 'Clear (Esc)', onclick: () => change({ selected: [] }) }, icon('close')));
}

function drawCommon() {
  if (common.length === 0) return;
  const [summary, all] = $('common').children;
  const text = common.map((each) => `${nameOf(each.name)} ${show(each.values[0])}`).join(' · ');
  summary.append(el('b', { textContent: 'Common to all' }), text);
  all.append(...common.map((each) => el('div', {}, el('dt', { textContent: nameOf(each.name) }), el('dd', { textContent: show(each.values[0]) }))));
  $('common').hidden = false;
}

function drawProblems() {
  if (sheet.problems.length === 0) return;
  const [summary, all] = $('problems').children;
  summary.textContent = many(sheet.problems.length, 'problem', 'problems');
  all.append(...sheet.problems.map((problem) => el('li', { textContent: problem })));
  $('problems').open = results.length === 0;
  $('problems').hidden = false;
}

function drawSort() {
  const groups = Map.groupBy(fields.filter((each) => each !== fieldOf.get('shot') || choices(each).length > 0), (each) => each.group);
  $('sort').append(...[...groups].map(([label, list]) => el('optgroup', { label }, list.map((each) => el('option', { value: each.id, textContent: each.label })))));
}

// As large as the person had it; else by the window.
function setSize(size) {
  document.documentElement.style.setProperty('--card', `${size}px`);
  $('size').value = size;
}

function resized() {
  document.documentElement.style.setProperty('--top', `${document.querySelector('.top').offsetHeight}px`);
}

function start() {
  document.title = sheet.title;
  $('title').textContent = sheet.title;
  $('title').title = sheet.title;
  $('simulated').hidden = !sheet.simulated;
  labelled('panel-button', 'filter', 'Filters', 'Filters (p)');
  labelled('favourites-button', 'star', 'Favourites', 'Favourites only (v)');
  labelled('charts-button', 'chart', 'Charts', 'Charts (g)');
  labelled('export-button', 'save', 'Export', 'Export favourites (e)');
  $('charts-button').hidden = !charts.possible;
  drawSort();
  drawCommon();
  drawProblems();
  buildPanel();
  showPanel(window.innerWidth > PHONE && results.length > 1);
  setSize(view.size || (window.innerWidth > PHONE ? 260 : 160));
  wireBar();
  listen(drawEverything);
  drawEverything();
  resized();
  fillCards();
  setTheme(memory.get('theme') ?? systemTheme());
  performance.mark('contact-sheet-ready');
}

function drawEverything() {
  drawGrid();
  drawBar();
  drawChips();
  drawTray();
  drawPanel();
  charts.show(view.charts && charts.possible);
}

function wireBar() {
  let wait = 0;
  $('search').addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(() => change({ query: $('search').value.trim() }), 120);
  });
  $('sort').addEventListener('change', () => change({ sort: $('sort').value, descending: $('sort').value.startsWith('m:') }));
  $('direction').addEventListener('click', () => change({ descending: !view.descending }));
  $('favourites-button').addEventListener('click', () => change({ onlyFavourites: !view.onlyFavourites }));
  $('charts-button').addEventListener('click', () => change({ charts: !view.charts }));
  $('export-button').addEventListener('click', exportFavourites);
  $('panel-button').addEventListener('click', () => showPanel($('panel').hidden));
  $('help-button').addEventListener('click', help);
  $('theme').addEventListener('click', switchTheme);
  $('size').addEventListener('input', () => {
    setSize($('size').value);
    change({ size: Number($('size').value) });
    measureCard();
  });
  $('none').querySelector('button').addEventListener('click', clearFilters);
  window.addEventListener('resize', resized);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (!memory.get('theme')) setTheme(systemTheme()); });
}

start();
