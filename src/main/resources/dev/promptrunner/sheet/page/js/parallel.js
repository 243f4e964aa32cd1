// Parallel coordinates: a line for each result, an axis for each field. Drawing along an axis filters.
const PARALLEL = { height: 250, top: 34, bottom: 14, side: 54, narrowest: 92 };

function drawLines(canvas, width, scales, placed, colour) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = PARALLEL.height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${PARALLEL.height}px`;
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  const faint = getComputedStyle(document.documentElement).getPropertyValue('--line-soft');
  const seen = results.filter((result) => result.frames > 0 || result.state === 'done');
  const [out, shown] = [seen.filter((result) => !isShown(result)), seen.filter((result) => isShown(result))];
  context.lineWidth = 1;
  context.strokeStyle = faint;
  out.forEach((result) => strokeLine(context, result, scales, placed));
  context.globalAlpha = clamp(30 / Math.sqrt(shown.length + 1) / 4, 0.35, 0.9);
  context.lineWidth = 1.4;
  for (const result of shown) {
    context.strokeStyle = colourAt(colour.at(colour.each.get(result)));
    strokeLine(context, result, scales, placed);
  }
}

// A result that lacks a value leaves a gap there.
function strokeLine(context, result, scales, placed) {
  context.beginPath();
  let down = false;
  scales.forEach((scale, index) => {
    const at = scale.at(scale.each.get(result));
    if (at === undefined) { down = false; return; }
    const [x, y] = [placed.x(index), placed.y(at)];
    if (down) context.lineTo(x, y);
    else context.moveTo(x, y);
    down = true;
  });
  context.stroke();
}

// What is between two places of an axis, as a filter.
function brushed(scale, a, b) {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  if (to - from < 0.015) return undefined;
  if (!scale.numeric) return { values: scale.values.filter((found) => scale.at(found) >= from && scale.at(found) <= to) };
  const value = (at) => Number((scale.low + at * (scale.high - scale.low)).toPrecision(4));
  return { low: value(from), high: value(to) };
}

function brushOf(scale) {
  const filter = view.filters.get(scale.each.id);
  if (!filter || filter.text) return undefined;
  if (filter.values) {
    const places = filter.values.map(scale.at).filter((at) => at !== undefined);
    const half = 0.4 / (scale.values?.length ?? 1);
    return places.length > 0 ? [Math.min(...places) - half, Math.max(...places) + half] : undefined;
  }
  return [clamp(scale.at(filter.low ?? scale.low), 0, 1), clamp(scale.at(filter.high ?? scale.high), 0, 1)];
}

function axisNode(scale, index, placed) {
  const x = placed.x(index);
  const grip = svg('rect', { className: 'grip', x: x - 16, y: PARALLEL.top - 6, width: 32, height: PARALLEL.height - PARALLEL.top - PARALLEL.bottom + 12 });
  const brush = svg('rect', { className: 'brush', x: x - 6, width: 12, rx: 2 });
  const show = (range) => {
    brush.toggleAttribute('hidden', !range);
    if (!range) return;
    brush.setAttribute('y', placed.y(range[1]));
    brush.setAttribute('height', Math.max(1, placed.y(range[0]) - placed.y(range[1])));
  };
  show(brushOf(scale));
  const fraction = (event) => clamp(placed.back(event.clientY - grip.ownerSVGElement.getBoundingClientRect().top), 0, 1);
  let start;
  grip.addEventListener('pointerdown', (event) => { grip.setPointerCapture(event.pointerId); start = fraction(event); });
  grip.addEventListener('pointermove', (event) => { if (start !== undefined) show([Math.min(start, fraction(event)), Math.max(start, fraction(event))]); });
  grip.addEventListener('pointerup', (event) => {
    const range = brushed(scale, start, fraction(event));
    start = undefined;
    setFilter(scale.each.id, range);
  });
  const marks = scale.ticks(5).map((tick) => svg('text', { x: x - 5, y: placed.y(tick.at) + 4, 'text-anchor': 'end' }, cut(tick.text, 11)));
  const name = svg('text', { className: 'axis-name', x, y: 14, 'text-anchor': 'middle' }, svg('title', {}, scale.each.label), cut(scale.each.label, 15));
  return svg('g', { 'data-axis': scale.each.id }, svg('line', { className: 'spine', x1: x, x2: x, y1: placed.y(0), y2: placed.y(1) }), marks, name, brush, grip);
}

function drawParallel(box, axes, colour) {
  const scales = axes.map(scaleOf);
  const width = Math.max(box.clientWidth, 2 * PARALLEL.side + PARALLEL.narrowest * (scales.length - 1));
  const long = PARALLEL.height - PARALLEL.top - PARALLEL.bottom;
  const placed = {
    x: (index) => (scales.length === 1 ? width / 2 : PARALLEL.side + (index * (width - 2 * PARALLEL.side)) / (scales.length - 1)),
    y: (at) => PARALLEL.top + (1 - at) * long,
    back: (y) => 1 - (y - PARALLEL.top) / long,
  };
  const canvas = el('canvas');
  drawLines(canvas, width, scales, placed, colour);
  const drawing = svg('svg', { width, height: PARALLEL.height, role: 'img', 'aria-label': `Parallel coordinates of ${axes.map((each) => each.label).join(', ')}. Draw along an axis to filter.` },
    scales.map((scale, index) => axisNode(scale, index, placed)));
  box.replaceChildren(canvas, drawing);
}
