// Makes a rendered form live: conditions, rows, cascades, search, uploads, autosave. The page is whole without it.
import { evaluate } from "./rules.js";
import { functions } from "./functions.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const json = (text, otherwise) => (text ? JSON.parse(text) : otherwise);
const QUIET = 1500; // milliseconds without typing before an autosave

function start(form) {
  const page = { form, words: json(form.dataset.words, {}), known: json(form.dataset.answers, { values: {} }) };
  enhance(page, form);
  form.addEventListener("input", () => refresh(page));
  form.addEventListener("change", (event) => {
    refresh(page);
    if (event.target.type === "file" && event.target.files.length) send(page, event.target);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_add], button[name=_remove]");
    const done = button && (button.name === "_add" ? addRow(page, button) : removePart(page, button));
    if (!done) return;
    event.preventDefault();
    refresh(page);
    saveSoon(page);
  });
  form.addEventListener("submit", (event) => afterSaving(page, event));
  sendOnce(form);
  if ("autosave" in form.dataset) form.addEventListener("input", () => saveSoon(page));
  refresh(page);
}

function enhance(page, within) {
  all("select[data-cascade]", within).forEach(cascade);
  all("select[data-search]", within).forEach((select) => search(page, select));
}

// A page that is sent while it is being saved waits for that, or it would meet itself as "changed elsewhere".
function afterSaving(page, event) {
  clearTimeout(page.timer);
  if (!page.saving) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  page.queue.then(() => page.form.requestSubmit(event.submitter));
}

// A second click sends nothing; coming back to the page by the browser's button opens it again.
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}

// ---- answers and conditions

const hidden = (element, form) => element.closest("[hidden]") && form.contains(element.closest("[hidden]"));

function refresh(page) {
  for (let round = 0, changed = true; changed && round < 10; round++) {
    const values = answers(page);
    changed = false;
    for (const element of all("[data-visible], [data-when]", page.form)) {
      const off = !holds(page, element, element.dataset.visible ?? element.dataset.when, values);
      if (element.hidden !== off) {
        element.hidden = off;
        changed ||= "visible" in element.dataset;
      }
    }
    if (!changed) marks(page, values);
  }
}

function marks(page, values) {
  for (const mark of all("[data-required]", page.form)) {
    mark.hidden = !holds(page, mark, mark.dataset.required, values);
    const controls = all("input:not([type=hidden]), select, textarea", mark.closest("[data-field]"));
    for (const control of controls) control.setAttribute("aria-required", String(!mark.hidden));
  }
}

function holds(page, element, condition, values) {
  const { when, unless } = JSON.parse(condition);
  return (evaluate(when ?? unless, values, beside(element, values), page.known, functions) === true) === (when !== undefined);
}

// The values beside an element: those of its row or of its group.
function beside(element, values) {
  const row = element.closest("[data-row]");
  if (row) return values[row.closest("[data-rows]").dataset.rows]?.find(({ _id }) => _id === row.dataset.row) ?? {};
  const [group, inner] = (element.closest("[data-field]")?.dataset.field ?? "").split(".");
  return inner ? values[group] ?? {} : null;
}

function answers({ form, known }) {
  const values = structuredClone(known.values ?? {});
  for (const rows of all("[data-rows]", form)) {
    const shown = hidden(rows, form) ? [] : all("[data-row]", rows);
    if (shown.length || !values[rows.dataset.rows]) values[rows.dataset.rows] = shown.map((row) => ({ _id: row.dataset.row }));
  }
  for (const field of all("[data-field]", form)) {
    if ("locked" in field.dataset || field.querySelector("[data-field], [data-rows]")) continue;
    const path = field.dataset.field.split(".");
    const last = path.pop();
    const value = hidden(field, form) ? null : read(field, field.dataset.field);
    const holder = path.length === 2 ? values[path[0]]?.find(({ _id }) => _id === path[1]) : path.length ? (values[path[0]] ??= {}) : values;
    if (holder) holder[last] = value;
  }
  return values;
}

function read(field, name) {
  const controls = all("input, select, textarea", field).filter((control) => control.name === name);
  const file = controls.find((control) => control.type === "file");
  if (file) return file.files[0] ?? (controls.length > 1 ? { name } : null);
  const boxes = controls.filter((control) => control.type === "checkbox");
  const picked = controls.filter((control) => control.checked).map((control) => control.value);
  if (boxes.length && field.classList.contains("field-checkboxes")) return picked.length ? picked : null;
  const control = controls.find(({ type }) => type !== "hidden" && type !== "radio" && type !== "checkbox");
  return typed(control ? control.value.trim() : picked[0] ?? "", control?.dataset.scale, field);
}

