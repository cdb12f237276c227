// The listening bench: versions of one sound under each other, each with its spectrogram, and one transport for all.

const FREQUENCIES = [1, 2, 4];  // the upper end of the picture is Nyquist's frequency divided by one of these
const STEP = 0.5, FINE = 0.05;  // seconds that an arrow key moves
const NARROWEST = 0.1;          // seconds that a picture shows at least
const HELP = "Space plays and stops. 1 to 9 or the arrows up and down choose a version, left and right move (with " +
  "Shift: a little). [ and ] set the ends of a loop, Escape ends it; so does drawing over a picture with the mouse. " +
  "+ and - zoom in time, F in frequency, M makes all equally loud. All pictures have one scale: from the brightest " +
  "point of all to black it is 80 dB.";

const seconds = (t) => `${t.toFixed(2)} s`;

class Bench {
  // `about`: { sampleRate, colours, tracks: [{ name, note, warning, gain }] }; `gain` makes a version as loud as the others.
  constructor(root, about) {
    this.root = root;
    this.about = about;
    this.view = [0, 0];      // seconds that are seen
    this.range = 0;          // number in FREQUENCIES
    this.transport = new Transport(about.sampleRate, () => this.refresh());
    this.build();
    this.onkey = (event) => this.key(event);
    // Caught before JupyterLab, whose keys would change the cell.
    globalThis.addEventListener("keydown", this.onkey, true);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.stack);
  }

  close() {
    this.transport.stop();
    globalThis.removeEventListener("keydown", this.onkey, true);
    this.observer.disconnect();
  }

  build() {
    const button = (text, label, action) => make("button", { type: "button", title: label, "aria-label": label, onclick: action }, text);
    this.play = button("▶", "Play", () => this.transport.toggle());
    this.clock = make("span", { class: "listen-clock" });
    this.slider = make("input", { type: "range", min: 0, max: 1, step: 0.01, value: 0, "aria-label": "Position",
      oninput: () => this.transport.seek(Number(this.slider.value)) });
    this.loop = button("loop off", "Repeat a part: draw over a picture, or press [ and ] at its ends. Here it ends.", () => this.transport.repeat(null));
    this.match = make("input", { type: "checkbox", onchange: () => this.setGains() });
    this.bar = make("div", { class: "listen-bar", role: "toolbar", "aria-label": "Transport" },
      this.play, this.slider, this.clock, this.loop,
      button("−", "Show more time", () => this.zoom(2)), button("+", "Show less time", () => this.zoom(0.5)),
      this.band = button("", "Upper end of the frequencies", () => this.nextRange()),
      make("label", { title: "Each version is made as loud as the others (ITU-R BS.1770). Off: levels as they are." }, this.match, " same loudness"));
    this.stack = make("div", { class: "listen-stack", role: "radiogroup", "aria-label": "Versions" });
    this.axis = make("canvas", { class: "listen-axis", "aria-hidden": "true" });
    this.status = make("div", { class: "listen-hidden", role: "status" });
    this.root.replaceChildren(this.bar, this.stack, this.status, make("details", {}, make("summary", {}, "keys"), HELP));
    this.buildTracks();
  }

  buildTracks() {
    this.canvases = [];
    this.cursors = [];
    this.shades = [];
    this.buttons = this.about.tracks.map((track, k) => {
      const canvas = make("canvas", { class: "listen-picture", role: "img", "aria-label": `Spectrogram of ${track.name}` });
      const cursor = make("div", { class: "listen-cursor" }), shade = make("div", { class: "listen-region" });
      this.canvases.push(canvas);
      this.cursors.push(cursor);
      this.shades.push(shade);
      const choose = make("button", { type: "button", role: "radio", onclick: () => this.transport.choose(k) },
        make("kbd", { "aria-hidden": "true" }, String(k + 1)), " ", track.name);
      choose.picture = make("div", { class: "listen-track" }, make("div", { class: "listen-about" }, choose,
        make("small", {}, track.note), ...(track.warning ? [make("small", { class: "listen-warning" }, `⚠ ${track.warning}`)] : [])),
        make("div", { class: "listen-view" }, canvas, shade, cursor));
      this.draggable(canvas, k);
      return choose;
    });
    this.stack.replaceChildren(...this.buttons.map(({ picture }) => picture),
      make("div", { class: "listen-track" }, make("div", { class: "listen-about" }), this.axis));
    this.match.parentElement.hidden = this.about.tracks.length < 2;
  }

  // Take the sounds: files as bytes, in the order of the tracks.
  async load(files) {
    this.setGains();
    await this.transport.load(files, this.transport.gains);
    this.pictures = pictures(this.transport.buffers.map((buffer) => buffer.getChannelData(0)), this.about.colours);
    const { duration } = this.transport;
    if (this.view[1] === 0 || this.view[1] > duration) this.view = [0, duration];
    this.slider.max = duration;
    this.refresh();
    this.draw();
    this.root.dataset.ready = "";
  }

  // Go on with other sounds under other names.
  async change(about, files) {
    const same = about.tracks.length === this.about.tracks.length;
    this.about = about;
    if (same) {
      this.buttons.forEach((button, k) => {
        button.lastChild.textContent = about.tracks[k].name;
        button.nextSibling.textContent = about.tracks[k].note;
      });
    } else this.buildTracks();
    await this.load(files);
  }

  setGains() {
    this.transport.setGains(this.about.tracks.map(({ gain }) => (this.match.checked ? gain : 1)));
  }

  refresh() {
    const { transport } = this, { playing } = transport;
    this.play.textContent = playing ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", playing ? "Stop" : "Play");
    this.buttons.forEach((button, k) => {
      button.setAttribute("aria-checked", k === transport.chosen);
      button.tabIndex = k === transport.chosen ? 0 : -1;
    });
    const { region } = transport;
    this.loop.textContent = region ? `loop ${region[0].toFixed(2)} to ${region[1].toFixed(2)} s` : "loop off";
    this.loop.disabled = !region;
    const name = this.about.tracks[transport.chosen]?.name;
    if (name !== this.said) this.status.textContent = this.said = name;
    this.root.dataset.playing = playing;
    this.root.dataset.chosen = transport.chosen;
    this.place();
    if (playing && !this.running) {
      this.running = true;
      const step = () => {
        this.running = transport.playing && this.root.isConnected;
        if (transport.playing && !this.root.isConnected) transport.pause();
        this.place();
        if (this.running) requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    }
  }

  // The moment that is under the mouse.
  moment(canvas, event) {
    const box = canvas.getBoundingClientRect(), [a, b] = this.view;
    return a + Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * (b - a);
  }

  // Put cursor, region and clock where they belong.
  place() {
    const { transport } = this, time = transport.heard, [a, b] = this.view;
    if (transport.playing && time > b && b - a < transport.duration) {
      this.look(b, b + (b - a));
      return;
    }
    const share = (t) => `${(100 * (t - a)) / (b - a || 1)}%`;
    const [from, to] = (transport.region ?? [0, 0]).map((t) => Math.min(Math.max(t, a), b));
    for (const cursor of this.cursors) {
      cursor.style.left = share(time);
      cursor.hidden = time < a || time > b;
    }
    for (const shade of this.shades) {
      shade.style.left = share(from);
      shade.style.width = share(a + to - from);
      shade.hidden = to <= from;
    }
    this.clock.textContent = `${time.toFixed(2)} of ${seconds(transport.duration)}`;
    if (document.activeElement !== this.slider || transport.playing) this.slider.value = time;
    this.slider.setAttribute("aria-valuetext", seconds(time));
    this.root.dataset.time = time.toFixed(4);
  }

  draggable(canvas, k) {
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      from = this.moment(canvas, event);
      canvas.setPointerCapture(event.pointerId);
      this.buttons[k].focus({ preventScroll: true });
      event.preventDefault();
    });
    canvas.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const to = this.moment(canvas, event), [a, b] = from < to ? [from, to] : [to, from];
      from = null;
      this.transport.choose(k);
      if (b - a > 0.01 * (this.view[1] - this.view[0])) this.transport.repeat([a, b]);
      else this.transport.seek(to);
    });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;  // without it the page scrolls
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.moment(canvas, event));
    }, { passive: false });
  }

  // Show more or less time, around a moment.
  zoom(factor, around = this.transport.time) {
    const [a, b] = this.view;
    const center = around < a || around > b ? (a + b) / 2 : around;
    this.look(center - (center - a) * factor, center + (b - center) * factor);
  }

  look(a, b) {
    const { duration } = this.transport, width = Math.min(Math.max(b - a, NARROWEST), duration);
    const left = Math.min(Math.max(a, 0), duration - width);
    this.view = [left, left + width];
    this.draw();
  }

  nextRange() {
    this.range = (this.range + 1) % FREQUENCIES.length;
    this.draw();
  }

  draw() {
    if (!this.pictures) return;
    const ratio = globalThis.devicePixelRatio || 1, [a, b] = this.view, rate = this.about.sampleRate;
    const top = rate / 2000 / FREQUENCIES[this.range];  // kHz
    this.band.textContent = `0 to ${Number(top.toFixed(2))} kHz`;
    const prepare = (canvas) => {
      canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
      canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
      const pen = canvas.getContext("2d");
      pen.font = `${11 * ratio}px sans-serif`;
      return pen;
    };
    this.canvases.forEach((canvas, k) => {
      const pen = prepare(canvas), picture = this.pictures[k], { width, height } = canvas;
      const frames = rate / HOP, rows = picture.height / FREQUENCIES[this.range];
      pen.imageSmoothingEnabled = false;
      pen.drawImage(picture, a * frames, picture.height - rows, (b - a) * frames, rows, 0, 0, width, height);
      pen.fillStyle = "#fff";
      pen.shadowColor = "#000";
      pen.shadowBlur = 3 * ratio;
      pen.fillText(`${Number(top.toFixed(2))} kHz`, 3 * ratio, 11 * ratio);
      pen.fillText("0", 3 * ratio, height - 3 * ratio);
    });
    const pen = prepare(this.axis), width = this.axis.width;
    const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20].find((s) => (s / (b - a)) * width > 60 * ratio) ?? 30;
    pen.fillStyle = getComputedStyle(this.axis).color;
    for (let n = Math.ceil(a / step); n * step <= b + 1e-9; n++) {
      const x = ((n * step - a) / (b - a)) * width, text = `${Number((n * step).toFixed(2))} s`;
      pen.fillRect(x, 0, ratio, 4 * ratio);
      pen.fillText(text, Math.min(Math.max(x - pen.measureText(text).width / 2, 0), width - pen.measureText(text).width), 15 * ratio);
    }
    this.place();
  }

  key(event) {
    if (!this.root.contains(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.key === "Tab") return;
    event.stopImmediatePropagation();
    const { transport } = this, box = event.target === this.match, range = event.target === this.slider;
    const start = transport.region?.[0] ?? 0, end = transport.region?.[1] ?? transport.duration;
    const far = event.shiftKey ? FINE : STEP;
    const actions = {
      " ": () => transport.toggle(),
      ArrowUp: () => this.move(-1), ArrowDown: () => this.move(1),
      ArrowLeft: () => transport.seek(transport.time - far), ArrowRight: () => transport.seek(transport.time + far),
      Home: () => transport.seek(0),
      "[": () => transport.repeat([transport.time, end > transport.time ? end : transport.duration]),
      "]": () => transport.repeat([start < transport.time ? start : 0, transport.time]),
      Escape: () => transport.repeat(null),
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
      f: () => this.nextRange(), F: () => this.nextRange(),
      m: () => this.match.click(), M: () => this.match.click(),
    };
    for (let k = 0; k < 9; k++) actions[String(k + 1)] = () => transport.choose(k);
    const own = (box && event.key === " ") || (range && event.key === "Home") ||
      event.target.matches("select, input[type=text], textarea, summary");
    const onButton = event.target.matches("button") && event.target.getAttribute("role") !== "radio" && event.key === " ";
    if (!actions[event.key] || own || (onButton && event.target !== this.play)) return;
    event.preventDefault();
    actions[event.key]();
  }

  move(by) {
    const count = this.buttons.length, k = (this.transport.chosen + by + count) % count;
    this.transport.choose(k);
    this.buttons[k].focus();
  }
}
