//! Lays out a description in the memory of a text-format rule, as the canonical ABI wants it. So a
//! test can write any description, sane or not, as a value.

use stele_engine::contract::{
    Argument, Choice, Column, ColumnOf, Decimal, Description, Direction, Field, Figure,
    FindingKind, Formula, Item, Limits, Origin, ScalarKind, Severity, Shape, Source, StepKind,
    Target, TaxMethod, TaxTable, Token, Version,
};

/// A growing piece of linear memory that begins at `base`.
struct Memory {
    base: u32,
    bytes: Vec<u8>,
}

/// The bytes and the address of the description in them, as a version of the contract has it. What
/// 1.0 has not is left out.
pub(super) fn lay_out(description: &Description, version: Version, base: u32) -> (Vec<u8>, u32) {
    let mut memory = Memory { base, bytes: Vec::new() };
    let at = memory.reserve(64);
    memory.text(at, &description.name);
    memory.text(at + 8, &description.meaning);
    memory.list(at + 16, &description.facts, 104, Memory::field);
    memory.list(at + 24, &description.parameters, 104, Memory::field);
    memory.list(at + 32, &description.items, 48, Memory::item);
    match version {
        Version::V1_0 => {
            memory.list(at + 40, &description.findings, 44, Memory::finding);
            memory.list(at + 48, &description.steps, 44, Memory::sentence);
        }
        Version::V1_1 => {
            memory.list(at + 40, &description.figures, 40, Memory::figure);
            memory.list(at + 48, &description.findings, 44, Memory::finding);
            memory.list(at + 56, &description.steps, 68, Memory::step);
        }
    }
    (memory.bytes, at)
}

