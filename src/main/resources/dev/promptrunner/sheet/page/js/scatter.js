// Scatter: a dot for each result; a click opens it.
const SCATTER = { height: 300, left: 62, right: 16, top: 12, bottom: 40, radius: 5 };

function rules(x, y, placed, width) {
  const foot = SCATTER.height - SCATTER.bottom;
  const across = y.ticks(6).map((tick) => [svg('line', { className: 'rule', x1: SCATTER.left, x2: width - SCATTER.right, y1: placed.y(tick.at), y2: placed.y(tick.at) }),
    svg('text', { x: SCATTER.left - 7, y: placed.y(tick.at) + 4, 'text-anchor': 'end' }, cut(tick.text, 9))]);
  const along = x.ticks(Math.floor(width / 90)).map((tick) => [svg('line', { className: 'rule', x1: placed.x(tick.at), x2: placed.x(tick.at), y1: SCATTER.top, y2: foot }),
    svg('text', { x: placed.x(tick.at), y: foot + 15, 'text-anchor': 'middle' }, cut(tick.text, 14))]);
  const names = [svg('text', { className: 'axis-name', x: (SCATTER.left + width) / 2, y: SCATTER.height - 6, 'text-anchor': 'middle' }, x.each.label),
    svg('text', { className: 'axis-name', 'text-anchor': 'middle', transform: `translate(13 ${(SCATTER.top + foot) / 2}) rotate(-90)` }, y.each.label)];
  return [...across, ...along, ...names].flat();
}

const tip = el('div', { className: 'tip', hidden: true });

function showTip(result, each, event) {
  const image = posterOf(result, 1) && el('img', { src: address(posterOf(result, 1)), alt: '' });
  tip.replaceChildren(image || '', el('strong', { textContent: result.run }),
    ...each.map((part) => el('div', { textContent: `${part.label} ${show(part.get(result))}` })));
  tip.hidden = false;
  tip.style.left = `${Math.min(event.clientX + 14, window.innerWidth - 215)}px`;
  tip.style.top = `${Math.min(event.clientY + 14, window.innerHeight - tip.offsetHeight - 8)}px`;
}

function dot(result, at, colour, told) {
  const shown = isShown(result);
  const node = svg('circle', { className: `dot${shown ? '' : ' out'}${view.selected.includes(result.id) ? ' selected' : ''}`, cx: at[0], cy: at[1],
    r: shown ? SCATTER.radius : 3, fill: shown ? colourAt(colour.at(colour.each.get(result))) : undefined,
    tabindex: shown ? -1 : undefined, role: 'button', 'aria-label': spoken(result), 'data-run': result.run });
  node.addEventListener('pointerenter', (event) => showTip(result, told, event));
  node.addEventListener('pointerleave', () => { tip.hidden = true; });
  const act = (select) => {
    tip.hidden = true;
    if (!result.frames) focusCard(items[result.id].card);
    else if (select) toggleSelected(result.id);
    else viewer.open([result]);
  };
  node.addEventListener('click', (event) => act(event.shiftKey || event.ctrlKey || event.metaKey));
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'x') return;
    event.stopPropagation();
    act(event.key === 'x');
  });
  return node;
}

// Left and right go through the dots from left to right.
function walkDots(drawing) {
  const dots = [...drawing.querySelectorAll('.dot:not(.out)')].sort((a, b) => a.getAttribute('cx') - b.getAttribute('cx'));
  if (dots.length > 0) dots[0].setAttribute('tabindex', 0);
  drawing.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = by && dots[dots.indexOf(event.target) + by];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
}

function drawScatter(box, across, up, colour) {
  const [x, y] = [scaleOf(across), scaleOf(up)];
  const width = Math.max(280, box.clientWidth);
  const placed = {
    x: (at) => SCATTER.left + SCATTER.radius + at * (width - SCATTER.left - SCATTER.right - 2 * SCATTER.radius),
    y: (at) => SCATTER.height - SCATTER.bottom - SCATTER.radius - at * (SCATTER.height - SCATTER.top - SCATTER.bottom - 2 * SCATTER.radius),
  };
  const dots = results.map((result) => ({ result, at: [x.at(across.get(result)), y.at(up.get(result))] }))
    .filter(({ at }) => at[0] !== undefined && at[1] !== undefined)
    .sort((a, b) => isShown(a.result) - isShown(b.result))
    .map(({ result, at }) => dot(result, [placed.x(at[0]), placed.y(at[1])], colour, [across, up]));
  const drawing = svg('svg', { width, height: SCATTER.height, role: 'group', 'aria-label': `${up.label} against ${across.label}` }, rules(x, y, placed, width), dots);
  walkDots(drawing);
  box.replaceChildren(drawing);
}
