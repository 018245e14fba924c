"use strict";
// Narrows the scoreboard. Without it the page is the whole table, and the form stays out of sight.
(() => {
  const form = document.getElementById("filters");
  const told = document.getElementById("shown");
  const rows = [...document.querySelectorAll("[data-verdict]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const choices = [...form.querySelectorAll("select")];

  const apply = () => {
    const chosen = choices.filter((choice) => choice.value !== "");
    for (const row of rows) {
      row.hidden = !chosen.every((choice) => row.dataset[choice.name] === choice.value);
    }
    for (const group of groups) {
      group.hidden = group.querySelector("[data-verdict]:not([hidden])") === null;
      if (group.tagName === "DETAILS") group.open = chosen.length > 0 && !group.hidden;
    }
    const count = rows.filter((row) => !row.hidden).length;
    told.textContent = chosen.length > 0 ? `${count} of ${rows.length} claims` : `All ${rows.length} claims`;
  };

  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("pageshow", apply); // a browser that goes back brings the choices back
  form.hidden = false;
  apply();
})();
