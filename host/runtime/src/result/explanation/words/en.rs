//! English.

use super::{Headings, Words};

pub(super) const WORDS: Words = Words {
    tag: "en",
    headings: Headings {
        amounts: "Amounts",
        item: "Item",
        amount: "Amount",
        how: "How each amount was computed",
        provision: "Provision",
        other_steps: "Further steps",
        findings: "What was noticed",
        breach: "Breach",
        warning: "Warning",
        note: "Note",
        facts: "Facts that were used",
        fact: "Fact",
        value: "Value",
        origin: "Where it came from",
        parameters: "Values of the law that were used",
        parameter: "Value",
        valid: "Valid",
        source: "Source",
        unconfirmed: "The publication of this value could not be seen when the rules were written.",
        authority: "Who put these rules in force",
        checking: "How to have it checked",
        identification: "Identification",
        result: "Result",
        employee: "Employee",
        date: "Calculated for",
        recorded: "Recorded",
        version: "Version of the rules",
        package: "Digest of the rules (SHA-256)",
        digest: "Digest of the result (SHA-256, salted)",
    },
    title: "How this was calculated: {title}",
    about_employee: "This page explains how the amounts of {employee} for {date} were calculated: \
                     the facts that were used, the rules that were applied to them, and the \
                     provisions that these rest on.",
    about: "This page explains how the amounts for {date} were calculated: the facts that were \
            used, the rules that were applied to them, and the provisions that these rest on.",
    made: "The calculation was recorded on {recorded_at}. It takes into account what was known on \
           {known_at}, and nothing later.",
    logic: "A computer program made it. The amounts follow from the facts and from the version of \
            the rules named here, and from nothing else: the same facts give everybody the same \
            amounts.",
    no_steps: "This amount has no step of its own: it follows from the facts and the other amounts \
               on this page.",
    given: "stated for this calculation",
    from_employee: "from the employee's record: valid since {since} (revision {revision})",
    calculation_date: "the date of the calculation",
    in_force: "{ruleset}, version {version}, was in force for {slot} from {valid_from} on.",
    activated: "{who} put it in force on {when}.",
    proposed: "{who} proposed it on {when}.",
    approved: "{who} approved it on {when}.",
    amended: "{who} changed the proposal on {when}; approvals given before did not count any more.",
    confirmed: "{who} confirmed it on {when}.",
    reason: "The reason given: {reason}",
    unapproved: "No second person had to approve it.",
    emergency: "It was put in force in an emergency by one person; a second person has not \
                confirmed it yet.",
    checking: [
        "Compare the facts on this page with your contract, your certificates and your records of \
         working time. If one is wrong, ask for its correction and for a new calculation.",
        "Have the result calculated again: from what is stored under {id} it must come out the \
         same to the last digit. Whoever gave you this page can do that for you.",
        "Ask for the evidence of the result: one file with facts, rules and records of who put \
         them in force. Anyone can check it without access to the employer's systems, with the \
         command “stele replay” and this file.",
        "If you think that the law was applied wrongly, name the amount, the provision beside it \
         and the version {version} of {ruleset}.",
    ],
    yes: "yes",
    no: "no",
};
