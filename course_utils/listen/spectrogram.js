// Power spectrograms of sounds, as pictures with a row for each frequency and a column for each frame.

const N_FFT = 512, HOP = 128, SPAN_DB = 80;

// In-place FFT of a length that is a power of 2 (Cooley and Tukey 1965, radix 2, decimation in time).
function fft(re, im) {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2, step = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const c = COS[k * step], s = SIN[k * step], a = start + k, b = a + half;
        const x = re[b] * c + im[b] * s, y = im[b] * c - re[b] * s;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

const COS = Float64Array.from({ length: N_FFT / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / N_FFT));
const SIN = Float64Array.from({ length: N_FFT / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / N_FFT));
const WINDOW = Float64Array.from({ length: N_FFT }, (_, k) => 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / N_FFT));

// Levels in dB, frame by frame, of samples with silence around them; frames are centred, as in the course's `stft`.
function levels(x) {
  const frames = 1 + Math.floor(x.length / HOP), bins = N_FFT / 2 + 1;
  const out = new Float32Array(frames * bins);
  const re = new Float64Array(N_FFT), im = new Float64Array(N_FFT);
  const padded = new Float32Array((frames + 1) * HOP + N_FFT);
  padded.set(x, N_FFT / 2);
  for (let frame = 0; frame < frames; frame += 2) {  // two real frames make a complex one
    for (let k = 0; k < N_FFT; k++) {
      re[k] = padded[frame * HOP + k] * WINDOW[k];
      im[k] = padded[(frame + 1) * HOP + k] * WINDOW[k];
    }
    fft(re, im);
    for (let f = 0; f < bins; f++) {
      const g = (N_FFT - f) % N_FFT;
      const a = re[f] + re[g], b = im[f] - im[g], c = im[f] + im[g], d = re[g] - re[f];
      out[frame * bins + f] = 10 * Math.log10((a * a + b * b) / 4 + 1e-12);
      if (frame + 1 < frames) out[(frame + 1) * bins + f] = 10 * Math.log10((c * c + d * d) / 4 + 1e-12);
    }
  }
  return { out, frames, bins };
}

// Pictures of several sounds on one scale: the loudest point of all has the last colour.
function pictures(sounds, colours) {
  const found = sounds.map(levels);
  const top = Math.max(...found.map(({ out }) => out.reduce((a, b) => Math.max(a, b), -120)));
  return found.map(({ out, frames, bins }) => {
    const picture = new OffscreenCanvas(frames, bins), pen = picture.getContext("2d");
    const image = pen.createImageData(frames, bins), pixels = new Uint32Array(image.data.buffer);
    for (let frame = 0; frame < frames; frame++) {
      for (let f = 0; f < bins; f++) {
        const share = (out[frame * bins + f] - top) / SPAN_DB + 1;
        const colour = colours[Math.round(Math.max(0, Math.min(1, share)) * (colours.length - 1))];
        pixels[(bins - 1 - f) * frames + frame] = colour;
      }
    }
    pen.putImageData(image, 0, 0);
    return picture;
  });
}
