// The console of a tenant. Everything that it shows is put into the page as text, never as markup.
"use strict";

/** Milliseconds between two looks at the server. */
const INTERVAL = 10000;
/** Elements of a page of a list. */
const PAGE = 1000;

const at = (id) => document.getElementById(id);

/** Tenant and token; null: nobody is signed in. */
let session = null;
let timer = null;

/** What the API refused, in its own words. */
class Refusal extends Error {}

async function ask(path, body) {
  const { tenant, token } = session;
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  const request = { headers };
  if (body !== undefined) {
    request.method = "POST";
    headers["content-type"] = "application/json";
    headers["idempotency-key"] = requestName();
    request.body = JSON.stringify(body);
  }
  const answer = await fetch(`/v1/tenants/${encodeURIComponent(tenant)}/${path}`, request);
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Refusal(`${problem.title ?? answer.status}: ${problem.detail ?? "no reason given"}`);
  }
  return answer.json();
}

/** All proposals of a sort, page by page, the newest first. */
async function proposals(filter) {
  const elements = [];
  let cursor = null;
  do {
    const from = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await ask(`proposals?${filter}&limit=${PAGE}${from}`);
    elements.push(...answer.proposals);
    cursor = answer.next;
  } while (cursor !== null);
  return elements;
}

/** A name for a request that is no other's. `crypto.randomUUID` exists behind HTTPS only. */
function requestName() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made[key] = value;
  made.append(...children);
  return made;
}

const code = (text) => element("code", {}, text);
const person = (actor) => `${actor.name} (${actor.subject})`;
const moment = (time) => new Date(time).toLocaleString(undefined,
  { dateStyle: "medium", timeStyle: "long" });

function facts(pairs) {
  const list = element("dl", {});
  for (const [name, value] of pairs) {
    if (value !== null && value !== undefined) {
      list.append(element("dt", {}, name), element("dd", {}, value));
    }
  }
  return list;
}

/** What a decision is about: all that an approval is bound to. */
function description(proposal) {
  return facts([
    ["Slot", proposal.slot],
    ["Version", `${proposal.ruleset} ${proposal.version}`],
    ["Digest", code(proposal.digest)],
    ["Holds from", proposal.valid_from],
    ["Proposed by", `${person(proposal.proposed_by)}, ${moment(proposal.proposed_at)}`],
    ["Reason", proposal.reason],
    ["Approvals", `${proposal.approvals.given} of ${proposal.approvals.needed}`],
    ["Impact report", proposal.impact_report === null ? "none" : code(proposal.impact_report)],
  ]);
}

/** The money difference of the report that an approval is bound to. */
async function impact(id) {
  const report = await ask(`impact-reports/${encodeURIComponent(id)}`);
  const content = report.content;
  if (!content) return element("p", { className: "soft" }, `The report is ${report.state}.`);
  const rows = content.items.map((item) =>
    element("tr", {},
      element("td", {}, item.code),
      element("td", { className: "amount" }, item.before),
      element("td", { className: "amount" }, item.after),
      element("td", { className: "amount" }, `${item.difference} ${item.unit ?? ""}`)));
  const head = element("tr", {}, element("th", {}, "Item"), ...["Before", "After", "Difference"]
    .map((title) => element("th", { className: "amount" }, title)));
  return element("div", {},
    element("p", {}, `${content.affected} of ${content.employees} employees are affected; ` +
      `${content.newly_failing.employees} newly fail, ` +
      `${content.failing_in_both} calculations fail with both versions.`),
    ...(Object.keys(content.facts ?? {}).length === 0 ? [] : [element("p", { className: "refusal" },
      "Not what is known of each, but the same for everyone: " +
      Object.entries(content.facts).map(([name, value]) => `${name} = ${value}`).join(", "))]),
    ...(rows.length === 0 ? [] : [element("table", {},
      element("thead", {}, head), element("tbody", {}, ...rows))]));
}

/** A button that asks for something once, shows what was refused, and looks anew. */
function button(title, className, path, body) {
  const made = element("button", { type: "button", className }, title);
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      await ask(path, body());
      say(null);
    } catch (error) {
      say(error);
    }
    made.disabled = false;
    await look(true);
  });
  return made;
}