impl Memory {
    /// Zeroed room, aligned to 8, which is enough for everything.
    fn reserve(&mut self, size: usize) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let at = self.base + self.bytes.len() as u32;
        self.bytes.resize(self.bytes.len() + size, 0);
        at
    }

    fn put(&mut self, at: u32, bytes: &[u8]) {
        let at = (at - self.base) as usize;
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }

    fn pair(&mut self, at: u32, address: u32, length: usize) {
        self.put(at, &address.to_le_bytes());
        self.put(at + 4, &(length as u32).to_le_bytes());
    }

    fn text(&mut self, at: u32, text: &str) {
        let address = self.reserve(text.len());
        self.put(address, text.as_bytes());
        self.pair(at, address, text.len());
    }

    fn optional_text(&mut self, at: u32, text: Option<&String>) {
        if let Some(text) = text {
            self.put(at, &[1]);
            self.text(at + 4, text);
        }
    }

    fn list<T>(&mut self, at: u32, values: &[T], size: usize, lay: fn(&mut Self, u32, &T)) {
        let address = self.reserve(size * values.len());
        self.pair(at, address, values.len());
        for (index, value) in values.iter().enumerate() {
            lay(self, address + (index * size) as u32, value);
        }
    }

    fn field(&mut self, at: u32, field: &Field) {
        self.text(at, &field.name);
        self.text(at + 8, &field.meaning);
        self.optional_text(at + 16, field.unit.as_ref());
        let origin = match field.origin {
            Origin::Caller => 0,
            Origin::CalculationDate => 1,
        };
        self.put(at + 28, &[u8::from(field.required), origin]);
        match &field.shape {
            Shape::Scalar(kind) => self.kind(at + 40, kind),
            Shape::Table(table) => {
                self.put(at + 32, &[1]);
                self.list(at + 40, &table.columns, 112, Self::column);
                self.put(at + 48, &table.maximum_rows.to_le_bytes());
            }
        }
    }

    fn column(&mut self, at: u32, column: &Column) {
        self.text(at, &column.name);
        self.text(at + 8, &column.meaning);
        self.optional_text(at + 16, column.unit.as_ref());
        self.put(at + 28, &[u8::from(column.required)]);
        self.kind(at + 32, &column.kind);
        self.put(at + 96, &[u8::from(column.key)]);
        if let Some(fact) = column.selected_by {
            self.put(at + 100, &[1]);
            self.put(at + 104, &fact.to_le_bytes());
        }
    }

    fn kind(&mut self, at: u32, kind: &ScalarKind) {
        let case = match kind {
            ScalarKind::Boolean => 0,
            ScalarKind::Integer(bounds) => {
                for (at, bound) in [(at + 8, bounds.minimum), (at + 24, bounds.maximum)] {
                    if let Some(bound) = bound {
                        self.put(at, &[1]);
                        self.put(at + 8, &bound.to_le_bytes());
                    }
                }
                1
            }
            ScalarKind::Decimal(bounds) => {
                self.optional_decimal(at + 8, bounds.minimum);
                self.optional_decimal(at + 32, bounds.maximum);
                if let Some(decimals) = bounds.decimals {
                    self.put(at + 56, &[1, decimals]);
                }
                2
            }
            ScalarKind::Text(longest) => {
                self.put(at + 8, &longest.to_le_bytes());
                3
            }
            ScalarKind::Date => 4,
            ScalarKind::DateTime => 5,
            ScalarKind::Choice(choices) => {
                self.list(at + 8, choices, 16, Self::choice);
                6
            }
        };
        self.put(at, &[case]);
    }

    fn optional_decimal(&mut self, at: u32, decimal: Option<Decimal>) {
        if let Some(decimal) = decimal {
            self.put(at, &[1]);
            self.decimal(at + 8, decimal);
        }
    }

    fn choice(&mut self, at: u32, choice: &Choice) {
        self.text(at, &choice.name);
        self.text(at + 8, &choice.meaning);
    }

    fn item(&mut self, at: u32, item: &Item) {
        self.text(at, &item.name);
        self.text(at + 8, &item.meaning);
        self.text(at + 16, &item.category);
        self.optional_text(at + 24, item.unit.as_ref());
        self.optional_text(at + 36, item.citation.as_ref());
    }

    fn finding(&mut self, at: u32, finding: &FindingKind) {
        self.text(at, &finding.name);
        self.text(at + 8, &finding.meaning);
        let severity = match finding.severity {
            Severity::Breach => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        self.put(at + 16, &[severity]);
        self.optional_text(at + 20, finding.unit.as_ref());
        self.optional_text(at + 32, finding.citation.as_ref());
    }

    fn figure(&mut self, at: u32, figure: &Figure) {
        self.text(at, &figure.name);
        self.text(at + 8, &figure.meaning);
        self.optional_text(at + 16, figure.unit.as_ref());
        self.optional_text(at + 28, figure.citation.as_ref());
    }

    /// A step of version 1.0.
    fn sentence(&mut self, at: u32, step: &StepKind) {
        self.text(at, &step.name);
        self.text(at + 8, step.text.as_deref().unwrap());
        self.optional_text(at + 16, step.citation.as_ref());
        self.list(at + 28, &step.arguments, 20, |memory, at, argument| {
            memory.text(at, &argument.name);
            memory.optional_text(at + 8, argument.unit.as_ref());
        });
        self.list(at + 36, &step.parameters, 4, Self::number);
    }

    fn step(&mut self, at: u32, step: &StepKind) {
        self.text(at, &step.name);
        self.optional_text(at + 8, step.text.as_ref());
        if let Some(formula) = &step.formula {
            self.put(at + 20, &[1]);
            self.formula(at + 24, formula);
        }
        self.optional_text(at + 40, step.citation.as_ref());
        self.list(at + 52, &step.arguments, 32, Self::argument);
        self.list(at + 60, &step.parameters, 4, Self::number);
    }

    fn argument(&mut self, at: u32, argument: &Argument) {
        self.text(at, &argument.name);
        self.optional_text(at + 8, argument.unit.as_ref());
        let case = match &argument.source {
            Source::Own => 0,
            Source::Expression(text) => {
                self.text(at + 24, text);
                1
            }
            Source::Fact(position) => {
                self.number(at + 24, position);
                2
            }
            Source::FactColumn(cell) => {
                self.cell(at + 24, cell);
                3
            }
            Source::Parameter(position) => {
                self.number(at + 24, position);
                4
            }
            Source::ParameterColumn(cell) => {
                self.cell(at + 24, cell);
                5
            }
            Source::Item(position) => {
                self.number(at + 24, position);
                6
            }
            Source::Figure(position) => {
                self.number(at + 24, position);
                7
            }
        };
        self.put(at + 20, &[case]);
    }

    fn cell(&mut self, at: u32, cell: &ColumnOf) {
        self.number(at, &cell.field);
        self.number(at + 4, &cell.column);
    }

    fn formula(&mut self, at: u32, formula: &Formula) {
        let (case, position) = match &formula.gives {
            Target::Item(position) => (0, position),
            Target::Figure(position) => (1, position),
        };
        self.put(at, &[case]);
        self.number(at + 4, position);
        self.list(at + 8, &formula.tokens, 32, Self::token);
    }

    fn token(&mut self, at: u32, token: &Token) {
        let payload = at + 8;
        let case = match token {
            Token::Argument(position) => {
                self.number(payload, position);
                0
            }
            Token::Number(number) => {
                self.decimal(payload, *number);
                1
            }
            Token::Add => 2,
            Token::Subtract => 3,
            Token::Multiply => 4,
            Token::Share => 5,
            Token::Percent => 6,
            Token::Divide => 7,
            Token::Negate => 8,
            Token::Smallest(count) => {
                self.number(payload, count);
                9
            }
            Token::Largest(count) => {
                self.number(payload, count);
                10
            }
            Token::AtLeast => 11,
            Token::AtMost => 12,
            Token::Sum(count) => {
                self.number(payload, count);
                13
            }
            Token::Rounded(rounding) => {
                let direction = match rounding.direction {
                    Direction::HalfUp => 0,
                    Direction::HalfDown => 1,
                    Direction::HalfEven => 2,
                    Direction::Up => 3,
                    Direction::Down => 4,
                    Direction::Ceiling => 5,
                    Direction::Floor => 6,
                };
                self.put(payload, &[direction]);
                self.decimal(payload + 8, rounding.unit);
                14
            }
            Token::Tax(table) => {
                self.tax(payload, table);
                15
            }
            Token::Equal => 16,
            Token::Unequal => 17,
            Token::Less => 18,
            Token::LessOrEqual => 19,
            Token::More => 20,
            Token::MoreOrEqual => 21,
            Token::Both => 22,
            Token::Either => 23,
            Token::Not => 24,
            Token::Choose => 25,
            Token::DaysBetween => 26,
            Token::MonthsBetween => 27,
            Token::YearsBetween => 28,
        };
        self.put(at, &[case]);
    }

    fn tax(&mut self, at: u32, table: &TaxTable) {
        self.number(at, &table.rows);
        self.number(at + 4, &table.limit);
        let limits = match table.limits {
            Limits::UpTo => 0,
            Limits::Over => 1,
            Limits::AtLeast => 2,
        };
        self.put(at + 8, &[limits]);
        self.number(at + 12, &table.rate);
        let (method, column) = match table.method {
            TaxMethod::Marginal => (0, 0),
            TaxMethod::QuickDeduction(column) => (1, column),
            TaxMethod::BaseTax(column) => (2, column),
            TaxMethod::Whole => (3, 0),
        };
        self.put(at + 16, &[method]);
        self.number(at + 20, &column);
    }

    fn number(&mut self, at: u32, number: &u32) {
        self.put(at, &number.to_le_bytes());
    }

    fn decimal(&mut self, at: u32, decimal: Decimal) {
        self.put(at, &[u8::from(decimal.negative), decimal.scale]);
        self.put(at + 4, &decimal.high.to_le_bytes());
        self.put(at + 8, &decimal.low.to_le_bytes());
    }
}
