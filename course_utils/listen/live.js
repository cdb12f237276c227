// The bench as a widget: the kernel sends other sounds, and it goes on playing with them.

export default {
  async render({ model, el }) {
    const root = document.createElement("div"), caption = document.createElement("div");
    el.classList.add("listen");
    el.append(root, caption);
    const bench = new Bench(root, model.get("about"));
    const files = () => model.get("files").map(bytesIn);
    const tell = () => { caption.textContent = model.get("about").caption; };
    let busy = bench.load(files());
    // Sounds and what is known of them come in one message, so one of the two tells of both.
    model.on("change:files", () => {
      busy = busy.then(() => bench.change(model.get("about"), files())).then(tell);
    });
    tell();
    isLive(model.get("about").id);
    return () => bench.close();
  },
};
