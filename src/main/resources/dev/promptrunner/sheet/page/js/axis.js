// Places and colours of values, for both charts.
const STOPS = [[58, 96, 190], [38, 145, 150], [214, 150, 40], [196, 62, 60]];
const PLAIN = '#8a8a8a';

// Even steps of 1, 2 or 5 times a power of ten.
function ticks(low, high, wished) {
  const rough = (high - low) / Math.max(1, wished);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at += 1) found.push(Number((at * step).toPrecision(12)));
  return found;
}

// A scale from values to 0 … 1; undefined for what has no place on it.
function scaleOf(each) {
  if (each.extent) {
    const [low, high] = each.extent;
    return { each, low, high, numeric: true,
      at: (found) => (typeof found === 'number' ? (found - low) / (high - low) : undefined),
      ticks: (wished) => ticks(low, high, wished).map((tick) => ({ at: (tick - low) / (high - low), text: showNumber(tick) })) };
  }
  const values = choices(each);
  const places = new Map(values.map((found, index) => [found, values.length === 1 ? 0.5 : (index + 0.5) / values.length]));
  return { each, values, numeric: false, at: (found) => places.get(found),
    ticks: () => values.map((found) => ({ at: places.get(found), text: show(found) })) };
}

const drawable = (each) => Boolean(each.extent) || (each.kind === 'choice' && choices(each).length > 1);

function colourAt(fraction) {
  if (fraction === undefined) return PLAIN;
  const place = clamp(fraction, 0, 1) * (STOPS.length - 1);
  const index = Math.min(STOPS.length - 2, Math.floor(place));
  const mixed = STOPS[index].map((part, at) => Math.round(part + (STOPS[index + 1][at] - part) * (place - index)));
  return `rgb(${mixed.join(' ')})`;
}

function legend(scale) {
  const canvas = el('canvas', { width: 90, height: 8 });
  const context = canvas.getContext('2d');
  for (let x = 0; x < 90; x += 1) {
    context.fillStyle = colourAt(x / 89);
    context.fillRect(x, 0, 1, 8);
  }
  const ends = scale.numeric ? [showNumber(scale.low), showNumber(scale.high)] : [show(scale.values[0]), show(scale.values.at(-1))];
  return el('span', { className: 'legend' }, ends[0], canvas, ends[1]);
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
