// The mouse over a card runs through its video: the posters until the video is there, then itself.
const KEPT_VIDEOS = 6;
const opened = []; // the videos made last; older ones are taken away, as each holds a decoder

function videoFor(item) {
  if (!item.video) {
    item.video = el('video', { muted: true, preload: 'metadata', playsInline: true, hidden: true, tabIndex: -1, src: address(item.result.file) });
    item.video.setAttribute('aria-hidden', 'true');
    item.video.addEventListener('error', () => { item.broken = true; item.video.hidden = true; });
    item.video.addEventListener('seeked', () => { item.video.hidden = !item.over; seekOn(item); });
    item.video.addEventListener('loadedmetadata', () => seekOn(item));
    item.stage.firstChild.insertBefore(item.video, item.stage.querySelector('.track'));
  }
  const at = opened.indexOf(item);
  if (at >= 0) opened.splice(at, 1);
  opened.push(item);
  if (opened.length > KEPT_VIDEOS) closeVideo(opened.shift());
  return item.video;
}

function closeVideo(item) {
  item.video.removeAttribute('src');
  item.video.load();
  item.video.remove();
  item.video = undefined;
}

// One seek at a time: while it is under way only the latest wish is kept.
function seekOn(item) {
  const video = item.video;
  if (!video || video.seeking || video.readyState < 1 || item.wish === undefined) return;
  const frame = Math.min(item.result.frames - 1, Math.floor(item.wish * item.result.frames));
  const time = (frame + 0.5) / item.result.fps;
  item.wish = undefined;
  if (Math.abs(video.currentTime - time) > 0.25 / item.result.fps) video.currentTime = time;
  else video.hidden = !item.over;
}

function scrubTo(item, event) {
  const box = item.stage.getBoundingClientRect();
  const fraction = clamp((event.clientX - box.left) / box.width, 0, 0.9999);
  item.wish = fraction;
  item.stage.querySelector('.track i').style.transform = `scaleX(${fraction})`;
  item.stage.querySelector('.clock').textContent = clock(fraction * item.result.duration);
  const main = item.stage.querySelector('.shot > img');
  if (main) main.src = address(posterOf(item.result, Math.floor(fraction * item.result.posters.length)));
  if (!item.broken) {
    videoFor(item);
    seekOn(item);
  }
}

function leave(item) {
  item.over = false;
  item.wish = undefined;
  item.stage.classList.remove('scrubbing');
  item.stage.querySelector('.clock').textContent = short(item.result.duration);
  if (item.video) item.video.hidden = true;
  const main = item.stage.querySelector('.shot > img');
  if (main) main.src = address(posterOf(item.result, 1));
}

function makeScrubbable(item) {
  if (!item.result.video) return;
  item.stage.addEventListener('pointerenter', (event) => {
    if (event.pointerType !== 'mouse') return;
    item.over = true;
    item.stage.classList.add('scrubbing');
  });
  item.stage.addEventListener('pointermove', (event) => { if (item.over) scrubTo(item, event); });
  item.stage.addEventListener('pointerleave', () => { if (item.over) leave(item); });
}
