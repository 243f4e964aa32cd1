// A new sweep file around the favourites. All numbers and texts in it come with the data; here they
// are only chosen.
const NAME_ENDS = /\.ya?ml$/i;
const narrowName = (file) => file.replace(NAME_ENDS, '') + '-narrowed.yaml';

const valuesOf = (gap, chosen) => chosen.map((result) => result.parameters[gap.parameter]).filter((found) => found !== undefined);

// One rung of the ladder further than the least and the greatest of the favourites.
function rungs(gap, chosen) {
  const numbers = valuesOf(gap, chosen).filter((found) => typeof found === 'number');
  if (numbers.length === 0) return undefined;
  const below = gap.ladder.filter((rung) => rung.at < Math.min(...numbers)).at(-1) ?? gap.ladder[0];
  const above = gap.ladder.find((rung) => rung.at > Math.max(...numbers)) ?? gap.ladder.at(-1);
  return below.at < above.at ? [below, above] : undefined;
}

// The choices that occur; all, when the favourites have none of them.
function keptChoices(gap, chosen) {
  const found = valuesOf(gap, chosen);
  const kept = gap.choices.filter((choice) => found.includes(choice.value));
  return kept.length > 0 ? kept : gap.choices;
}

function filled(gap, chosen) {
  if (gap.part === 'name') return /^["']/.test(gap.was) ? gap.was.slice(0, -1) + '-narrowed' + gap.was.at(-1) : `${gap.was}-narrowed`;
  if (gap.part === 'values') {
    const kept = keptChoices(gap, chosen).map((choice) => choice.text);
    return kept.length < gap.choices.length ? gap.before + kept.join(gap.between) + gap.after : gap.was;
  }
  const range = rungs(gap, chosen);
  if (!range) return gap.was;
  if (gap.part === 'count') return String(Math.round((range[1].at - range[0].at) / gap.step) + 1);
  return gap.part === 'min' ? range[0].text : range[1].text;
}

function narrowed(chosen) {
  const body = sheet.sweep.pieces.map((piece) => (typeof piece === 'string' ? piece : filled(piece, chosen))).join('');
  const names = chosen.map((result) => result.run).join(', ').replace(/[^\x20-\x7e\u00a0-\ud7ff]/g, ' ');
  return `# Narrowed around ${many(chosen.length, 'favourite', 'favourites')} of ${sheet.sweep.file}: ${names}\n`
    + `# Put it beside that file: its paths are relative.\n${body}`;
}

function list(chosen) {
  const entries = chosen.map(({ run, shot, file, parameters, measures: measured }) => ({ run, shot, file, parameters, measures: measured }));
  return `${JSON.stringify({ sheet: sheet.title, favourites: entries }, null, 2)}\n`;
}

// The ranges and choices before and after, one row for each parameter.
function changes(chosen) {
  const rows = new Map();
  for (const gap of sheet.sweep.pieces) {
    if (typeof gap === 'string' || gap.part === 'name' || gap.part === 'count') continue;
    const now = filled(gap, chosen);
    const row = rows.get(gap.parameter) ?? { was: [], now: [], changed: false };
    row.was.push(gap.part === 'values' ? many(gap.choices.length, 'choice', 'choices') : gap.was);
    row.now.push(gap.part === 'values' ? keptChoices(gap, chosen).map((choice) => show(choice.value)).join(', ') : now);
    row.changed ||= now !== gap.was;
    rows.set(gap.parameter, row);
  }
  return [...rows].map(([name, row]) => ({ name: nameOf(name), was: row.was.join(' – '), now: row.changed ? row.now.join(' – ') : 'as it was', changed: row.changed }));
}

function preview(chosen) {
  const rows = changes(chosen).map(({ name, was, now, changed }) => el('tr', {}, el('td', { textContent: name }), el('td', { textContent: was }),
    el('td', { className: changed ? 'changed' : '', textContent: now })));
  return [el('p', { textContent: `Ranges reach one step beyond the ${many(chosen.length, 'favourite', 'favourites')}, within the old ones; of choices those stay that occur.` }),
    el('table', {}, el('thead', {}, el('tr', {}, ['Parameter', 'Was', 'Narrowed to'].map((text) => el('th', { textContent: text })))), el('tbody', {}, rows))];
}

function exportFavourites() {
  const chosen = favourites.all();
  if (chosen.length === 0) {
    toast('Mark favourites with the star (s) first.');
    return;
  }
  const close = () => dialog.close();
  const save = sheet.sweep && el('button', { className: 'button main', textContent: `Save ${narrowName(sheet.sweep.file)}`, autofocus: true,
    onclick: () => { download(narrowName(sheet.sweep.file), narrowed(chosen), 'application/yaml'); close(); } });
  const saveList = el('button', { className: `button${save ? '' : ' main'}`, textContent: 'Save the list (JSON)',
    onclick: () => { download('favourites.json', list(chosen), 'application/json'); close(); } });
  const dialog = el('dialog', { className: 'small export', ariaLabel: 'Export favourites', onclose: () => dialog.remove() },
    el('button', { className: 'button icon close', ariaLabel: 'Close', onclick: close }, icon('close')),
    el('h2', { textContent: 'Export favourites' }),
    save ? preview(chosen) : el('p', { textContent: 'No sweep file came with these results: favourites are exported as a list.' }),
    el('div', { className: 'end' }, saveList, save));
  document.body.append(dialog);
  dialog.showModal();
}
