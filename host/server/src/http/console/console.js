// The console of a tenant. Everything that it shows is put into the page as text, never as markup.
"use strict";

/** Milliseconds between two looks at the server. */
const INTERVAL = 10000;
/** Elements of a page of a list. */
const PAGE = 1000;
/** What decides about proposals, and what puts approved ones in force. */
const APPROVE = "activations:approve";
const WRITE = "activations:write";

const at = (id) => document.getElementById(id);

/** Token, tenant, and what the token is good for; null: nobody is signed in. */
let session = null;
let timer = null;

/** What the API refused, in its own words. */
class Refusal extends Error {}

async function fetched(path, token, body) {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    "accept-language": words.language,
  };
  const request = { headers };
  if (body !== undefined) {
    request.method = "POST";
    headers["content-type"] = "application/json";
    headers["idempotency-key"] = requestName();
    request.body = JSON.stringify(body);
  }
  const answer = await fetch(path, request).catch(() => {
    throw new Refusal(words.say("unreachable"));
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Refusal(words.say("refused", {
      title: problem.title ?? answer.status, detail: problem.detail ?? words.say("no_detail"),
    }));
  }
  return answer.json();
}

const ask = (path, body) =>
  fetched(`/v1/tenants/${encodeURIComponent(session.tenant)}/${path}`, session.token, body);

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

const person = (actor) => `${actor.name} (${actor.subject})`;
const named = (proposal) => `${proposal.slot}: ${proposal.ruleset} ${proposal.version}`;

function facts(pairs) {
  const list = element("dl", {});
  for (const [word, value] of pairs) {
    if (value !== null && value !== undefined) {
      list.append(element("dt", {}, words.say(word)), element("dd", {}, value));
    }
  }
  return list;
}

/** What a decision is about: all that an approval is bound to. */
function description(proposal) {
  const time = words.moment(proposal.proposed_at);
  return facts([
    ["slot", proposal.slot],
    ["version", `${proposal.ruleset} ${proposal.version}`],
    ["digest", code(proposal.digest)],
    ["holds_from", proposal.valid_from],
    ["proposed_by", words.say("person_at", { person: person(proposal.proposed_by), time })],
    ["reason", proposal.reason],
    ["approvals", words.say("of", proposal.approvals)],
    ["report", proposal.impact_report === null ? words.say("no_report") : code(proposal.impact_report)],
  ]);
}

const lacks = (scope) => !session.scopes.includes(scope);

/** Why whoever is signed in may not decide about a proposal; null: they may. */
function mayNotDecide(proposal, own) {
  if (lacks(APPROVE)) return words.say("may_not_scope", { scope: APPROVE });
  return proposal.proposed_by.subject === session.subject ? words.say(own) : null;
}

function mayNotApprove(proposal, report) {
  const mine = (said) =>
    said.verdict === "approved" && said.current && said.actor.subject === session.subject;
  if (proposal.decisions.some(mine)) return words.say("may_not_twice");
  return report.mayNot;
}

/** What was refused last, by proposal: it stands beside the buttons until the next try. */
const refusals = new Map();

/** A button that asks for something once. What came of it is said beside it, or, where it is gone
 * with its proposal, above the list. */
function button(proposal, word, className, step, body) {
  const made = element("button", { type: "button", className }, words.say(word));
  made.addEventListener("click", async () => {
    made.disabled = true;
    refusals.delete(proposal.id);
    made.parentElement.querySelector(".refusal")?.remove();
    tell("done", null);
    try {
      await ask(`proposals/${proposal.id}/${step}`, body());
      tell("done", words.say(`done_${word}`, { what: named(proposal) }));
      await look(true);
    } catch (error) {
      // What is typed beside it stays.
      refusals.set(proposal.id, error.message);
      made.parentElement.append(alarm(error.message));
    }
    made.disabled = false;
  });
  return made;
}

function actions(proposal, ...children) {
  const refused = refusals.get(proposal.id);
  return element("div", { className: "actions" }, ...children,
    ...(refused === undefined ? [] : [alarm(refused)]));
}

function emergency(proposal) {
  const mayNot = mayNotDecide(proposal, "may_not_own_emergency");
  return element("article", {},
    element("h3", {}, named(proposal)),
    description(proposal),
    actions(proposal, mayNot === null
      ? button(proposal, "confirm", "act", "confirmation", () => ({})) : soft(mayNot)));
}

/** The report that an approval is bound to, and why nobody could approve what they see of it. */
async function reportOf(proposal) {
  if (proposal.impact_report === null) return { elements: [], mayNot: null };
  try {
    const report = await ask(`impact-reports/${encodeURIComponent(proposal.impact_report)}`);
    const { elements, whole } = impactReport(report);
    return { elements, mayNot: whole ? null : words.say("may_not_running") };
  } catch (error) {
    const hidden = words.say("report_hidden", { reason: error.message });
    return { elements: [alarm(hidden)], mayNot: words.say("may_not_unseen") };
  }
}

