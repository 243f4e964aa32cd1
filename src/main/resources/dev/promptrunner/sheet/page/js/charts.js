// The section with both charts: which is shown, of which fields, in which colour.
const MOST_AXES = 9;
const LETS_DRAW = [...PARAMETERS, ...MEASURED, fieldOf.get('seconds'), fieldOf.get('shot')].filter(drawable);

const charts = (() => {
  const first = [...PARAMETERS.filter((each) => each.kind !== 'seed'), ...MEASURED.filter((each) => !each.warned)].filter((each) => LETS_DRAW.includes(each));
  const chosen = {
    kind: 'parallel',
    axes: new Set(first.slice(0, MOST_AXES)),
    x: first[0] ?? LETS_DRAW[0],
    y: first.find((each) => MEASURED.includes(each)) ?? LETS_DRAW.at(-1),
    colour: first.find((each) => MEASURED.includes(each)) ?? LETS_DRAW[0],
  };
  const box = el('div', { className: 'chart' });
  const row = el('div', { className: 'row' });
  let width = 0;

  const choice = (label, name) => {
    const select = el('select', { onchange: () => { chosen[name] = fieldOf.get(select.value); build(); } },
      LETS_DRAW.map((each) => el('option', { value: each.id, textContent: each.label, selected: each === chosen[name] })));
    return el('label', {}, label, select);
  };

  const tab = (kind, label) => {
    const node = el('button', { className: 'button', textContent: label, onclick: () => { chosen.kind = kind; build(); } });
    node.setAttribute('aria-pressed', chosen.kind === kind);
    return node;
  };

  function axesChoice() {
    const boxes = LETS_DRAW.map((each) => el('label', { className: 'choice' }, el('input', { type: 'checkbox', checked: chosen.axes.has(each), onchange: (event) => {
      if (event.target.checked) chosen.axes.add(each);
      else chosen.axes.delete(each);
      draw();
    } }), el('span', { textContent: each.label })));
    return el('details', { className: 'axes' }, el('summary', { textContent: 'Axes' }), el('div', {}, boxes));
  }

  function build() {
    row.replaceChildren(el('span', { className: 'tabs' }, tab('parallel', 'Parallel'), tab('scatter', 'Scatter')),
      ...(chosen.kind === 'scatter' ? [choice('Across', 'x'), choice('Up', 'y')] : []), choice('Colour', 'colour'), legend(scaleOf(chosen.colour)),
      chosen.kind === 'parallel' ? axesChoice() : '');
    draw();
  }

  function draw() {
    if ($('charts').hidden || LETS_DRAW.length === 0) return;
    width = box.clientWidth;
    const colour = scaleOf(chosen.colour);
    if (chosen.kind === 'parallel') drawParallel(box, LETS_DRAW.filter((each) => chosen.axes.has(each)), colour);
    else drawScatter(box, chosen.x, chosen.y, colour);
  }

  function show(open) {
    const was = !$('charts').hidden;
    $('charts').hidden = !open;
    if (open && !was) build();
    else if (open) draw();
  }

  if (LETS_DRAW.length > 0) {
    $('charts').append(row, box);
    new ResizeObserver(() => { if (Math.abs(box.clientWidth - width) > 1) draw(); }).observe(box);
    document.body.append(tip);
  }
  return { show, draw, possible: LETS_DRAW.length > 0 };
})();
