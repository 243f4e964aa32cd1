// Building elements. Text goes in as text nodes alone: a prompt may hold HTML.
const SVG = 'http://www.w3.org/2000/svg';

const $ = (id) => document.getElementById(id);

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name in node && !(node instanceof SVGElement)) node[name] = value;
    else node.setAttribute(name === 'className' ? 'class' : name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

const el = (tag, props = {}, ...children) => fill(document.createElement(tag), props, children);
const svg = (tag, props = {}, ...children) => fill(document.createElementNS(SVG, tag), props, children);

const ICONS = {
  star: 'M8 1.9l1.9 3.9 4.2.6-3 3 .7 4.2L8 11.6l-3.8 2 .7-4.2-3-3 4.2-.6z',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  chart: 'M2 13.5V2M2 13.5h12M5 10l3-4 2.5 2.5L14 4',
  save: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  close: 'M4 4l8 8M12 4l-8 8',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M3 13l1.1-1.1M11.9 4.1L13 3',
  moon: 'M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2z',
  play: 'M4.5 2.5l9 5.5-9 5.5z',
  pause: 'M5 3v10M11 3v10',
  back: 'M10.5 3.5L5.5 8l5 4.5',
  next: 'M5.5 3.5l5 4.5-5 4.5',
  sound: 'M2.5 6v4h2.5L8.5 13V3L5 6zM11 5.8a3 3 0 0 1 0 4.4M12.8 4a5.6 5.6 0 0 1 0 8',
  loop: 'M3 7a4 4 0 0 1 4-3.5h5M10 1.5l2.2 2L10 5.5M13 9a4 4 0 0 1-4 3.5H4M6 14.5l-2.2-2L6 10.5',
};

function icon(name) {
  const path = svg('path', { d: ICONS[name] });
  return svg('svg', { viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5,
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' }, path);
}

let toastTimer = 0;

function toast(text) {
  const node = $('toast');
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, 3500);
}

// A store that some browsers forbid for files: without it, nothing is remembered.
const memory = {
  get(name) {
    try { return JSON.parse(localStorage.getItem(`contact-sheet:${name}`)); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`contact-sheet:${name}`, JSON.stringify(value)); return true; } catch { return false; }
  },
};

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
