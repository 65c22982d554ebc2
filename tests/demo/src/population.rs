//! The demo's people: 200 employees in four Chinese cities, their March of 2026, their reviews.
//!
//! Everything is derived from the employee's number, so every run of the demo is the same.

use jiff::civil::{Date, Weekday, date};
use serde_json::{Value, json};

/// How many people the demo employs.
pub(crate) const PEOPLE: u32 = 200;

const CITIES: [&str; 4] = ["beijing", "shanghai", "guangzhou", "shenzhen"];

/// One employee.
pub(crate) struct Person {
    number: u32,
    /// The id under which the employee is kept.
    pub(crate) id: String,
    /// Monthly wage in whole yuan.
    pub(crate) wage: u32,
    /// The city of work.
    pub(crate) city: &'static str,
}

/// All of them.
pub(crate) fn people() -> Vec<Person> {
    (1..=PEOPLE)
        .map(|number| Person {
            number,
            id: format!("E{number:03}"),
            wage: 6_000 + number * 7_919 % 41 * 1_100,
            city: CITIES[(number % 4) as usize],
        })
        .collect()
}

/// The days of March 2026 on which the office is open.
pub(crate) fn workdays() -> Vec<Date> {
    let mut day = date(2026, 3, 1);
    let mut days = Vec::new();
    while day.month() == 3 {
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            days.push(day);
        }
        day = day.saturating_add(jiff::ToSpan::days(1));
    }
    days
}

impl Person {
    /// What is kept of the employee: attributes with the day from which they hold.
    pub(crate) fn attributes(&self) -> Value {
        let since = |value: Value| json!([{"from": "2026-01-01", "value": value}]);
        let fund_rate = if self.number.is_multiple_of(3) { "0.07" } else { "0.05" };
        let mut attributes = json!({
            "income_kind": since(json!("wages")),
            "tax_residence": since(json!("resident")),
            "monthly_wage": since(json!(self.wage.to_string())),
            "gross": since(json!(self.wage.to_string())),
            "contribution_base": since(json!(self.wage.to_string())),
            "city": since(json!(self.city)),
            "housing_fund_base": since(json!(self.wage.to_string())),
            "housing_fund_rate": since(json!(fund_rate)),
            "housing_fund_employee_rate": since(json!(fund_rate)),
            "work_injury_rate": since(json!("0.002")),
            "additional_deductions": since(json!((self.number % 5 * 1_000).to_string())),
            "bonus_base": since(json!((self.wage / 5).to_string())),
        });
        if self.city == "shenzhen" {
            attributes["local_household"] = since(json!(self.number % 8 < 4));
        }
        attributes
    }

    /// Planned shifts and times worked in March: some are late, some stay longer, few are missing.
    pub(crate) fn attendance(&self) -> (Vec<Value>, Vec<Value>) {
        let mut schedule = Vec::new();
        let mut entries = Vec::new();
        for (index, day) in (0_u32..).zip(workdays()) {
            schedule.push(json!({"start": format!("{day}T09:00:00+08:00")}));
            if self.number % 40 == 3 && index == 11 {
                continue;
            }
            let late = self.number.is_multiple_of(7) && index % 10 == 4;
            let longer = self.number.is_multiple_of(5) && index % 7 == 2;
            let start = if late { "09:25" } else { "08:55" };
            let end = match (late, longer) {
                (true, _) => "18:25",
                (false, true) => "19:55",
                (false, false) => "17:55",
            };
            entries.push(json!({
                "start": format!("{day}T{start}:00+08:00"),
                "end": format!("{day}T{end}:00+08:00"),
                "unpaid_break_minutes": 60,
            }));
        }
        (schedule, entries)
    }

    /// Courses completed in March.
    pub(crate) fn events(&self) -> Vec<Value> {
        (0..self.number % 4)
            .map(|course| {
                json!({
                    "event": "course_completed",
                    "on": format!("2026-03-{:02}", 6 + course * 7),
                    "reference": format!("course-{}", course + 1),
                })
            })
            .collect()
    }

    /// Whether last month's review was excellent.
    pub(crate) fn excellent_reviews(&self) -> u32 {
        u32::from(self.number.is_multiple_of(9))
    }

    /// How March was rated, criterion by criterion.
    pub(crate) fn ratings(&self) -> Vec<Value> {
        let spread = |step: u32, from: u32, width: u32| from + self.number * step % width;
        vec![
            json!({"criterion": "sales_attainment", "score": spread(13, 70, 60)}),
            json!({"criterion": "customer_satisfaction", "score": spread(3, 3, 3)}),
            json!({"criterion": "new_customers", "score": spread(5, 0, 9)}),
        ]
    }
}
