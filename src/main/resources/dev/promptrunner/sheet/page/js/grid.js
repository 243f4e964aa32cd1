// All cards, made once; sorting moves them, filtering hides them. Those in and near the window are filled
// at once, the others while the browser has nothing else to do.
const FIRST = 16;
const FILL_MILLIS = 8;
const LONG_PRESS = 450;
const items = results.map(makeCard);
let order = [];
let painted = '';

function wireStage(item) {
  const { card, stage, result } = item;
  makeScrubbable(item);
  let timer = 0;
  let pressed = false;
  stage.addEventListener('pointerdown', (event) => {
    pressed = false;
    if (event.pointerType !== 'touch') return;
    timer = setTimeout(() => {
      pressed = true;
      toggleSelected(result.id);
      navigator.vibrate?.(15);
    }, LONG_PRESS);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointermove']) {
    stage.addEventListener(end, (event) => { if (end !== 'pointermove' || Math.hypot(event.movementX, event.movementY) > 6) clearTimeout(timer); });
  }
  stage.addEventListener('contextmenu', (event) => { if (pressed) event.preventDefault(); });
  stage.addEventListener('click', (event) => {
    if (pressed) return;
    focusCard(card, false);
    if (event.shiftKey || event.ctrlKey || event.metaKey) toggleSelected(result.id);
    else viewer.open([result]);
  });
}

function focusCard(card, scroll = true) {
  for (const item of items) item.card.tabIndex = item.card === card ? 0 : -1;
  card.focus({ preventScroll: !scroll });
}

// Moves the cards only when their order is another.
function arrange(shown) {
  const now = shown.map((result) => result.id).join();
  if (now === painted) return;
  painted = now;
  const before = document.activeElement?.closest?.('.card');
  const visible = new Set(shown.map((result) => result.id));
  order = shown.map((result) => items[result.id]);
  for (const item of items) item.card.hidden = !visible.has(item.result.id);
  $('grid').append(...order.map((item) => item.card));
  if (before && !before.hidden) before.focus({ preventScroll: true });
  if (!order.some((item) => item.card.tabIndex === 0) && order.length > 0) order[0].card.tabIndex = 0;
}

let markedField = '';

function markSorted() {
  if (markedField === view.sort) return;
  for (const node of $('grid').querySelectorAll('.sorted')) node.classList.remove('sorted');
  markedField = view.sort;
  for (const node of $('grid').querySelectorAll(`[data-field="${CSS.escape(view.sort)}"]`)) node.classList.add('sorted');
}

function paintMark(item) {
  const selected = view.selected.includes(item.result.id);
  item.card.classList.toggle('selected', selected);
  if (!item.stage) return;
  item.tick.checked = selected;
  paintStar(item.star, item.result);
}

const whenIdle = window.requestIdleCallback ?? ((task) => setTimeout(task, 30));

function fillRest(from) {
  const end = performance.now() + FILL_MILLIS;
  let next = from;
  while (next < items.length && performance.now() < end) {
    fillCard(items[next]);
    next += 1;
  }
  if (next < items.length) whenIdle(() => fillRest(next));
  else performance.mark('contact-sheet-complete');
}

function fillCards() {
  order.slice(0, FIRST).forEach(fillCard);
  measureCard();
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((each) => each.isIntersecting)) {
      fillCard(items[entry.target.dataset.id]);
      near.unobserve(entry.target);
    }
  }, { rootMargin: '900px 0px' });
  for (const item of items) {
    item.card.dataset.id = item.result.id;
    near.observe(item.card);
  }
  whenIdle(() => fillRest(0));
}

function drawGrid() {
  const shown = shownResults();
  arrange(shown);
  markSorted();
  items.forEach(paintMark);
  $('none').hidden = shown.length > 0 || results.length === 0;
}

// What a card measures, for those that were never laid out (the scroll bar keeps still) and for those without frames.
function measureCard() {
  const card = order.find((item) => item.result.frames > 0)?.card;
  if (!card) return;
  const stage = card.firstChild;
  $('grid').style.setProperty('--card-height', `${Math.round(card.offsetHeight)}px`);
  $('grid').style.setProperty('--stage', `${stage.offsetWidth} / ${stage.offsetHeight}`);
}
