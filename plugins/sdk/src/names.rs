//! Checks that the compiler makes while it compiles a rule.
//!
//! What a derive macro cannot see, because it knows one struct at a time, is checked here in
//! constant evaluation: that bounds fit the type, that a key is in a parameter, that
//! `selected_by = "city"` names a fact and `parameters("brackets")` a parameter.

use crate::declaration::{
    Attributes, ChoiceDeclaration, ColumnDeclaration, FieldDeclaration, Kind, Shape, Source,
    StepDeclaration, Token,
};
use crate::rule::{Facts, Parameters, Rule, Steps};

/// Does the attribute of a fact fit its type? Called by `#[derive(Facts)]`.
pub const fn check_fact(field: &FieldDeclaration) {
    check_shape(&field.shape, &field.attributes);
    if let Shape::Table(columns) = field.shape {
        let mut position = 0;
        while position < columns.len() {
            let key = columns[position].attributes.key;
            assert!(!key, "a key column is for tables of parameters: this row has one");
            position += 1;
        }
    }
    let date = matches!(field.shape, Shape::Scalar { kind: Kind::Date, required: true });
    let calculation_date = field.attributes.calculation_date;
    assert!(date || !calculation_date, "`calculation_date` is for a fact of type Date");
}

/// Does the attribute of a parameter fit its type? Called by `#[derive(Parameters)]`.
pub const fn check_parameter(field: &FieldDeclaration) {
    check_shape(&field.shape, &field.attributes);
}

/// Does the attribute of a column fit its type? Called by `#[derive(Row)]`.
pub const fn check_column(kind: &Kind, required: bool, attributes: &Attributes) {
    check_shape(&Shape::Scalar { kind: *kind, required }, attributes);
    assert!(required || !attributes.key, "a key column cannot be an Option");
}

const fn check_shape(shape: &Shape, attributes: &Attributes) {
    let (kind, table) = match shape {
        Shape::Scalar { kind, .. } => (Some(kind), false),
        Shape::Table(_) => (None, true),
    };
    let decimal = matches!(kind, Some(Kind::Decimal));
    let integer = matches!(kind, Some(Kind::Integer { .. }));
    let number = decimal || integer;
    let text = matches!(kind, Some(Kind::Text));
    let bounded = attributes.minimum.is_some() || attributes.maximum.is_some();
    let fraction = has_fraction(attributes.minimum) || has_fraction(attributes.maximum);
    assert!(number || !bounded, "`minimum` and `maximum` are for numbers");
    assert!(!integer || !fraction, "`minimum` and `maximum` of an integer are whole numbers");
    assert!(decimal || attributes.decimals.is_none(), "`decimals` is for decimals");
    assert!(text || attributes.maximum_length.is_none(), "`maximum_length` is for texts");
    assert!(table || attributes.maximum_rows.is_none(), "`maximum_rows` is for tables");
    assert!(number || attributes.unit.is_none(), "`unit` is for numbers");
    assert!(
        table || !attributes.optional,
        "`optional` is for tables; a scalar that may be missing is an Option"
    );
}

const fn has_fraction(number: Option<&str>) -> bool {
    let Some(number) = number else { return false };
    let bytes = number.as_bytes();
    let mut position = 0;
    while position < bytes.len() {
        if bytes[position] == b'.' {
            return true;
        }
        position += 1;
    }
    false
}

/// Do the names that one declaration uses of another exist? Called by `export!`.
pub const fn names_agree<R: Rule>() {
    let facts = <R::Facts as Facts>::FIELDS;
    let parameters = <R::Parameters as Parameters>::FIELDS;
    let steps = <R::Step as Steps>::STEPS;
    let mut parameter = 0;
    while parameter < parameters.len() {
        if let Shape::Table(columns) = parameters[parameter].shape {
            let mut column = 0;
            while column < columns.len() {
                if let Some(name) = columns[column].attributes.selected_by {
                    check_selection(facts, name, &columns[column].kind);
                }
                column += 1;
            }
        }
        parameter += 1;
    }
    let mut step = 0;
    while step < steps.len() {
        let mut used = 0;
        while used < steps[step].parameters.len() {
            let name = steps[step].parameters[used];
            if position_of(parameters, name).is_none() {
                refuse("a step says `parameters(\"", name, "\")`, but no parameter has that name");
            }
            used += 1;
        }
        check_arguments(&steps[step], facts, parameters);
        let mut earlier = 0;
        while earlier < step {
            if same_text(steps[earlier].name, steps[step].name) {
                refuse("two steps have the name \"", steps[step].name, "\"");
            }
            earlier += 1;
        }
        step += 1;
    }
}