function typed(text, scale, field) {
  if (text === "") return null;
  if (field.matches(".field-yes_no, .field-consent")) return text === "true";
  if (scale === undefined) return text.normalize("NFC");
  const number = text.normalize("NFKC").replaceAll(",", "");
  if (!/^[+-]?\d+(\.\d+)?$/.test(number)) return null;
  if (scale === "0") return Number.isInteger(+number) ? +number : null;
  const [whole, rest = ""] = number.replace("+", "").split(".");
  return rest.length > +scale ? null : `${whole}.${rest.padEnd(+scale, "0")}`;
}

// ---- rows

function addRow(page, button) {
  const field = button.closest("[data-field]");
  const rows = field.querySelector("[data-rows]");
  const template = field.querySelector("[data-row-template]");
  if (!template || full(rows)) return false;
  const id = "n" + crypto.getRandomValues(new Uint32Array(2)).reduce((text, part) => text + part.toString(36), "");
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  for (const element of all("*", holder))
    for (const attribute of element.attributes) attribute.value = attribute.value.replaceAll("__row__", id);
  const row = holder.firstElementChild;
  rows.append(row);
  enhance(page, row);
  number(page, rows);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  say(page, page.words.row_added?.replace("{number}", all("[data-row]", rows).length));
  return true;
}

function removePart(page, button) {
  const file = button.closest("li.file");
  const row = button.closest("[data-row]");
  if (file) file.remove();
  else {
    const rows = row.closest("[data-rows]");
    const add = rows.closest("[data-field]").querySelector("button[name=_add]");
    row.remove();
    number(page, rows);
    add.focus();
    say(page, page.words.row_removed);
  }
  return true;
}

const full = (rows) => all("[data-row]", rows).length >= +rows.dataset.maxRows;

function number(page, rows) {
  const field = rows.closest("[data-field]");
  all("[data-row]", rows).forEach((row, at) => {
    const title = rows.dataset.title?.replace("{number}", at + 1);
    if (title) for (const element of all("[data-row-title]", row)) element.textContent = title;
  });
  field.querySelector("button[name=_add]").disabled = full(rows);
  const none = field.querySelector("[data-no-rows]");
  if (none) none.hidden = Boolean(rows.querySelector("[data-row]"));
}

// ---- choices

// One select a level in front of the one that is posted.
function cascade(select) {
  const tree = branch([...select.options].filter(({ value }) => value).map((option) => [path(option), option]));
  const levels = json(select.dataset.cascade, []);
  const blank = select.options[0]?.value === "" ? select.options[0].text : "";
  const first = select.id;
  select.id += "-value";
  select.hidden = true;
  const chosen = path(select.selectedOptions[0] ?? {});
  const box = document.createElement("div");
  box.className = "cascade";
  select.before(box);
  const label = select.closest("[data-field]").querySelector(".label");
  show(tree, 0);

  function show(nodes, depth) {
    while (box.children[depth]) box.lastChild.remove();
    if (!nodes) return;
    const level = document.createElement("select");
    level.className = select.className;
    if (depth === 0) level.id = first;
    for (const { name, value } of select.attributes)
      if (name.startsWith("aria-") && (depth === 0 || name !== "aria-describedby")) level.setAttribute(name, value);
    level.setAttribute("aria-label", [label.firstChild.textContent.trim(), levels[depth]].filter(Boolean).join(" · "));
    level.append(new Option(levels[depth] ? `${blank} (${levels[depth]})` : blank, ""));
    for (const name of nodes.keys()) level.append(new Option(name, name, false, name === chosen[depth]));
    level.addEventListener("change", () => {
      chosen.splice(depth, chosen.length, level.value);
      pick(nodes.get(level.value), depth);
    });
    box.append(level);
    if (level.value) pick(nodes.get(level.value), depth);
  }

  function pick(node, depth) {
    const leaf = node instanceof Element;
    select.value = leaf ? node.value : "";
    show(leaf || !node ? null : node, depth + 1);
  }
}

