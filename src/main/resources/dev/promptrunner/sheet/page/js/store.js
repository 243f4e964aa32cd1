// What the person chose. Every change goes through change(), which then tells all who listen, once.
const remembered = memory.get(`${sheet.key}:view`) ?? {};

const view = {
  sort: fieldOf.has(remembered.sort) ? remembered.sort : 'index',
  descending: remembered.descending === true,
  query: '',
  filters: new Map(),
  onlyFavourites: false,
  selected: [],
  charts: remembered.charts === true,
  size: remembered.size ?? 0,
};

const MOST_COMPARED = 4;
const listeners = [];
let told = true;

const listen = (listener) => listeners.push(listener);

function change(patch) {
  Object.assign(view, patch);
  if (!told) return;
  told = false;
  queueMicrotask(() => {
    told = true;
    memory.set(`${sheet.key}:view`, { sort: view.sort, descending: view.descending, charts: view.charts, size: view.size });
    listeners.forEach((listener) => listener());
  });
}

function setFilter(id, filter) {
  const filters = new Map(view.filters);
  if (filter) filters.set(id, filter);
  else filters.delete(id);
  change({ filters });
}

function toggleSelected(id) {
  if (view.selected.includes(id)) {
    change({ selected: view.selected.filter((other) => other !== id) });
  } else if (view.selected.length === MOST_COMPARED) {
    toast(`At most ${MOST_COMPARED} can be compared: take one away first.`);
    change({});
  } else {
    change({ selected: [...view.selected, id] });
  }
}