function emergency(proposal) {
  const path = `proposals/${proposal.id}/confirmation`;
  const confirm = button("Confirm", "act", path, () => ({}));
  const who = person(proposal.proposed_by);
  return element("article", {},
    element("h3", {}, `${proposal.slot}: ${proposal.ruleset} ${proposal.version}, by ${who}`),
    description(proposal),
    element("div", { className: "actions" }, confirm));
}

async function waiting(proposal) {
  const reason = element("input", { placeholder: "Why not (needed to reject)", ariaLabel: "Reason" });
  const path = `proposals/${proposal.id}`;
  const shown = element("article", {},
    element("h3", {}, `${proposal.slot}: ${proposal.ruleset} ${proposal.version}`),
    description(proposal));
  const approve = button("Approve", "act", `${path}/approval`, () => ({ binding: proposal.binding }));
  if (proposal.impact_report !== null) {
    try {
      shown.append(await impact(proposal.impact_report));
    } catch (error) {
      // Who can not see what an approval is bound to can not give it here.
      approve.disabled = true;
      shown.append(element("p", { className: "refusal" }, `Impact report: ${error.message}`));
    }
  }
  const { given, needed } = proposal.approvals;
  const enough = button("Put in force", "act", `${path}/activation`,
    () => ({ binding: proposal.binding }));
  shown.append(element("div", { className: "actions" },
    ...(given >= needed ? [enough] : []),
    approve,
    reason,
    button("Reject", "", `${path}/rejection`, () => ({ reason: reason.value }))));
  return shown;
}

async function inForce() {
  const { slots } = await ask(`slots?date=${encodeURIComponent(at("date").value)}`);
  return slots.map(({ slot, activation }) => {
    if (activation === null) {
      return element("tr", {}, element("td", {}, slot), element("td", { colSpan: 5 }, "nothing"));
    }
    return element("tr", {}, ...[slot, activation.ruleset, activation.version,
      activation.valid_from, activation.actor.name, code(activation.digest)]
      .map((value) => element("td", {}, value)));
  });
}

function say(error) {
  at("refusal").textContent = error === null ? "" : error.message;
  at("refusal").hidden = error === null;
}

function none(text) {
  return element("p", { className: "soft" }, text);
}

/** What was last shown of the proposals: a page that did not change is left as it is, so that a
 * reason that is being typed is not lost. */
let shownProposals = "";

/** Whether the last look failed: what it said goes when the next one succeeds. */
let troubled = false;

async function look(anew) {
  if (session === null) return;
  const mine = session;
  clearTimeout(timer);
  try {
    const [alone, proposed] = await Promise.all([
      proposals("unconfirmed=true"),
      proposals("state=proposed"),
    ]);
    const read = JSON.stringify([alone, proposed]);
    if (anew || read !== shownProposals) {
      const cards = await Promise.all(proposed.map(waiting));
      if (session !== mine) return;
      at("emergencies").hidden = alone.length === 0;
      at("emergency-list").replaceChildren(...alone.map(emergency));
      at("waiting-list").replaceChildren(...(cards.length === 0 ? [none("Nothing.")] : cards));
      shownProposals = read;
    }
    const rows = await inForce();
    if (session !== mine) return;
    at("in-force").replaceChildren(...rows);
    if (troubled) say(null);
    troubled = false;
    at("as-of").textContent = `As of ${moment(Date.now())}.`;
    at("who").textContent = mine.tenant;
    for (const id of ["who", "leave", "content"]) at(id).hidden = false;
    at("sign-in").hidden = true;
  } catch (error) {
    if (session !== mine) return;
    say(error);
    troubled = true;
    if (at("content").hidden) {
      session = null;
      return;
    }
  }
  timer = setTimeout(() => look(false), INTERVAL);
}

function leave() {
  clearTimeout(timer);
  session = null;
  shownProposals = "";
  for (const id of ["emergency-list", "waiting-list", "in-force"]) at(id).replaceChildren();
  for (const id of ["who", "leave", "content"]) at(id).hidden = true;
  at("sign-in").hidden = false;
  say(null);
}

const today = new Date();
at("date").value = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
  .map((part) => String(part).padStart(2, "0")).join("-");
at("date").addEventListener("change", () => look(false));
at("leave").addEventListener("click", leave);
at("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  say(null);
  session = { tenant: at("tenant").value.trim(), token: at("token").value.trim() };
  at("token").value = "";
  look(true);
});
