// Keyboard shortcuts and a toolbar for selected text; the pages work without this script.
"use strict";
(() => {
  const typing = (node) => node.closest("input, select, textarea, [contenteditable]");
  const items = () => [...document.querySelectorAll("[data-item]")];
  let at = -1;

  function go(step) {
    const all = items();
    if (!all.length) return;
    if (at < 0 && location.hash) at = all.findIndex((one) => one.id && "#" + one.id === location.hash);
    at = Math.min(all.length - 1, Math.max(0, at + step));
    for (const one of all) one.classList.toggle("at", one === all[at]);
    all[at].scrollIntoView({ block: "center" });
    const link = all[at].querySelector("a.words, a.kwic, a") || all[at];
    if (link.tagName === "A") link.focus({ preventScroll: true });
  }

  // The selected text of a statement, a quotation or a redline; null for anything else.
  function selected() {
    const chosen = getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const words = chosen.toString().replace(/\s+/g, " ").trim();
    if (!words || words.length > 1500) return null;
    const range = chosen.getRangeAt(0);
    const element = elementOf(range.commonAncestorContainer);
    return element.closest(".transcript, blockquote, .redline") ? { words, range, element } : null;
  }

  const elementOf = (node) => (node.nodeType === 1 ? node : node.parentElement);
  const address = (path, query) => path + "?" + new URLSearchParams(query);

  function offer() {
    document.querySelector(".floating")?.remove();
    const found = selected();
    if (!found) return;
    const box = found.range.getBoundingClientRect();
    const bar = document.createElement("div");
    bar.className = "floating";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "The words selected");
    const offers = [["Trace this", address("/trace", { q: found.words })], ["Find", address("/find", { q: '"' + found.words.replaceAll('"', "") + '"' })]];
    const sentence = elementOf(found.range.startContainer).closest(".s");
    if (sentence) {
      const [turn, number] = sentence.id.split(/-s(?=\d+$)/);
      offers.push(["Cite the sentence", address(location.pathname + "/cite", { turn, sentence: number })]);
    }
    for (const [label, href] of offers) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = label;
      bar.append(link);
    }
    document.body.append(bar);
    bar.style.left = Math.max(8, Math.min(box.left + scrollX, innerWidth - bar.offsetWidth - 8)) + "px";
    bar.style.top = Math.max(8, box.top + scrollY - bar.offsetHeight - 6) + "px";
  }

  // A slider shows its version as soon as it is let go; its button does the same without this script.
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-submits]")) event.target.form.requestSubmit();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      const box = document.getElementById("big") || document.getElementById("search");
      box.focus();
      box.select();
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "t") {
      const found = selected();
      location.assign(found ? address("/trace", { q: found.words }) : "/trace");
    }
  });
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(offer);
  });

  // A click on a sentence sets the fragment of the URL.
  document.addEventListener("click", (event) => {
    const sentence = event.target.closest?.(".transcript .s");
    if (!sentence || event.target.closest("a") || !getSelection().isCollapsed) return;
    history.replaceState(null, "", "#" + sentence.id);
    for (const one of document.querySelectorAll(".s.here")) one.classList.remove("here");
    sentence.classList.add("here");
  });

  // A click on words of one text lights what stands for them in the others.
  document.addEventListener("click", (event) => {
    const piece = event.target.closest?.("a.piece[data-with]");
    if (!piece) return;
    for (const one of document.querySelectorAll(".piece.lit")) one.classList.remove("lit");
    piece.classList.add("lit");
    for (const id of piece.dataset.with.split(" ")) document.getElementById(id)?.classList.add("lit");
  });

  for (const words of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "take";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    words.previousElementSibling?.append(button);
  }
  for (const link of document.querySelectorAll("[data-absolute]")) link.textContent = link.href;
  document.querySelector("main mark.hit")?.scrollIntoView({ block: "center" });
})();
