# What the host says around the texts of a ruleset. English is the reference: every other language
# has the same messages with the same variables. One message a line; a line break would be shown.

## Headings of an explanation

amounts = Amounts
item = Item
amount = Amount
how = How each amount was computed
provision = Provision:
other-steps = Further steps
findings = What was noticed
breach = Breach
warning = Warning
note = Note
facts = Facts that were used
fact = Fact
value = Value
origin = Where it came from
parameters = Values of the law that were used
source = Source:
authority = Who put these rules in force
checking = How to have it checked
identification = Identification
result = Result
employee = Employee
employment = Employment
date = Calculated for
recorded = Recorded
version = Version of the rules
package = Digest of the rules (SHA-256)
digest = Digest of the result (SHA-256, salted)

## What the reader is looking at

# $title: what the ruleset is called
title = How this was calculated: { $title }
# $employee: identifier of the employee; $date: the day whose law and facts hold
about-employee = This page explains how the amounts of { $employee } for { $date } were calculated: the facts that were used, the rules that were applied to them, and the provisions that these rest on.
about = This page explains how the amounts for { $date } were calculated: the facts that were used, the rules that were applied to them, and the provisions that these rest on.
# $recorded_at, $known_at: day and time of day
made = The calculation was recorded on { $recorded_at }. It takes into account what was known on { $known_at }, and nothing later.
logic = A computer program made it. The amounts follow from the facts and from the version of the rules named here, and from nothing else: the same facts give everybody the same amounts.
no-steps = This amount has no step of its own: it follows from the facts and the other amounts on this page.

## Where a fact came from

given = stated for this calculation
# $since: a day; $revision: how often the employee's record had changed by then
from-employee = from the employee's record: valid since { $since } (revision { $revision })
calculation-date = the date of the calculation

## Since when a value of the law is in force

# $from, $until: days, both included
in-force-since = in force since { $from }
in-force-from-until = in force from { $from } to { $until }
unseen = The publication of this value could not be seen when the rules were written.

## Who put the rules in force

# $ruleset: what it is called; $slot: the place in which it was in force, such as payroll
in-force = { $ruleset }, version { $version }, was in force for { $slot } from { $valid_from } on.
# $who: a name; $when: day and time of day
activated = { $who } put it in force on { $when }.
proposed = { $who } proposed it on { $when }.
approved = { $who } approved it on { $when }.
amended = { $who } changed the proposal on { $when }; approvals given before did not count any more.
confirmed = { $who } confirmed it on { $when }.
reason = The reason given: { $reason }
unapproved = No second person had to approve it.
emergency = It was put in force in an emergency by one person; a second person has not confirmed it yet.

## How to have it checked

compare-facts = Compare the facts on this page with your contract, your certificates and your records of working time. If one is wrong, ask for its correction and for a new calculation.
# $id: identifier of the result
calculate-again = Have the result calculated again: from what is stored under { $id } it must come out the same to the last digit. Whoever gave you this page can do that for you.
ask-for-evidence = Ask for the evidence of the result: one file with facts, rules and records of who put them in force. Anyone can check it without access to the employer's systems, with the command “stele replay” and this file.
name-the-version = If you think that the law was applied wrongly, name the amount, the provision beside it and the version { $version } of { $ruleset }.

## Values of the law whose sources could not be seen

# $label: what the value is called; $from: the day since when it holds; $source: where it is said to stand
unconfirmed-one = The value of { $label } from { $from } could not be confirmed in its publication. Source: { $source }
# $count: at least two; $list: each by unconfirmed-item, with clause-separator between them
unconfirmed-several = { $count } values that this result rests on could not be confirmed in their publications: { $list }
unconfirmed-item = { $label } from { $from } (source: { $source })
clause-separator = {"; "}

## How the employment stood

# $since, $begins: a day. $fact: what a fact is called
employment-on-leave = The employment was on leave on the date of this calculation: its status has been “on leave” since { $since }.
employment-not-begun = The employment had not begun on the date of this calculation: it begins on { $begins }.
employment-ended = The employment had ended before the date of this calculation: its status has been “ended” since { $since }.
employment-moved = The employment had moved by the date of this calculation: it has belonged elsewhere since { $since }.
stale-fact = The value of “{ $fact }” is the one that was stated for { $since }: it holds for one month only, and none was stated for the month of this calculation.

## Small words

yes = yes
no = no
list-separator = {", "}
# $name with what it is more closely
in-brackets = { $name } ({ $more })
labelled = { $label }: { $value }

## Formulas

# $number: by the customs of the language
percentage = { $number } %
# $list: one or several values, with list-separator between them; $last: the last one
list-end = { $list } and { $last }
# $list: the values, two or more
larger-of = the larger of { $list }
smaller-of = the smaller of { $list }
sum-of = the sum of { $list }
# $value, $least, $most: values with their labels, or longer expressions
at-least = { $value }, but at least { $least }
at-most = { $value }, but at most { $most }
# $unit: what the result is a multiple of, such as 0.01. Up is away from zero, down is towards zero.
rounded-half-up = { $value }, rounded half up to { $unit }
rounded-half-down = { $value }, rounded half down to { $unit }
rounded-half-even = { $value }, rounded half to even to { $unit }
rounded-up = { $value }, rounded up to { $unit }
rounded-down = { $value }, rounded down to { $unit }
rounded-to-greater = { $value }, rounded to the next greater { $unit }
rounded-to-smaller = { $value }, rounded to the next smaller { $unit }
# $table: what the table of the tax is called. The bands follow in brackets.
tax-by = tax on { $amount } by { $table }
# $one, $other, $condition: comparisons, or values that are true or false
both = { $one } and { $other }
either = { $one } or { $other }
not = not { $value }
choose = { $then } if { $condition }, otherwise { $otherwise }
# $from, $to: days with their labels
days-between = days from { $from } to { $to }
months-between = whole months from { $from } to { $to }
years-between = whole years from { $from } to { $to }

## Headings of a version as it is reviewed

validity = Validity
left-out = What is not covered
needed = What must be known
required = required
formulas = Formulas
shared-computations = Computations that several formulas use
refusals = What is refused
cases = Cases
refused = Refused:
does-not-hold = This case does not hold.
values-on = Values of the law in force on { $date }
only-where = only where { $condition }
for-each = for each { $what }
and-more = … and { $count } more
