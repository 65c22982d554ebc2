// Elements of the page. Everything that is shown is put into them as text, never as markup.
"use strict";

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made[key] = value;
  made.append(...children);
  return made;
}

/** A cell that says what it is where the table is too narrow for headings. */
function cell(title, className, ...children) {
  const made = element("td", { className }, ...children);
  made.dataset.title = title;
  return made;
}

const code = (text) => element("code", {}, text);

/** A paragraph that stands out because something is not as it should be. */
const alarm = (text) => element("p", { className: "refusal", role: "alert" }, text);

const soft = (text) => element("p", { className: "soft" }, text);
