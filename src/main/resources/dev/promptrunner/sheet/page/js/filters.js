// Which results are shown, and in what order.
// A filter is {low, high} (either may be missing), {values: [...]}, or {text}.
function passes(filter, value) {
  if (filter.values) return filter.values.includes(value);
  if (filter.text) return String(value ?? '').toLowerCase().includes(filter.text.toLowerCase());
  return typeof value === 'number' && value >= (filter.low ?? -Infinity) && value <= (filter.high ?? Infinity);
}

const STATE = field('state', 'State', 'choice', 'General', (result) => (result.file && !result.frames && result.state === 'done' ? 'unreadable' : result.state));
fieldOf.set('state', STATE);

function isShown(result, without) {
  if (view.onlyFavourites && !favourites.has(result.run)) return false;
  for (const [id, filter] of view.filters) {
    if (id !== without && !passes(filter, fieldOf.get(id).get(result))) return false;
  }
  return view.query.toLowerCase().split(/\s+/).every((word) => result.text.includes(word));
}

// What has no value stays last, whichever way the rest is sorted.
function compareBy(each, descending) {
  return (a, b) => {
    const left = each.get(a);
    const right = each.get(b);
    if (left === undefined || right === undefined) return (left === undefined) - (right === undefined) || a.id - b.id;
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right));
    return (descending ? -order : order) || a.id - b.id;
  };
}

const shownResults = () => results.filter((result) => isShown(result)).sort(compareBy(fieldOf.get(view.sort), view.descending));

function describe(id, filter) {
  const label = fieldOf.get(id).label;
  if (filter.values) return `${label}: ${filter.values.map(show).join(', ') || 'none'}`;
  if (filter.text) return `${label} has “${filter.text}”`;
  if (filter.low === undefined) return `${label} ≤ ${show(filter.high)}`;
  return filter.high === undefined ? `${label} ≥ ${show(filter.low)}` : `${label} ${show(filter.low)} – ${show(filter.high)}`;
}

function clearFilters() {
  $('search').value = '';
  change({ filters: new Map(), query: '', onlyFavourites: false });
}

function drawChips() {
  const chips = [...view.filters].map(([id, filter]) => el('button',
    { className: 'chip', ariaLabel: `Remove the filter ${describe(id, filter)}`, onclick: () => setFilter(id) },
    el('span', { textContent: describe(id, filter) }), icon('close')));
  if (chips.length > 1) chips.push(el('button', { className: 'link', textContent: 'Clear all', onclick: clearFilters }));
  $('chips').replaceChildren(...chips);
}
