// A table of answers: sort by a column, keep the rows that hold some words, a page at a time. Without scripts all rows stand there.
"use strict";
(() => {
  const PAGE = 50;
  const table = document.querySelector("table.answer");
  const bar = document.getElementById("rows-bar");
  if (!table || !bar) return;
  const body = table.tBodies[0];
  const all = [...body.rows].map((row) => ({ row, text: row.textContent.toLocaleLowerCase(), cells: [...row.cells].map((cell) => cell.textContent.trim()) }));
  const [filter, before, after, said] = ["filter", "before", "after", "said"].map((name) => document.getElementById(`rows-${name}`));
  let kept = all;
  let page = 0;

  const number = (text) => (/^-?[\d.]+$/.test(text) ? Number(text) : NaN);
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
  };

  function show() {
    const words = filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = kept.filter(({ text }) => words.every((word) => text.includes(word)));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(page, pages - 1);
    const from = page * PAGE;
    const here = found.slice(from, from + PAGE);
    body.replaceChildren(...here.map(({ row }) => row));
    // a column that none of these rows fills leaves its room to the others
    for (const [index, head] of [...table.tHead.rows[0].cells].entries()) {
      const bare = here.length > 0 && here.every(({ cells }) => cells[index] === "");
      for (const cell of [head, ...here.map(({ row }) => row.cells[index])]) cell.hidden = bare;
    }
    // of a single page nothing is to be turned, and how many rows it has stands above
    before.hidden = after.hidden = pages === 1;
    said.hidden = pages === 1 && found.length === all.length;
    before.disabled = page === 0;
    after.disabled = page === pages - 1;
    said.textContent = found.length ? `rows ${from + 1} to ${Math.min(from + PAGE, found.length)} of ${found.length}` : "no row holds these words";
  }

  for (const [index, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    head.classList.toggle("n", all.some(({ row }) => row.cells[index].classList.contains("n")));
    button.addEventListener("click", () => {
      const turned = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", turned === 1 ? "ascending" : "descending");
      const filled = ({ cells }) => cells[index] !== "";
      kept = [...all.filter(filled).sort((a, b) => turned * compare(a.cells[index], b.cells[index])), ...all.filter((each) => !filled(each))];
      page = 0;
      show();
    });
  }
  filter.addEventListener("input", () => { page = 0; show(); });
  before.addEventListener("click", () => { page -= 1; show(); });
  after.addEventListener("click", () => { page += 1; show(); });
  bar.hidden = false;
  show();
})();
