// Turns the plain players of a page into benches. Where scripts are blocked they stay as they are.

for (const root of document.querySelectorAll("[data-listen]:not([data-found])")) {
  root.dataset.found = "";
  const about = JSON.parse(root.dataset.listen);
  const files = [...root.querySelectorAll("audio")].map((audio) => bytesOf(audio.src.split(",")[1]));
  new Bench(root.querySelector("[data-players]"), about).load(files);
}
hideStandIns();