/** Buttons for what whoever is signed in may do, and why not for what they may not. */
function decision(proposal, report) {
  const shown = [];
  const { given, needed } = proposal.approvals;
  const binding = () => ({ binding: proposal.binding });
  if (given >= needed && !lacks(WRITE)) {
    shown.push(button(proposal, "put_in_force", "act", "activation", binding));
  }
  const mayNot = mayNotDecide(proposal, "may_not_own");
  if (mayNot !== null) return [...shown, soft(mayNot)];
  const mayNotNow = mayNotApprove(proposal, report);
  shown.push(mayNotNow === null ? button(proposal, "approve", "act", "approval", binding)
    : soft(mayNotNow));
  const why = words.say("why_not");
  const reason = element("input", { placeholder: why, ariaLabel: why });
  const reject = button(proposal, "reject", "", "rejection", () => {
    if (reason.value.trim() === "") throw new Refusal(words.say("reason_missing"));
    return { reason: reason.value };
  });
  return [...shown, reason, reject];
}

async function waiting(proposal) {
  const report = await reportOf(proposal);
  return element("article", {},
    element("h3", {}, named(proposal)),
    description(proposal),
    ...report.elements,
    actions(proposal, ...decision(proposal, report)));
}

const COLUMNS = ["slot", "ruleset", "version", "from", "by", "digest"];

async function inForce() {
  const { slots } = await ask(`slots?date=${encodeURIComponent(at("date").value)}`);
  return slots.map(({ slot, activation }) => {
    if (activation === null) {
      const nothing = element("td", { colSpan: COLUMNS.length - 1 }, words.say("nothing"));
      return element("tr", {}, cell(words.say("slot"), "", slot), nothing);
    }
    const values = [slot, activation.ruleset, activation.version, activation.valid_from,
      activation.actor.name, code(activation.digest)];
    return element("tr", {}, ...values.map((value, column) =>
      cell(words.say(COLUMNS[column]), "", value)));
  });
}

/** Says something in a place of the page; null: nothing. */
function tell(place, text) {
  at(place).textContent = text ?? "";
  at(place).hidden = text === null;
}

/** What was last shown of the proposals: a page that did not change is left as it is, so that a
 * reason that is being typed is not lost. */
let shownProposals = "";

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
      at("waiting-list").replaceChildren(...(cards.length === 0 ? [soft(words.say("nothing"))] : cards));
      shownProposals = read;
    }
    const rows = await inForce();
    if (session !== mine) return;
    at("in-force").replaceChildren(...rows);
    at("in-force-head").replaceChildren(element("tr", {},
      ...COLUMNS.map((word) => element("th", {}, words.say(word)))));
    tell("trouble", null);
    at("as-of").textContent = words.say("as_of", { time: words.moment(Date.now()) });
    at("who").textContent = mine.tenant;
    for (const id of ["who", "leave", "content"]) at(id).hidden = false;
    at("sign-in").hidden = true;
  } catch (error) {
    if (session !== mine) return;
    tell(at("content").hidden ? "refusal" : "trouble", error.message);
    if (at("content").hidden) {
      session = null;
      return;
    }
  }
  timer = setTimeout(() => look(false), INTERVAL);
}

/** Finds out whose token it is before anything is shown: until then nobody is signed in. */
async function enter(token, tenant) {
  try {
    const credential = await fetched("/v1/credential", token);
    const own = tenant === "" ? credential.tenant : tenant;
    if (own === null) throw new Refusal(words.say("no_tenant"));
    session = { token, tenant: own, subject: credential.subject, scopes: credential.scopes };
  } catch (error) {
    tell("refusal", error.message);
    return;
  }
  await look(true);
}

function leave() {
  clearTimeout(timer);
  session = null;
  shownProposals = "";
  refusals.clear();
  for (const id of ["emergency-list", "waiting-list", "in-force"]) at(id).replaceChildren();
  for (const id of ["who", "leave", "content"]) at(id).hidden = true;
  at("sign-in").hidden = false;
  for (const place of ["refusal", "trouble", "done"]) tell(place, null);
}

const today = new Date();
at("date").value = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
  .map((part) => String(part).padStart(2, "0")).join("-");
at("date").addEventListener("change", () => look(false));
at("leave").addEventListener("click", leave);
at("language").addEventListener("change", async () => {
  await words.speak(at("language").value);
  await look(true);
});
at("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  tell("refusal", null);
  enter(at("token").value.trim(), at("tenant").value.trim());
  at("token").value = "";
});
at("language").value = words.wanted();
words.speak(at("language").value);
