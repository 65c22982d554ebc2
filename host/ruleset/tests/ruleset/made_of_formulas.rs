//! Rules made of formulas: what was reviewed is what runs.

use stele_engine::Exactness;
use stele_formula_writer::Machine;
use stele_ruleset::{CheckName, FORMULAS_FILE, FormulaText, NotMade, Package, PackageError, check};

use crate::support::{Files, engine, object, ready, report_of, repository, with};

const NAME: &str = "acme/allowances";

/// The shipped ruleset of formulas, as files.
fn allowances() -> Files {
    let package = Package::from_folder(&repository().join("rulesets").join(NAME), &repository());
    let package = package.unwrap_or_else(|error| panic!("{error}"));
    package.files().map(|(path, content)| (path.to_owned(), content.to_vec())).collect()
}

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

/// The files with a part of one changed.
fn changed(files: Files, path: &str, from: &str, to: &str) -> Files {
    let before = text(&files, path);
    assert!(before.contains(from), "{path} has no {from}");
    with(files, path, &before.replace(from, to))
}

/// What the check of formulas says of these files.
async fn refusal(files: Files) -> String {
    let report = report_of(check(&engine(), &Package::from_files(files).unwrap()).await);
    assert_eq!(report.failed().unwrap().check, CheckName::Formulas, "{report}");
    report.to_string()
}

#[tokio::test]
async fn a_ruleset_of_formulas_passes_every_check() {
    let published = check(&engine(), &Package::from_files(allowances()).unwrap()).await;
    let report = published.unwrap_or_else(|refused| panic!("{refused}")).report;
    let made = report.checks.iter().find(|check| check.check == CheckName::Formulas).unwrap();
    assert_eq!(made.detail, "the component is what they give, by machine 1");
    assert_eq!(report.cases.len(), 8);
}

#[tokio::test]
async fn a_component_that_its_text_does_not_give_is_refused_by_the_first_difference() {
    let files = allowances();
    let other = changed(files.clone(), FORMULAS_FILE, "* meal_rate", "* child_rate");
    let said = refusal(other).await;
    assert!(said.contains("is not what formulas.toml gives, first at byte"), "{said}");
    assert!(said.contains("in the program") || said.contains("in the description"), "{said}");
    let other = changed(files.clone(), FORMULAS_FILE, "Meal allowance for a day", "Meals of a day");
    let said = refusal(other).await;
    assert!(said.contains("in the description near"), "{said}");

    let mut other = files.clone();
    *other.get_mut("component.wasm").unwrap().last_mut().unwrap() ^= 1;
    assert!(refusal(other).await.contains("in the machine's own code"));
    let component = Machine::newest().component().to_vec();
    let mut other = files;
    other.insert("component.wasm".to_owned(), component);
    assert!(refusal(other).await.contains("expected"));
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_text_is_said_at_once_and_where() {
    let files = changed(allowances(), FORMULAS_FILE, "days_worked / days", "days_wroked / days");
    let files = changed(files, FORMULAS_FILE, "paid_children * child_rate", "paid_children * ");
    let lines: Vec<usize> = text(&files, FORMULAS_FILE)
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains("wroked") || line.ends_with("* \""))
        .map(|(index, _)| index + 1)
        .collect();
    let said = refusal(files.clone()).await;
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert!(said.contains(&format!("formulas.toml: line {line}, column ")), "{said}");
    }
    assert!(said.contains("days_worked"), "{said}");

    let compiled = FormulaText::read("acme-allowances", 1, &text(&files, FORMULAS_FILE));
    let Err(NotMade::Wrong(wrong)) = compiled.component() else { panic!("it must be refused") };
    let shown = wrong[0].to_string();
    let underlined: Vec<&str> = shown.lines().filter(|line| line.contains("^^^")).collect();
    let quoted = shown.lines().find(|line| line.contains("days_wroked / days")).unwrap();
    let start = underlined[0].find('^').unwrap();
    assert_eq!(&quoted[start..start + "days_wroked".len()], "days_wroked", "{shown}");
}

#[tokio::test]
async fn what_is_declared_and_used_by_nothing_is_refused() {
    let package = |files: Files| {
        let text = text(&files, FORMULAS_FILE);
        let component = FormulaText::read("acme-allowances", 1, &text).component().unwrap();
        Files::from_iter(files.into_iter().chain([("component.wasm".to_owned(), component)]))
    };
    let files = changed(allowances(), FORMULAS_FILE, "* meal_rate", "* child_rate");
    let said = refusal(package(files)).await;
    assert!(said.contains("declared and used by nothing: 1 problem"), "{said}");
    assert!(said.contains("expected a formula that uses it, found") && said.contains("meal_rate"));
}

#[tokio::test]
async fn a_machine_that_nobody_published_is_refused() {
    let files = changed(allowances(), "ruleset.toml", "machine = 1", "machine = 7");
    let said = refusal(files).await;
    assert!(said.contains("machine: expected a version"), "{said}");
    assert!(said.contains("found 7"), "{said}");
}