const fn check_arguments(
    step: &StepDeclaration,
    facts: &[FieldDeclaration],
    parameters: &[FieldDeclaration],
) {
    let mut argument = 0;
    while argument < step.arguments.len() {
        let name = step.arguments[argument].name;
        match step.arguments[argument].source {
            Source::FactCell(at, column) => check_column_of(&facts[at as usize], column),
            Source::ParameterCell(at, column) => check_column_of(&parameters[at as usize], column),
            Source::Cell(columns, _) => {
                match tables_of(facts, columns) + tables_of(parameters, columns) {
                    1 => {}
                    0 => refuse("no fact or parameter has the rows whose cell is `", name, "`"),
                    _ => refuse(
                        "several tables have the rows whose cell is `",
                        name,
                        "`: say which, as in #[is(Law::BRACKETS)] row: &Bracket",
                    ),
                }
            }
            _ => {}
        }
        argument += 1;
    }
    let Some(formula) = step.formula else { return };
    let mut token = 0;
    while token < formula.tokens.len() {
        if let Token::Tax(rows) = formula.tokens[token] {
            let of = match step.arguments[rows as usize].source {
                Source::Parameter(at) => parameters[at as usize].tax.is_some(),
                _ => false,
            };
            let name = step.arguments[rows as usize].name;
            if !of {
                refuse("`tax` is for a parameter of type Brackets<…>, which `", name, "` is not");
            }
        }
        token += 1;
    }
}

const fn check_column_of(field: &FieldDeclaration, column: &str) {
    if let Shape::Table(columns) = field.shape
        && column_of(columns, column).is_some()
    {
        return;
    }
    refuse("the table has no column `", column, "`")
}

/// Position of the column of that name.
pub(crate) const fn column_of(columns: &[ColumnDeclaration], name: &str) -> Option<usize> {
    let mut position = 0;
    while position < columns.len() {
        if same_text(columns[position].name, name) {
            return Some(position);
        }
        position += 1;
    }
    None
}

/// How many of the fields are tables of these columns.
const fn tables_of(fields: &[FieldDeclaration], columns: &[ColumnDeclaration]) -> usize {
    let (mut position, mut count) = (0, 0);
    while position < fields.len() {
        count += has_columns(&fields[position], columns) as usize;
        position += 1;
    }
    count
}

/// Whether a field is a table of these columns. Two structs that declare the same are the same.
pub(crate) const fn has_columns(field: &FieldDeclaration, columns: &[ColumnDeclaration]) -> bool {
    let Shape::Table(own) = field.shape else { return false };
    if own.len() != columns.len() {
        return false;
    }
    let mut position = 0;
    while position < columns.len() {
        let same = same_text(own[position].name, columns[position].name)
            && same_text(own[position].meaning, columns[position].meaning);
        if !same {
            return false;
        }
        position += 1;
    }
    true
}

const fn check_selection(facts: &[FieldDeclaration], name: &str, kind: &Kind) {
    let Some(position) = position_of(facts, name) else {
        refuse("a column says `selected_by = \"", name, "\"`, but no fact has that name");
    };
    match facts[position].shape {
        Shape::Scalar { kind: of_fact, .. } if same_kind(&of_fact, kind) => {}
        _ => {
            refuse("a column says `selected_by = \"", name, "\"`, but that fact is of another type")
        }
    }
}

/// Position of the field of that name.
pub(crate) const fn position_of(fields: &[FieldDeclaration], name: &str) -> Option<usize> {
    let mut position = 0;
    while position < fields.len() {
        if same_text(fields[position].name, name) {
            return Some(position);
        }
        position += 1;
    }
    None
}

const fn same_kind(left: &Kind, right: &Kind) -> bool {
    match (left, right) {
        (Kind::Choice(left), Kind::Choice(right)) => same_choices(left, right),
        (Kind::Boolean, Kind::Boolean)
        | (Kind::Integer { .. }, Kind::Integer { .. })
        | (Kind::Decimal, Kind::Decimal)
        | (Kind::Text, Kind::Text)
        | (Kind::Date, Kind::Date)
        | (Kind::DateTime, Kind::DateTime) => true,
        _ => false,
    }
}

const fn same_choices(left: &[ChoiceDeclaration], right: &[ChoiceDeclaration]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut position = 0;
    while position < left.len() {
        if !same_text(left[position].name, right[position].name) {
            return false;
        }
        position += 1;
    }
    true
}

const fn same_text(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut position = 0;
    while position < left.len() {
        if left[position] != right[position] {
            return false;
        }
        position += 1;
    }
    true
}

/// Stops the compilation with a message that names the name. Constant evaluation cannot format, so
/// the three parts are copied together; what does not fit is cut off.
#[allow(clippy::panic, reason = "it runs in the compiler and stops the compilation")]
const fn refuse(before: &str, name: &str, after: &str) -> ! {
    let mut message = [0_u8; 256];
    let length = copy(&mut message, 0, before);
    let length = copy(&mut message, length, name);
    let length = copy(&mut message, length, after);
    let (message, _) = message.split_at(length);
    match std::str::from_utf8(message) {
        Ok(message) => panic!("{}", message),
        Err(_) => panic!("a name used in a declaration does not exist"),
    }
}

const fn copy(into: &mut [u8; 256], mut at: usize, text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut position = 0;
    while position < bytes.len() && at < into.len() {
        into[at] = bytes[position];
        at += 1;
        position += 1;
    }
    at
}
