// The filters beside the grid. They are built once and follow the filters, which the charts change too.
const BINS = 28;
const drawn = [];

function section(each, ...content) {
  const node = el('fieldset', {}, el('legend', { textContent: each.label, title: each.label }), content);
  return node;
}

function choiceFilter(each, values) {
  const counts = new Map();
  for (const result of results) counts.set(each.get(result), (counts.get(each.get(result)) ?? 0) + 1);
  const boxes = values.map((choice) => el('input', { type: 'checkbox', checked: true, onchange: () => {
    const ticked = values.filter((_, index) => boxes[index].checked);
    setFilter(each.id, ticked.length === values.length ? undefined : { values: ticked });
  } }));
  const rows = values.map((choice, index) => el('label', { className: 'choice', title: show(choice) }, boxes[index],
    el('span', { textContent: show(choice) }), el('span', { className: 'many', textContent: counts.get(choice) })));
  const node = section(each, rows);
  drawn.push(() => {
    const filter = view.filters.get(each.id);
    boxes.forEach((box, index) => { box.checked = !filter || filter.values.includes(values[index]); });
    node.classList.toggle('active', Boolean(filter));
  });
  return node;
}

function bins(each) {
  const [low, high] = each.extent;
  const counts = new Array(BINS).fill(0);
  for (const result of results) {
    const found = each.get(result);
    if (typeof found === 'number') counts[Math.min(BINS - 1, Math.floor((BINS * (found - low)) / (high - low)))] += 1;
  }
  const most = Math.max(...counts);
  return el('div', { className: 'bins', ariaHidden: 'true' }, counts.map((count) => {
    const bar = el('i');
    bar.style.height = `${(100 * count) / most}%`;
    return bar;
  }));
}

function rangeFilter(each) {
  const [low, high] = each.extent;
  const bars = bins(each);
  const input = (which, placeholder) => el('input', { type: 'number', step: 'any', className: 'field', placeholder: showNumber(placeholder),
    ariaLabel: `${each.label} ${which}`, onchange: apply });
  const from = input('from', low);
  const to = input('to', high);
  function apply() {
    const filter = {};
    if (from.value !== '') filter.low = Number(from.value);
    if (to.value !== '') filter.high = Number(to.value);
    setFilter(each.id, from.value === '' && to.value === '' ? undefined : filter);
  }
  const node = section(each, bars, el('div', { className: 'range' }, from, el('span', { textContent: 'to' }), to));
  drawn.push(() => {
    const filter = view.filters.get(each.id);
    if (document.activeElement !== from) from.value = filter?.low === undefined ? '' : Number(filter.low.toPrecision(5));
    if (document.activeElement !== to) to.value = filter?.high === undefined ? '' : Number(filter.high.toPrecision(5));
    node.classList.toggle('active', Boolean(filter));
    [...bars.children].forEach((bar, index) => {
      const middle = low + ((index + 0.5) * (high - low)) / BINS;
      bar.classList.toggle('in', !filter || passes(filter, middle));
    });
  });
  return node;
}

function textFilter(each) {
  const input = el('input', { type: 'search', className: 'field', placeholder: 'contains', ariaLabel: `${each.label} contains`,
    oninput: () => setFilter(each.id, input.value ? { text: input.value } : undefined) });
  const node = section(each, input);
  drawn.push(() => {
    const filter = view.filters.get(each.id);
    if (document.activeElement !== input) input.value = filter?.text ?? '';
    node.classList.toggle('active', Boolean(filter));
  });
  return node;
}

function filterFor(each) {
  if (each.kind === 'choice') {
    const values = choices(each);
    return values.length > 1 && choiceFilter(each, values);
  }
  if (each.kind === 'text' || (each.kind === 'seed' && !each.extent)) return textFilter(each);
  return each.extent && rangeFilter(each);
}

const headed = (title, sections) => (sections.length > 0 ? [el('h2', { textContent: title }), ...sections] : []);

function buildPanel() {
  const of = (list) => list.map(filterFor).filter(Boolean);
  $('panel').replaceChildren(
    el('div', { className: 'close' }, el('strong', { textContent: 'Filters' }),
      el('button', { className: 'button icon', ariaLabel: 'Close the filters', onclick: () => showPanel(false) }, icon('close'))),
    ...of([STATE, fieldOf.get('shot')]), ...headed('Parameters', of(PARAMETERS)),
    ...headed('Measures', of([...MEASURED, fieldOf.get('seconds')])));
}

const drawPanel = () => drawn.forEach((draw) => draw());

function showPanel(open) {
  $('panel').hidden = !open;
  $('panel-button').setAttribute('aria-expanded', open);
}
