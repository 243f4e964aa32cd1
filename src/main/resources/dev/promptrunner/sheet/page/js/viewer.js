// The dialog that shows one result in full, or two to four side by side.
const LETTERS = ['A', 'B', 'C', 'D'];
const SPEEDS = [0.1, 0.25, 0.5, 1, 2];

const viewer = (() => {
  const dialog = el('dialog', { className: 'viewer', ariaLabel: 'Viewer' });
  let shown = [];
  let clips;
  let parts = {};
  let flicked = 0;

  function media(result) {
    if (!result.video) return el('img', { src: address(result.file), alt: result.run });
    const video = el('video', { src: address(result.file), muted: true, preload: 'auto', playsInline: true, tabIndex: -1 });
    if (result.posters[0]) video.poster = address(result.posters[0]);
    video.addEventListener('error', () => video.replaceWith(cannotPlay(result)));
    return video;
  }

  function cannotPlay(result) {
    return el('div', { className: 'note' }, 'This browser cannot play the file. ',
      el('a', { href: address(result.file), download: '', textContent: result.file }));
  }

  function clipNode(result, index) {
    const node = media(result);
    const star = starButton(result);
    const stage = el('div', { className: 'clip-stage', onclick: () => clips?.toggle() }, node);
    const differing = shown.length > 1 ? PARAMETERS.filter((each) => new Set(shown.map(each.get)).size > 1) : [];
    const head = shown.length > 1 && el('div', { className: 'clip-head' }, el('b', { textContent: LETTERS[index] }),
      el('span', { className: 'run', textContent: result.run, title: result.run }), star);
    const values = el('dl', { className: 'values' }, differing.map((each) => valueOf(each, result)));
    return { node, star, result, box: el('div', { className: 'clip' }, stage, head, differing.length > 0 && values) };
  }

  function rows(title, entries) {
    return entries.length > 0 && [el('h3', { textContent: title }), el('dl', {}, entries)];
  }

  function details(result) {
    const parameter = (each) => {
      const row = value({ id: '', kind: '', label: nameOf(each.name) }, show(result.parameters[each.name]));
      row.classList.toggle('varies', each.varies);
      return row;
    };
    const plain = (label, text) => value({ id: '', kind: '', label }, text);
    const file = [plain('File', result.file), plain('Size', `${result.width} × ${result.height}`)];
    if (result.video) file.push(plain('Length', `${result.frames} frames, ${Number(result.fps.toFixed(3))} fps, ${short(result.duration)}`));
    if (result.seconds !== undefined) file.push(plain('Render time', short(result.seconds)));
    if (result.borders.length > 0) file.push(plain('Chunks begin at', result.borders.join(', ')));
    const has = sheet.parameters.filter((each) => each.name in result.parameters);
    return el('div', { className: 'details', tabIndex: 0, role: 'region', ariaLabel: 'Details' },
      rows('Varied', has.filter((each) => each.varies).map(parameter)),
      rows('Measures', MEASURED.filter((each) => each.get(result) !== undefined).map((each) => plain(each.label, showField(each, result)))),
      rows('File', file), rows('Common to all', has.filter((each) => !each.varies).map(parameter)));
  }

  const button = (name, label, onclick, content) => el('button', { className: `button${content ? '' : ' icon'}`, ariaLabel: label, title: label, onclick }, content ?? icon(name));

  function position() {
    const input = el('input', { type: 'range', min: 0, max: 1, step: 'any', ariaLabel: 'Position', oninput: () => {
      const playing = clips.playing;
      if (playing) clips.pause();
      clips.toFrame(Math.floor(input.value * clips.leader.result.frames));
    } });
    parts.position = input;
    const { result } = clips.leader;
    const marks = result.borders.map((border) => {
      const mark = el('u', { title: `A chunk begins at frame ${border}` });
      mark.style.left = `calc(8px + ${border / result.frames} * (100% - 16px))`;
      return mark;
    });
    return el('div', { className: 'position' }, input, marks);
  }

  function transport() {
    if (!clips) return el('div', { className: 'transport' });
    parts.play = button('play', 'Play or pause (space)', () => clips.toggle());
    parts.time = el('span', { className: 'time' });
    parts.loop = button('loop', 'Loop (l)', toggleLoop);
    parts.sound = button('sound', 'Sound (m)', toggleSound);
    const speed = el('select', { ariaLabel: 'Speed', onchange: () => clips.set({ speed: Number(speed.value) }) },
      SPEEDS.map((each) => el('option', { value: each, textContent: `${each}×`, selected: each === 1 })));
    const several = clips.clips.length > 1;
    parts.mode = several && button('', 'Same moment by time or by fraction of the length (t)', toggleMode, 'Same time');
    parts.flick = shown.length > 1 && button('', 'One in the place of the other (f)', toggleFlick, 'Flick');
    return el('div', { className: 'transport' }, button('back', 'One frame back (,)', () => clips.step(-1)), parts.play,
      button('next', 'One frame on (.)', () => clips.step(1)), position(), parts.time, parts.loop, parts.sound, parts.mode, parts.flick, speed);
  }

  function toggleSound() { clips?.hear(!clips.heard); }
  function toggleLoop() { clips?.set({ loop: !clips.loop }); }
  function toggleMode() { clips?.set({ mode: clips.mode === 'time' ? 'fraction' : 'time' }); }

  function toggleFlick() {
    if (shown.length < 2) return;
    if (!dialog.classList.contains('flick')) {
      dialog.classList.add('flick');
      pick(0);
    } else if (flicked === shown.length - 1) {
      dialog.classList.remove('flick');
    } else {
      pick(flicked + 1);
    }
    tell();
  }

  function pick(index) {
    flicked = index;
    parts.nodes.forEach((each, at) => each.box.classList.toggle('on', at === index));
  }

  const pressed = (node, on) => node && node.setAttribute('aria-pressed', on);

  function tell() {
    if (!dialog.open) return;
    for (const each of parts.nodes) paintStar(each.star, each.result);
    if (parts.topStar) paintStar(parts.topStar, shown[0]);
    if (!clips) return;
    const { result } = clips.leader;
    parts.position.value = clamp((clips.frame + 0.5) / result.frames, 0, 1);
    parts.time.textContent = `${clock(clips.position)} / ${clock(clips.duration)}  frame\u00a0${clips.frame}\u00a0/\u00a0${result.frames - 1}`;
    if (parts.play.dataset.playing !== String(clips.playing)) {
      parts.play.dataset.playing = clips.playing;
      parts.play.replaceChildren(icon(clips.playing ? 'pause' : 'play'));
    }
    pressed(parts.loop, clips.loop);
    pressed(parts.sound, clips.heard);
    if (parts.mode) parts.mode.textContent = clips.mode === 'time' ? 'Same time' : 'Same fraction';
    pressed(parts.mode, clips.mode === 'fraction');
    pressed(parts.flick, dialog.classList.contains('flick'));
  }

  function build() {
    const single = shown.length === 1;
    parts = { nodes: shown.map(clipNode) };
    const videos = parts.nodes.filter((each) => each.result.video).map((each) => ({ video: each.node, result: each.result }));
    clips = videos.length > 0 ? new Clips(videos, tell) : undefined;
    parts.topStar = single && starButton(shown[0]);
    const title = single ? shown[0].run : `Comparing ${shown.length}`;
    const actual = button('', 'Each pixel as it is (z)', () => dialog.classList.toggle('actual'), '1:1');
    const top = el('div', { className: 'viewer-top' }, el('strong', { textContent: title }), parts.topStar,
      sheet.simulated && el('span', { className: 'tag simulated', textContent: 'Simulator' }), el('span', { className: 'gap' }),
      single && button('back', 'The result before (arrow up)', () => walk(-1)), single && button('next', 'The next result (arrow down)', () => walk(1)),
      actual, button('close', 'Close (Esc)', () => dialog.close()));
    const tall = shown.every(tallOf);
    const row = el('div', { className: `clips${shown.length === 2 ? ' two' : ''}` }, parts.nodes.map((each) => each.box));
    row.style.setProperty('--columns', shown.length === 4 && !tall ? 2 : shown.length);
    dialog.replaceChildren(top, row, single && details(shown[0]) || '', transport());
    dialog.classList.remove('flick');
  }

  function open(list) {
    clips?.close();
    shown = list;
    build();
    if (!dialog.open) dialog.showModal();
    (parts.play ?? dialog.querySelector('button')).focus();
    tell();
    clips?.play();
  }

  // To the neighbour in the order of the grid.
  function walk(by) {
    if (shown.length !== 1) return;
    const seen = order.map((item) => item.result).filter((result) => result.frames > 0);
    const next = seen[seen.indexOf(shown[0]) + by];
    if (next) open([next]);
  }

  const KEYS = {
    ' ': () => clips?.toggle(), k: () => clips?.toggle(), ',': () => clips?.step(-1), '.': () => clips?.step(1), ArrowLeft: () => clips?.step(-1),
    ArrowRight: () => clips?.step(1), Home: () => clips?.toFrame(0), End: () => clips?.toFrame(clips.leader.result.frames - 1),
    ArrowUp: () => walk(-1), ArrowDown: () => walk(1), l: toggleLoop, m: toggleSound, t: toggleMode, f: toggleFlick,
    s: () => shown.length === 1 && favourites.toggle(shown[0].run), z: () => dialog.classList.toggle('actual'),
  };

  dialog.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'SELECT') return;
    const index = Number(event.key) - 1;
    const key = index >= 0 && index < shown.length ? () => dialog.classList.contains('flick') && (pick(index), tell()) : KEYS[event.key];
    if (key) {
      event.preventDefault();
      key();
    }
    event.stopPropagation();
  });
  dialog.addEventListener('close', () => {
    clips?.close();
    clips = undefined;
    const card = shown.length === 1 && items[shown[0].id].card;
    dialog.replaceChildren();
    if (card && !card.hidden) focusCard(card);
  });
  document.body.append(dialog);
  listen(tell);
  return { open, get isOpen() { return dialog.open; } };
})();
