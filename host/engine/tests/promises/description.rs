//! What the host builds from a description may rely on it.

use stele_engine::Exactness;
use stele_engine::contract::{
    Choice, Column, Decimal, DecimalBounds, Description, Field, IntegerBounds, Origin, ScalarKind,
    Shape, TableShape,
};

use crate::support::{self, described, description, engine, own};

#[track_caller]
fn assert_refused(part: &str, change: impl FnOnce(&mut Description)) {
    let mut insane = description();
    change(&mut insane);
    let rejection =
        support::check(&engine(|_| {}), &described("honest", &insane), Exactness::Exact)
            .unwrap_err();
    assert_eq!(rejection.check(), "describe", "{rejection}");
    assert!(rejection.reason().contains(part), "{rejection}");
}

fn kind(kind: ScalarKind) -> impl FnOnce(&mut Description) {
    move |description| description.facts[0].shape = Shape::Scalar(kind)
}

fn column(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        meaning: "A column.".to_owned(),
        unit: None,
        required: true,
        kind: ScalarKind::Boolean,
        key: false,
        selected_by: None,
    }
}

fn table(columns: Vec<Column>) -> Shape {
    Shape::Table(TableShape { columns, maximum_rows: 10 })
}

fn choice(name: &str) -> Choice {
    Choice { name: name.to_owned(), meaning: "A choice.".to_owned() }
}

fn decimal(negative: bool, low: u64) -> Option<Decimal> {
    Some(Decimal { negative, scale: 0, high: 0, low })
}

/// One of everything: every shape, kind, bound and option that the contract has.
#[test]
fn a_rich_description_passes_as_it_is() {
    let mut rich = description();
    let cities = vec![choice("beijing"), choice("hong_kong"), choice("IV"), choice("0T")];
    let scalars = [
        ScalarKind::Boolean,
        ScalarKind::Integer(IntegerBounds { minimum: Some(-5), maximum: Some(5) }),
        ScalarKind::Decimal(DecimalBounds {
            minimum: decimal(true, 5),
            maximum: decimal(false, 5),
            decimals: Some(2),
        }),
        ScalarKind::Text(64),
        ScalarKind::Date,
        ScalarKind::DateTime,
        ScalarKind::Choice(cities.clone()),
    ];
    for (at, kind) in scalars.iter().enumerate() {
        rich.facts.push(Field {
            name: format!("fact_{at}"),
            meaning: "A fact.".to_owned(),
            unit: Some("CNY/month".to_owned()),
            required: false,
            origin: if matches!(kind, ScalarKind::Date) {
                Origin::CalculationDate
            } else {
                Origin::Caller
            },
            shape: Shape::Scalar(kind.clone()),
        });
    }
    let mut columns: Vec<Column> = scalars
        .into_iter()
        .enumerate()
        .map(|(at, kind)| Column { kind, ..column(&format!("column_{at}")) })
        .collect();
    rich.facts.push(Field { shape: table(columns.clone()), ..rich.facts[0].clone() });
    rich.facts[8].name = "entries".to_owned();
    columns[6].key = true;
    columns[6].selected_by = Some(7);
    rich.parameters.push(Field { shape: table(columns), ..rich.parameters[0].clone() });
    rich.parameters[1].name = "contributions".to_owned();
    rich.items[0].citation = Some("Law, article 6".to_owned());
    rich.findings[0].citation = Some("Law, article 7".to_owned());
    rich.findings[0].unit = Some("hours".to_owned());
    rich.steps[0].citation = Some("Law, article 8".to_owned());
    rich.steps[0].arguments[0].unit = Some("CNY".to_owned());

    let rule =
        support::check(&engine(|_| {}), &described("honest", &rich), Exactness::Exact).unwrap();
    assert_eq!(rule.description(), &rich);
}

#[test]
fn names_are_snake_case_and_unique() {
    for bad in ["", "Number", "number one", "1st", "_a", "a__b", "a_", "a-b", "é"] {
        assert_refused("snake_case", |description| description.facts[0].name = bad.to_owned());
    }
    assert_refused("at most 64 bytes", |description| description.facts[0].name = "n".repeat(65));
    assert_refused("two items have the name `answer`", |description| {
        description.items[1].name = "answer".to_owned();
    });
    assert_refused("kebab-case", |description| description.name = "Text Rule".to_owned());
    assert_refused("category", |description| {
        description.items[0].category = "Other Things".to_owned();
    });
}

