// What an impact report says to whoever approves: what fails first, then the money.
"use strict";

/** How often each reason occurs among the failures that are listed, the most frequent first. */
function reasons(listed) {
  const counts = new Map();
  for (const { reason } of listed) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

function failures(content) {
  const shown = [];
  const { calculations = 0, of = 0 } = content.computed ?? {};
  if (calculations < of) {
    shown.push(alarm(words.say("incomplete", { failed: words.amount(of - calculations), of: words.amount(of) })));
  }
  const { employees: people, listed } = content.newly_failing;
  if (people > 0) {
    const list = element("ul", {});
    for (const [reason, count] of reasons(listed ?? [])) {
      list.append(element("li", {}, words.say("failing_because", { count, reason })));
    }
    shown.push(element("div", { className: "refusal" },
      words.say("newly_failing", { people: words.amount(people) }), list));
  }
  if (content.failing_in_both > 0) {
    const calculations = words.amount(content.failing_in_both);
    shown.push(alarm(words.say("failing_in_both", { calculations })));
  }
  return shown;
}

function coverage(report) {
  if (!report.covered) return [];
  const { people, of } = report.covered;
  const text = words.say("covered", { people: words.amount(people), of: words.amount(of) });
  return [people < of ? alarm(text) : element("p", {}, text)];
}

function totals(items) {
  if (items.length === 0) return [];
  const titles = ["before", "after", "difference"];
  const head = element("tr", {}, element("th", {}, words.say("item")),
    ...titles.map((title) => element("th", { className: "amount" }, words.say(title))));
  const rows = items.map((item) => element("tr", {}, element("td", {}, item.label ?? item.code),
    ...titles.map((title) => cell(words.say(title), "amount",
      words.amount(item[title], title === "difference" ? item.unit : null)))));
  return [element("table", { className: "stacked" },
    element("thead", {}, head), element("tbody", {}, ...rows))];
}

/** The report as elements, and whether an approver has all of it before them. */
function impactReport(report) {
  const { content } = report;
  if (!content) {
    return report.state === "failed"
      ? { elements: [alarm(words.say("report_failed", { reason: report.reason ?? "" }))], whole: false }
      : { elements: [element("p", { className: "soft" }, words.say("report_running"))], whole: false };
  }
  const facts = Object.entries(content.facts ?? {}).map(([name, value]) => `${name} = ${value}`);
  const whose = {
    affected: words.amount(content.affected), employees: words.amount(content.employees),
    money: words.amount(content.affected_by_money ?? content.affected),
    findings: words.amount(content.affected_by_findings ?? 0),
  };
  const summary = words.say(
    { none: "nothing_differs", unknown: "nothing_known_differs" }[content.differences] ?? "affected", whose);
  return {
    whole: true,
    elements: [
      ...failures(content),
      ...(facts.length === 0 ? [] : [alarm(words.say("same_for_all", { facts: facts.join(", ") }))]),
      ...coverage(report),
      element("p", {}, summary),
      ...totals(content.items),
    ],
  };
}
