// One result as a card: its frames, its name, what varies, what was measured.
const tallOf = (result) => result.height > result.width;

// The poster with this number, or the last; undefined when there is none.
const posterOf = (result, index) => result.posters[Math.min(index, result.posters.length - 1)];

function poster(source) {
  const image = el('img', { src: address(source), alt: '', loading: 'lazy', decoding: 'async' });
  image.draggable = false;
  return image;
}

function frames(result) {
  const at = (index) => poster(posterOf(result, index));
  const shot = el('div', { className: 'shot' });
  shot.style.aspectRatio = tallOf(result) ? '3 / 2' : `${result.width} / ${result.height}`;
  if (result.posters.length < 3 || tallOf(result)) {
    const all = result.posters.map((_, index) => at(index));
    shot.append(all.length > 1 ? el('div', { className: 'trio' }, all) : all[0] ?? '');
    return [shot];
  }
  shot.append(at(1));
  const strip = el('div', { className: 'strip' }, at(0), at(1), at(2));
  for (const image of strip.children) image.style.aspectRatio = shot.style.aspectRatio;
  return [shot, strip];
}

function track(result) {
  const borders = result.borders.map((border) => {
    const mark = el('u');
    mark.style.left = `${(100 * border) / result.frames}%`;
    return mark;
  });
  return el('div', { className: 'track' }, el('i'), borders);
}

function flags(result) {
  const warnings = MEASURED.filter((each) => each.warned && each.get(result) >= NOTABLE)
    .map((each) => el('span', { className: 'tag bad', textContent: `${each.label} ${showField(each, result)}` }));
  const simulated = sheet.simulated && el('span', { className: 'tag simulated', textContent: 'Simulator' });
  return el('div', { className: 'flags' }, simulated, warnings);
}

// OutOfMemory reads as Out of memory.
const kindName = (kind) => kind.charAt(0) + kind.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function missing(result) {
  const problem = result.problem;
  const words = problem ? [kindName(problem.kind), problem.found, problem.remedy]
    : result.state === 'open' ? ['Not rendered yet', 'This run is still open.', 'Give the same command again to go on.']
      : ['Nothing to look at', 'This run left no video and no image.', ''];
  return el('div', { className: 'missing' }, el('strong', { textContent: words[0] }),
    el('p', { textContent: words[1], title: words[1] }), el('p', { textContent: words[2], title: words[2] }));
}

function value(each, text, at) {
  const long = each.kind !== 'number' && text.length > 26;
  const row = el('div', { className: `value ${each.kind}${long ? ' long' : ''}${at === undefined ? '' : ' placed'} ${sortedMark(each)}` },
    el('dt', { textContent: each.label, title: each.label }), el('dd', { textContent: text, title: text }));
  row.dataset.field = each.id;
  if (at !== undefined) row.style.setProperty('--at', at);
  return row;
}

function valueOf(each, result) {
  const found = each.get(result);
  const place = each.kind === 'number' && each.extent && typeof found === 'number'
    ? (found - each.extent[0]) / (each.extent[1] - each.extent[0]) : undefined;
  return value(each, show(found), place);
}

function measures(result) {
  const cells = MEASURED.filter((each) => each.get(result) !== undefined && !each.warned).map((each) => {
    const cell = el('div', { className: sortedMark(each) }, el('dt', { textContent: each.label, title: each.label }), el('dd', { textContent: showField(each, result) }));
    cell.dataset.field = each.id;
    return cell;
  });
  return cells.length > 0 && el('dl', { className: 'measures' }, cells);
}

// Seeds last: they say least.
const IN_ORDER = [...PARAMETERS].sort((a, b) => (a.kind === 'seed') - (b.kind === 'seed'));
const sortedMark = (each) => (each.id === view.sort ? 'sorted' : '');

// What is told of a card to those who do not see it.
function spoken(result) {
  const values = PARAMETERS.slice(0, 6).map((each) => `${each.label} ${show(each.get(result))}`);
  return [result.run, STATE.get(result), ...values].join(', ');
}

// The card alone. Hundreds of them are made before anything is shown, so what is in it comes later.
function makeCard(result) {
  const kind = result.frames > 0 ? 'seen' : { open: 'open', failed: 'failed' }[result.state] ?? 'unseen';
  const card = el('article', { className: `card ${kind}`, role: 'listitem', tabIndex: -1, ariaLabel: spoken(result) });
  card.dataset.run = result.run;
  return { card, result };
}

function fillCard(item) {
  const { card, result } = item;
  if (item.stage) return;
  const seen = result.frames > 0;
  item.tick = el('input', { type: 'checkbox', ariaLabel: `Select ${result.run} to compare`, disabled: !seen, onchange: () => toggleSelected(result.id) });
  item.stage = el('div', { className: seen ? 'stage' : '' }, seen ? frames(result) : missing(result));
  item.star = starButton(result);
  if (seen) {
    item.stage.append(flags(result), el('div', { className: 'clock', textContent: result.video ? short(result.duration) : 'Image' }));
    item.stage.firstChild.append(track(result));
    wireStage(item);
  }
  const head = el('div', { className: 'head' }, el('label', { className: 'tick' }, item.tick),
    el('span', { className: 'run', textContent: result.run, title: result.run }),
    result.shot && el('span', { className: 'tag', textContent: result.shot }), item.star);
  card.append(item.stage, head, el('dl', { className: 'values' }, IN_ORDER.map((each) => valueOf(each, result))), measures(result) || '');
  paintMark(item);
}