#[test]
fn formulas_and_a_machine_belong_together() {
    let mut without = allowances();
    without.remove(FORMULAS_FILE);
    let refused = Package::from_files(without).unwrap_err();
    assert!(matches!(refused, PackageError::MissingFile { file } if file == FORMULAS_FILE));

    let named = "component = \"payroll-cn\"";
    let files = changed(allowances(), "ruleset.toml", "machine = 1", named);
    let refused = Package::from_files(files).unwrap_err().to_string();
    assert!(refused.contains("formulas.toml: ruleset.toml names a component"), "{refused}");

    let both = format!("machine = 1\n{named}");
    let files = changed(allowances(), "ruleset.toml", "machine = 1", &both);
    let refused = Package::from_files(files).unwrap_err().to_string();
    assert!(refused.contains("expected no component beside a machine"), "{refused}");
    let files = changed(allowances(), "ruleset.toml", "machine = 1\n", "");
    let refused = Package::from_files(files).unwrap_err().to_string();
    assert!(refused.contains("`machine = 1` where the rule is made of formulas"), "{refused}");
}

#[tokio::test]
async fn english_labels_are_those_of_the_formulas_and_other_languages_are_texts() {
    let files = allowances();
    assert!(!files.contains_key("texts/en.toml"));
    let engine = engine();
    let ruleset = ready(&engine, &Package::from_files(files).unwrap());
    let facts = object(
        r#"{ "base_salary": "12000", "grade": "senior", "days_in_month": "22",
             "days_worked": "11", "commute": "12" }"#,
    );
    let date = jiff::civil::date(2026, 3, 31);
    let holder = std::sync::Arc::from("test");
    let calculation = ruleset.calculate(&engine, &holder, date, &facts, true).await.unwrap();
    for (language, label, figure) in
        [("en", "Transport allowance", "Share of the month"), ("zh", "交通津贴", "当月比例")]
    {
        let view = calculation.render(&ruleset, ruleset.wording(&[language])).unwrap();
        let view = serde_json::to_value(view).unwrap();
        assert_eq!(view["lines"][0]["label"], label);
        assert_eq!(view["lines"][0]["amount"], "150.00");
        assert!(view["steps"].to_string().contains(figure), "{}", view["steps"]);
    }
}

#[test]
fn the_same_folder_gives_the_same_package_everywhere() {
    let package = |files| Package::from_files(files).unwrap().digest();
    assert_eq!(package(allowances()), package(allowances()));
}

#[tokio::test]
async fn a_rule_of_formulas_starts_from_its_memory_after_create_like_a_written_one() {
    let files = allowances();
    let rule = engine().check("test", &files["component.wasm"], Exactness::Exact).await.unwrap();
    assert!(rule.is_restorable());
    assert_eq!(rule.description().name, "acme-allowances");
}

const SMALL: [(&str, &str); 2] = [
    (
        "ruleset.toml",
        "name = \"acme/deep\"\nversion = \"1.0.0\"\nkind = \"points\"\nlanguages = [\"en\"]\n\
         machine = 1\n[validity]\nfrom = 2026-01-01\nuntil = 2026-12-31\n",
    ),
    ("parameters.toml", ""),
];

/// A rule of one line, whose formula asks for so many functions, each nested 20 deep.
fn nested(open: &str, close: &str, functions: usize) -> String {
    let mut text = "title = \"Deep\"\nmeaning = \"Deep.\"\n[[fact]]\nname = \"start\"\n\
                    type = \"number\"\nmeaning = \"A number.\"\n"
        .to_owned();
    for function in 0..=functions {
        let inner = match function {
            0 => "x".to_owned(),
            _ => format!("f{}(x)", function - 1),
        };
        text += &format!(
            "[[function]]\nname = \"f{function}\"\nmeaning = \"Deep.\"\n\
             parameters = [{{ name = \"x\", type = \"number\" }}]\nformula = \"{}{inner}{}\"\n",
            open.repeat(20),
            close.repeat(20)
        );
    }
    text + &format!(
        "[[line]]\nitem = \"deep\"\nlabel = \"Deep\"\nmeaning = \"Deep.\"\nunit = \"points\"\n\
         category = \"total\"\ncitation = \"Agreement, item 1\"\nformula = \"f{functions}(start)\"\n"
    )
}

#[tokio::test]
async fn formulas_that_nest_as_deeply_as_they_may_do_not_exhaust_the_stack() {
    let engine = engine();
    for (open, close) in [
        ("(1 + ", ")"),
        ("(if x > 0 then ", " else 1)"),
        ("max(1, ", ")"),
        ("round half up(2 * ", " / 2, 2)"),
        ("sum(for y in [x] return ", ")"),
    ] {
        let made = |functions| {
            let text = nested(open, close, functions);
            FormulaText::read("acme-deep", 1, &text).component().map(|component| (text, component))
        };
        let deepest = (0..20).map_while(|functions| made(functions).ok()).last();
        let (text, component) = deepest.unwrap_or_else(|| panic!("{open}: no rule was made"));
        let mut files: Files = SMALL
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect();
        files.insert(FORMULAS_FILE.to_owned(), text.into_bytes());
        files.insert("component.wasm".to_owned(), component);
        let ruleset = ready(&engine, &Package::from_files(files).unwrap());
        let facts = object(r#"{ "start": "1" }"#);
        let date = jiff::civil::date(2026, 3, 31);
        let holder = std::sync::Arc::from("test");
        let calculation = ruleset.calculate(&engine, &holder, date, &facts, false).await;
        assert!(calculation.is_ok(), "{open}: {}", calculation.unwrap_err());
    }
}
