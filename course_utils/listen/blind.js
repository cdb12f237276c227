// A blind listening test: one page after the other, each with sounds to switch between and a question. What was
// answered goes to the kernel, which writes it down and sends the next page.

const PATIENCE = 4000;  // milliseconds for the kernel to answer

class BlindTest {
  constructor(root, model) {
    this.root = root;
    this.model = model;
    this.transport = new Transport(model.get("sample_rate"), () => this.refresh());
    this.status = make("p", { role: "status" });
    this.body = make("div");
    root.append(this.body, this.status);
    this.onkey = (event) => this.key(event);
    globalThis.addEventListener("keydown", this.onkey, true);
    model.on("change:page", () => this.show());
    this.show();
  }

  close() {
    this.transport.stop();
    globalThis.removeEventListener("keydown", this.onkey, true);
  }

  async show() {
    clearTimeout(this.waiting);
    this.sending = false;
    const page = this.page = this.model.get("page");
    const again = this.root.contains(document.activeElement);
    this.transport.stop();
    this.transport.at = 0;
    this.heard = new Set();
    this.status.textContent = "";
    this.root.dataset.page = page.number;
    if (page.kind === "end") {
      this.sounds = [];
      this.body.replaceChildren(make("p", {}, make("b", {}, page.title)), ...page.lines.map((line) => make("p", {}, line)));
      return;
    }
    const button = (text, action, attributes = {}) => make("button", { type: "button", onclick: action, ...attributes }, text);
    this.play = button("▶", () => this.toggle(), { "aria-label": "Play" });
    this.sounds = page.sounds.map((name, k) => button(name, () => this.choose(k), { role: "radio", "data-sound": k }));
    const bar = make("div", { class: "listen-bar" }, this.play,
      make("div", { class: "listen-bar", role: "radiogroup", "aria-label": "Sounds" }, ...this.sounds));
    this.body.replaceChildren(make("p", {}, make("b", {}, page.title), ` ${page.number} of ${page.of}. ${page.question}`), bar,
      page.kind === "mushra" ? this.scales(page) : this.choices(page));
    await this.transport.load(this.model.get("files").map(bytesIn), page.sounds.map(() => 1));
    this.refresh();
    if (again) this.play.focus();
    this.root.dataset.ready = page.number;
  }

  // One of a few answers.
  choices(page) {
    this.answers = page.choices.map(([text, value]) =>
      make("button", { type: "button", onclick: () => this.send([value]), "data-answer": value }, text));
    return make("div", { class: "listen-bar", role: "group", "aria-label": "Answer" }, ...this.answers);
  }

  // A slider for each sound but the reference.
  scales(page) {
    this.scale = page.sounds.slice(1).map((name, k) => make("input", { type: "range", min: 0, max: 100, step: 1, value: 50,
      "aria-label": `${name}, 0 bad to 100 excellent`, oninput: (event) => { this.values[k].textContent = event.target.value; } }));
    this.values = this.scale.map(() => make("output", {}, "50"));
    const done = make("button", { type: "button", onclick: () => this.send(this.scale.map(({ value }) => Number(value))) }, "done");
    this.answers = [done];
    return make("div", {}, ...this.scale.map((scale, k) => make("label", { class: "listen-scale" },
      make("span", {}, page.sounds[k + 1]), scale, this.values[k])),
      make("small", {}, "0 to 20 bad, to 40 poor, to 60 fair, to 80 good, to 100 excellent"), make("div", { class: "listen-bar" }, done));
  }

  async toggle() {
    await this.transport.toggle();
  }

  async choose(k) {
    this.transport.choose(k);
    if (!this.transport.playing) await this.transport.play();
  }

  refresh() {
    const { transport } = this;
    if (!this.sounds?.length) return;
    this.play.textContent = transport.playing ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", transport.playing ? "Stop" : "Play");
    this.sounds.forEach((button, k) => button.setAttribute("aria-checked", k === transport.chosen));
    if (transport.playing) this.heard.add(transport.chosen);
    const left = this.page.sounds.filter((_, k) => !this.heard.has(k));
    this.answers.forEach((answer) => { answer.disabled = left.length > 0 || this.sending; });
    if (!this.sending) this.status.textContent = left.length ? `Not heard yet: ${left.join(", ")}.` : "";
  }

  send(answers) {
    this.transport.pause();
    this.sending = true;
    this.status.textContent = "Saving ...";
    this.answers.forEach((answer) => { answer.disabled = true; });
    const { number } = this.page;
    this.waiting = setTimeout(() => {
      this.sending = false;
      this.refresh();
      this.status.textContent = "Not saved: the kernel does not answer. Run this cell again; what you answered before is kept.";
    }, PATIENCE);
    this.model.send({ page: number, answers });
  }

  key(event) {
    if (!this.root.contains(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.key === "Tab") return;
    event.stopImmediatePropagation();
    const range = event.target.matches("input");
    const number = "123456789".indexOf(event.key), sound = this.page.sounds?.findIndex((name) => name.toLowerCase() === event.key.toLowerCase()) ?? -1;
    if (event.key === " " && !event.target.matches("[data-answer]")) this.toggle();
    else if (sound >= 0) this.choose(sound);
    else if (number >= 0 && this.page.kind === "acr") this.answers[this.answers.findIndex((answer) => answer.dataset.answer === event.key)]?.click();
    else if (number >= 0 && !range) this.choose(number);
    else return;
    event.preventDefault();
  }
}

export default {
  render({ model, el }) {
    const root = make("div", { class: "listen-test" });
    el.classList.add("listen");
    el.append(root);
    const test = new BlindTest(root, model);
    isLive(model.get("name"));
    return () => test.close();
  },
};