#[test]
fn texts_are_there_and_bounded() {
    assert_refused("expected a meaning", |description| {
        description.facts[0].meaning = "  ".to_owned();
    });
    assert_refused("at most 4096", |description| description.items[0].meaning = "x".repeat(4097));
    assert_refused("expected a unit", |description| {
        description.facts[0].unit = Some(String::new());
    });
    assert_refused("expected a citation", |description| {
        description.items[0].citation = Some(String::new());
    });
}

#[test]
fn the_number_of_declarations_is_bounded() {
    assert_refused("600 items, at most 512", |description| {
        let item = description.items[0].clone();
        description.items = vec![item; 600];
    });
}

#[test]
fn kinds_make_sense() {
    assert_refused("found 0", kind(ScalarKind::Choice(Vec::new())));
    assert_refused("expected letters", kind(ScalarKind::Choice(vec![choice("a b")])));
    assert_refused("two choices", kind(ScalarKind::Choice(vec![choice("a"), choice("a")])));
    assert_refused("characters, found 0", kind(ScalarKind::Text(0)));
    let bounds = IntegerBounds { minimum: Some(2), maximum: Some(1) };
    assert_refused("minimum 2 is above maximum 1", kind(ScalarKind::Integer(bounds)));
    let decimals = |minimum, maximum, decimals| {
        kind(ScalarKind::Decimal(DecimalBounds { minimum, maximum, decimals }))
    };
    assert_refused("is above maximum -1", decimals(decimal(false, 1), decimal(true, 1), None));
    assert_refused("not a decimal", decimals(decimal(true, 0), None, None));
    assert_refused("at most 28 decimals, found 29", decimals(None, None, Some(29)));
}

#[test]
fn tables_make_sense() {
    assert_refused("1 to 64 columns, found 0", |description| {
        description.facts[0].shape = table(Vec::new());
    });
    assert_refused("two columns have the name `a`", |description| {
        description.facts[0].shape = table(vec![column("a"), column("a")]);
    });
    assert_refused("found at most 0", |description| {
        let empty = TableShape { columns: vec![column("a")], maximum_rows: 0 };
        description.facts[0].shape = Shape::Table(empty);
    });
    assert_refused("only tables of parameters have keys", |description| {
        description.facts[0].shape = table(vec![Column { key: true, ..column("a") }]);
    });
    assert_refused("a column of the key is always required", |description| {
        let column = Column { key: true, required: false, ..column("a") };
        description.parameters[0].shape = table(vec![column]);
    });
}

#[test]
fn rows_are_selected_by_a_fact_of_the_same_kind() {
    let selecting = |key, selected_by| {
        move |description: &mut Description| {
            let column = Column { key, selected_by: Some(selected_by), ..column("a") };
            description.parameters[0].shape = table(vec![column]);
        }
    };
    assert_refused("selected by fact 1 of 1", selecting(true, 1));
    assert_refused("another kind", selecting(true, 0));
    assert_refused("only a column of the key", selecting(false, 0));
    assert_refused("another kind", |description| {
        description.facts[0].shape = Shape::Scalar(ScalarKind::Choice(vec![choice("a")]));
        let kind = ScalarKind::Choice(vec![choice("b")]);
        let column = Column { key: true, selected_by: Some(0), kind, ..column("a") };
        description.parameters[0].shape = table(vec![column]);
    });
}

#[test]
fn only_a_date_comes_from_the_calculation_and_never_a_parameter() {
    assert_refused("it is not a date", |description| {
        description.facts[0].origin = Origin::CalculationDate;
    });
    assert_refused("must be `caller`", |description| {
        description.parameters[0].shape = Shape::Scalar(ScalarKind::Date);
        description.parameters[0].origin = Origin::CalculationDate;
    });
}

#[test]
fn steps_and_findings_name_only_what_they_have() {
    assert_refused("uses parameter 1 of 1", |description| {
        description.steps[0].parameters = vec![1];
    });
    assert_refused("unknown placeholder {rate}", |description| {
        description.steps[0].text = Some("At {rate}.".to_owned());
    });
    assert_refused("a brace that is not closed", |description| {
        description.steps[0].text = Some("At {number.".to_owned());
    });
    assert_refused("unknown placeholder {hours}", |description| {
        description.findings[0].meaning = "{hours} is too much.".to_owned();
    });
    assert_refused("two arguments have the name `number`", |description| {
        description.steps[0].arguments = vec![own("number"), own("number")];
    });
}
