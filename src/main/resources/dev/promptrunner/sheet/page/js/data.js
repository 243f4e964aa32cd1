// The data beside the page, and the fields by which it is sorted, filtered and drawn.
const sheet = window.contactSheet ?? { title: 'Contact sheet', key: '', parameters: [], measures: [], results: [],
  problems: ['The folder contact-sheet beside this page is missing: copy it together with the page.'] };

const results = sheet.results.map((result, id) => ({ measures: {}, posters: [], ...result, id }));
const byRun = new Map(results.map((result) => [result.run, result]));
const varied = sheet.parameters.filter((parameter) => parameter.varies);
const common = sheet.parameters.filter((parameter) => !parameter.varies);

for (const result of results) {
  const values = Object.entries(result.parameters).flat();
  const problem = result.problem ? Object.values(result.problem) : [];
  result.text = [result.run, result.shot, result.state, ...values, ...problem].join('\n').toLowerCase();
  result.duration = result.frames && result.fps ? result.frames / result.fps : 0;
}

const field = (id, label, kind, group, get) => ({ id, label, kind, group, get });

const GENERAL = [
  field('index', 'Order', 'number', 'General', (result) => result.index),
  field('run', 'Name', 'text', 'General', (result) => result.run),
  field('sample', 'Sample', 'number', 'General', (result) => result.sample),
  field('shot', 'Shot', 'choice', 'General', (result) => result.shot || undefined),
  field('seconds', 'Render time', 'number', 'General', (result) => result.seconds),
];

const PARAMETERS = varied.map((parameter) => field(`p:${parameter.name}`, nameOf(parameter.name), parameter.kind,
  'Parameters', (result) => result.parameters[parameter.name]));

// Known measures first. Black and frozen are shares of the video, and a warning when they are notable.
const WARNED = ['black', 'frozen'];
const NOTABLE = 0.02;
const rank = (name) => (Object.keys(MEASURES).indexOf(name) + 1 || Infinity);
const MEASURED = sheet.measures.toSorted((a, b) => rank(a) - rank(b) || 0).map((name) => ({
  ...field(`m:${name}`, measureName(name), 'number', 'Measures', (result) => result.measures[name]),
  warned: WARNED.includes(name) }));

const showField = (each, result) => (each.warned ? share(each.get(result)) : show(each.get(result)));

const fields = [...GENERAL, ...PARAMETERS, ...MEASURED];
const fieldOf = new Map(fields.map((each) => [each.id, each]));

// From the least to the greatest value; undefined when there are not two different ones.
function extent(each) {
  let low = Infinity;
  let high = -Infinity;
  for (const result of results) {
    const value = each.get(result);
    if (typeof value === 'number') {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low < high ? [low, high] : undefined;
}

for (const each of fields) each.extent = each.kind === 'text' || each.kind === 'choice' ? undefined : extent(each);

// The different values of a field of choices, each once.
function choices(each) {
  const different = new Set(results.map(each.get).filter((value) => value !== undefined));
  return [...different].sort((a, b) => collator.compare(String(a), String(b)));
}

// Digits by their number: a seed of 20 digits is compared whole.
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
