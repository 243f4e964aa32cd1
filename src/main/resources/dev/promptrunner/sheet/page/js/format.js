// Numbers, times and names as a person reads them.
const MEASURES = {
  sharpness: 'Sharpness', motion: 'Motion', flicker: 'Flicker', colour_drift: 'Colour drift',
  seam: 'Seam', black: 'Black', frozen: 'Frozen', ssim: 'SSIM', psnr: 'PSNR',
};

const nameOf = (name) => name.replaceAll('_', ' ');
const measureName = (name) => MEASURES[name] ?? nameOf(name);

function showNumber(value) {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

function show(value) {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return showNumber(value);
  return value === '' ? '(empty)' : String(value);
}

function clock(seconds) {
  const whole = Math.max(0, seconds);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${(whole - 60 * minutes).toFixed(2).padStart(5, '0')}`;
}

function short(seconds) {
  return seconds < 60 ? `${Number(seconds.toFixed(1))} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const many = (count, one, more) => `${count} ${count === 1 ? one : more}`;
const share = (value) => `${Number((100 * value).toPrecision(2))} %`;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// A path of the folder as an address: a name may hold ? # % or a colon.
const address = (path) => './' + path.split('/').map(encodeURIComponent).join('/');
