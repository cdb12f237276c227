// Plays several versions of one sound in step: all of them run, and one is heard. So a switch needs no time and keeps
// the position to the sample. Nothing here draws.

const RAMP = 0.006;  // seconds of a fade: too short to notice, too long to click

class Transport {
  // One output for all sounds of a page at this rate, and one sound at a time.
  static outputs = (globalThis.courseOutputs ??= new Map());

  static pauseAll() {
    (globalThis.coursePlaying ?? { pause() {} }).pause();
  }

  constructor(sampleRate, changed) {
    this.sampleRate = sampleRate;
    this.changed = changed;  // called when it starts, stops, switches or moves
    this.buffers = [];
    this.gains = [];
    this.chosen = 0;
    this.at = 0;             // seconds, while it does not play
    this.region = null;      // [from, to] in seconds: is repeated
    this.voices = null;      // what sounds: { sources, levels, master, start, from }
  }

  // Take other sounds, files as bytes. While it plays it goes on with them, at the same position.
  async load(files, gains) {
    const decoder = new OfflineAudioContext(1, 1, this.sampleRate);
    const decoded = await Promise.all(files.map((bytes) => decoder.decodeAudioData(bytes.slice().buffer)));
    const length = Math.max(...decoded.map((sound) => sound.length));
    const playing = this.playing;
    this.stop();
    this.buffers = decoded.map((sound) => {
      const buffer = new AudioBuffer({ length, sampleRate: this.sampleRate });
      buffer.copyToChannel(sound.getChannelData(0), 0);
      return buffer;
    });
    this.gains = gains;
    this.at = Math.min(this.at, this.duration);
    this.chosen = Math.min(this.chosen, files.length - 1);
    if (playing) await this.play();
  }

  get duration() {
    return this.buffers[0]?.duration ?? 0;
  }

  get playing() {
    return this.voices !== null;
  }

  // Seconds into the sound, as it leaves this program.
  get time() {
    return this.position(0);
  }

  // Seconds into the sound, as it reaches the ear: wireless headphones are late.
  get heard() {
    return this.position(this.voices?.audio.outputLatency ?? 0);
  }

  position(latency) {
    if (!this.voices) return this.at;
    const { start, from, audio } = this.voices;
    const time = from + Math.max(0, audio.currentTime - latency - start);
    if (!this.region || time < this.region[1]) return Math.min(time, this.duration);
    const [a, b] = this.region;
    return a + ((time - a) % (b - a));
  }

  async play() {
    Transport.pauseAll();
    const outputs = Transport.outputs;
    if (!outputs.has(this.sampleRate)) outputs.set(this.sampleRate, new AudioContext({ sampleRate: this.sampleRate }));
    const audio = outputs.get(this.sampleRate);
    globalThis.coursePlaying = this;
    await audio.resume();  // it sleeps until the page is touched
    if (this.voices || globalThis.coursePlaying !== this) return;
    const [a, b] = this.region ?? [0, this.duration];
    const from = this.at < b - 0.01 && this.at >= 0 ? this.at : a;
    const start = audio.currentTime + 0.01;
    const master = new GainNode(audio, { gain: 0 });
    master.gain.setValueAtTime(0, start);
    master.gain.linearRampToValueAtTime(1, start + RAMP);
    master.connect(audio.destination);
    const levels = this.buffers.map((_, k) => new GainNode(audio, { gain: k === this.chosen ? this.gains[k] : 0 }));
    const sources = this.buffers.map((buffer, k) => {
      const source = new AudioBufferSourceNode(audio, { buffer, ...this.loop() });
      source.connect(levels[k]).connect(master);
      source.start(start, from);
      return source;
    });
    this.voices = { sources, levels, master, start, from, audio };
    sources[0].onended = () => {
      if (this.voices?.sources !== sources) return;
      this.stop();
      this.at = 0;
      this.changed();
    };
    this.changed();
  }

  loop() {
    return this.region ? { loop: true, loopStart: this.region[0], loopEnd: this.region[1] } : { loop: false };
  }

  pause() {
    this.stop();
    this.changed();
  }

  stop() {
    if (!this.voices) return;
    this.at = this.time;
    const { sources, master, audio } = this.voices;
    this.voices = null;
    if (globalThis.coursePlaying === this) globalThis.coursePlaying = null;
    const now = audio.currentTime;
    master.gain.cancelScheduledValues(now);
    master.gain.setTargetAtTime(0, now, RAMP / 3);
    sources.forEach((source) => source.stop(now + 2 * RAMP));
  }

  async toggle() {
    if (this.playing) this.pause();
    else await this.play();
  }

  async seek(time) {
    const playing = this.playing;
    this.stop();
    this.at = Math.min(Math.max(time, 0), this.duration);
    if (playing) await this.play();
    this.changed();
  }

  // Let another version be heard.
  choose(k) {
    if (k < 0 || k >= this.buffers.length) return;
    this.chosen = k;
    this.level();
    this.changed();
  }

  setGains(gains) {
    this.gains = gains;
    this.level();
  }

  level() {
    if (!this.voices) return;
    const { levels, audio } = this.voices;
    levels.forEach((level, k) => {
      const now = audio.currentTime;
      level.gain.cancelScheduledValues(now);
      level.gain.setValueAtTime(level.gain.value, now);
      level.gain.linearRampToValueAtTime(k === this.chosen ? this.gains[k] : 0, now + RAMP);
    });
  }

  // Repeat from one moment to another, or nothing.
  async repeat(region) {
    this.region = region && region[1] - region[0] >= 0.05 ? region : null;
    const outside = this.region && (this.time < this.region[0] || this.time >= this.region[1]);
    if (outside) await this.seek(this.region[0]);
    else if (this.playing) await this.seek(this.time);
    this.changed();
  }
}
