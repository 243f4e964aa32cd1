// One to four videos in step. The longest leads; the others are held to it, by the same time or the
// same fraction of their lengths. A position is always that of the leader, in seconds.
class Clips {
  // clips: [{ video, result }]
  constructor(clips, moved) {
    this.clips = clips;
    this.moved = moved;
    this.mode = 'time';
    this.loop = true;
    this.speed = 1;
    this.playing = false;
    this.leader = clips.reduce((best, clip) => (this.length(clip) > this.length(best) ? clip : best), clips[0]);
    this.leader.video.addEventListener('ended', () => this.ended());
    for (const clip of clips) clip.video.addEventListener('seeked', () => this.seeked(clip));
    for (const clip of clips) clip.video.addEventListener('loadedmetadata', () => this.place(clip, this.position));
    this.position = 0;
  }

  length(clip) {
    return clip.video.duration > 0 ? clip.video.duration : clip.result.duration;
  }

  get duration() { return this.length(this.leader); }

  get frame() { return clamp(Math.floor(this.position * this.leader.result.fps + 1e-6), 0, this.leader.result.frames - 1); }

  // The time in this clip when the leader is at the given one; never behind its last frame.
  timeIn(clip, position) {
    const last = (clip.result.frames - 0.5) / clip.result.fps;
    const time = this.mode === 'fraction' ? (position / this.duration) * this.length(clip) : position;
    return clamp(time, 0, last);
  }

  rateOf(clip) {
    return this.speed * (this.mode === 'fraction' ? this.length(clip) / this.duration : 1);
  }

  // A video that is still seeking gets only the latest wish, when it is done.
  place(clip, position) {
    const time = this.timeIn(clip, position);
    if (clip.video.readyState < 1 || clip.video.seeking) clip.wish = position;
    else if (Math.abs(clip.video.currentTime - time) > 1e-4) clip.video.currentTime = time;
  }

  seeked(clip) {
    const wish = clip.wish;
    clip.wish = undefined;
    if (wish !== undefined) this.place(clip, wish);
  }

  seek(position) {
    this.position = clamp(position, 0, this.duration);
    for (const clip of this.clips) this.place(clip, this.position);
    this.moved();
  }

  // To the middle of a frame, where no rounding reaches its neighbour.
  toFrame(frame) {
    const { fps, frames: count } = this.leader.result;
    this.seek((clamp(frame, 0, count - 1) + 0.5) / fps);
  }

  step(by) {
    this.pause();
    this.toFrame(this.frame + by);
  }

  play() {
    if (this.position >= this.duration - 1 / this.leader.result.fps) this.seek(0);
    this.playing = true;
    for (const clip of this.clips) {
      clip.video.playbackRate = this.rateOf(clip);
      clip.video.play().catch(() => {}); // what cannot play shows its own note
    }
    this.follow();
    this.moved();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    for (const clip of this.clips) clip.video.pause();
    this.toFrame(Math.floor(this.leader.video.currentTime * this.leader.result.fps + 1e-6));
  }

  toggle() { if (this.playing) this.pause(); else this.play(); }

  ended() {
    if (!this.playing) return;
    if (this.loop) {
      this.seek(0);
      this.play();
    } else {
      this.playing = false;
      for (const clip of this.clips) clip.video.pause();
      this.toFrame(this.leader.result.frames - 1);
    }
  }

  // While they play: a small difference is made good by the pace, a great one by a jump.
  follow() {
    if (!this.playing) return;
    if (!this.leader.video.seeking) this.position = this.leader.video.currentTime;
    for (const clip of this.clips) if (clip !== this.leader) this.hold(clip);
    this.moved();
    requestAnimationFrame(() => this.follow());
  }

  hold(clip) {
    const { video } = clip;
    if (video.seeking || video.readyState < 2 || this.leader.video.seeking) return;
    const late = this.timeIn(clip, this.position) - video.currentTime;
    if (Math.abs(late) > 0.25) video.currentTime = this.timeIn(clip, this.position);
    const wished = this.rateOf(clip) * (1 + (Math.abs(late) > 0.3 / clip.result.fps ? clamp(late * 2, -0.2, 0.2) : 0));
    if (Math.abs(video.playbackRate - wished) > 0.01) video.playbackRate = wished;
    if (video.paused && !video.ended && late > 0) video.play().catch(() => {});
  }

  // Only the leader is ever heard.
  get heard() { return !this.leader.video.muted; }

  hear(on) {
    this.leader.video.muted = !on;
    this.moved();
  }

  set(patch) {
    Object.assign(this, patch);
    for (const clip of this.clips) clip.video.playbackRate = this.rateOf(clip);
    this.seek(this.position);
  }

  close() {
    this.playing = false;
    for (const { video } of this.clips) {
      video.pause();
      video.removeAttribute('src');
      video.load();
    }
  }
}