const path = (option) =>
  option.value ? [...(option.parentElement.matches("optgroup") ? option.parentElement.label.split(" / ") : []), option.text] : [];

function branch(leaves) {
  const nodes = new Map();
  for (const [[head, ...rest], option] of leaves) {
    if (!rest.length) nodes.set(head, option);
    else nodes.set(head, [...(nodes.get(head) ?? []), [rest, option]]);
  }
  for (const [name, inner] of nodes) if (Array.isArray(inner)) nodes.set(name, branch(inner));
  return nodes;
}

// A box that narrows a long list down while typing.
function search(page, select) {
  const options = [...select.options];
  const box = document.createElement("input");
  box.type = "search";
  box.className = select.className;
  box.placeholder = select.dataset.search;
  box.setAttribute("aria-label", select.dataset.search);
  box.autocomplete = "off";
  select.before(box);
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = box.value.trim().toLowerCase();
    const kept = options.filter((option) => option.selected || option.text.toLowerCase().includes(wanted));
    select.replaceChildren(...(wanted ? kept : options));
    const found = options.filter((option) => option.value && option.text.toLowerCase().includes(wanted));
    if (wanted && found.length === 1) {
      found[0].selected = true;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    say(page, wanted ? page.words.found?.replace("{count}", found.length) : "");
  });
  box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

// ---- saving: the page is sent as its own "save" button would send it, and what came back is taken over

function say({ form }, text) {
  const place = form.querySelector("[data-saved]");
  if (place && text !== undefined) place.textContent = text;
}

function saveSoon(page) {
  clearTimeout(page.timer);
  page.timer = setTimeout(() => send(page), QUIET);
}

function send(page, upload) {
  clearTimeout(page.timer);
  page.saving = (page.saving ?? 0) + 1;
  page.queue = (page.queue ?? Promise.resolve()).then(() => save(page, upload)).finally(() => page.saving--);
}

async function save(page, upload) {
  const { form, words } = page;
  if (form.dataset.sent) return;
  const body = new FormData(form);
  body.set("_action", "save");
  for (const [name, value] of [...body]) if (value instanceof File && name !== upload?.name) body.delete(name);
  say(page, words.saving);
  const answer = await post(form, body, upload && progress(page, upload)).catch(() => null);
  if (answer?.status === 409) return say(page, words.conflict);
  if (answer?.page.querySelector("form[data-formkit]")) return takeOver(page, answer, upload);
  say(page, upload ? words.not_uploaded : words.not_saved);
}

function post(form, body, onprogress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    if (onprogress) request.upload.onprogress = onprogress;
    request.onload = () => (request.response ? resolve({ status: request.status, page: request.response }) : reject());
    request.onerror = request.ontimeout = reject;
    const files = [...body.values()].some((value) => value instanceof File);
    if (!files) request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.send(files ? body : new URLSearchParams([...body]).toString());
  });
}

function progress({ words }, upload) {
  const field = upload.closest("[data-field]");
  const bar = document.createElement("progress");
  const text = document.createElement("p");
  bar.max = 100;
  bar.setAttribute("aria-label", upload.files[0].name);
  field.append(bar, text);
  return ({ loaded, total }) => {
    bar.value = Math.floor((loaded / total) * 100);
    text.textContent = words.uploading?.replace("{percent}", bar.value) ?? "";
  };
}

// The page keeps what was typed meanwhile: only the tokens, the saved time and an uploaded field come from the answer.
function takeOver(page, { page: answer, status }, upload) {
  const fresh = answer.querySelector("form[data-formkit]");
  for (const input of all("input[type=hidden]", fresh)) {
    const own = all("input[type=hidden]", page.form).find(({ name }) => name === input.name);
    if (own && input.name.startsWith("_")) own.value = input.value;
  }
  if (upload) {
    const field = upload.closest("[data-field]");
    const other = answer.getElementById(field.id);
    if (other) field.replaceWith(document.adoptNode(other));
    refresh(page);
    document.getElementById(field.id)?.querySelector("input[type=file], button")?.focus();
  }
  say(page, status < 400 ? fresh.querySelector("[data-saved]")?.textContent : upload ? "" : page.words.not_saved);
}

for (const form of all("form[data-formkit]")) start(form);
for (const form of all("form[data-formkit-submit]")) sendOnce(form);
document.querySelector("[data-summary]")?.focus();
