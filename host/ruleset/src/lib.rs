//! One version of a ruleset, from the bytes of its package to a rendered calculation. Start reading
//! at `package`, which says what a version consists of, and `version`, which has it ready.
//!
//! | file | idea |
//! |---|---|
//! | `archive` | the form in which packages, and bundles of evidence, are sent |
//! | `package`, `manifest` | what a version consists of and what it says of itself |
//! | `formula_text` | the text of which a rule's component is made, and that it is made of it |
//! | `accumulator` | which facts of a rule are sums of what it gave before |
//! | `leaves_out` | what a version does not cover, and which facts touch it |
//! | `signature` | who released it, and whom a policy trusts |
//! | `parameters` | the numbers of the law, dated, and those in force on a day |
//! | `texts` | labels and sentences in each language |
//! | `cases` | inputs with their expected outcome |
//! | `check`, `report` | the checks of a publication |
//! | `missing` | what a case loses in silence when a fact of it is missing |
//! | `difference` | what changed between two versions, and what callers lose |
//! | `version` | a version that is ready |
//! | `facts`, `scalar`, `number`, `moment`, `json` | JSON to typed values, exactly |
//! | `calculation`, `outcome` | from facts on a date to an outcome |
//! | `formula` | the formulas of steps: worked out again, compared, written for people |
//! | `standing` | how the employment stands that a calculation is for |
//! | `canonical` | what identifies facts, parameters and outcomes |
//! | `recorded` | a calculation by names and texts, and back |
//! | `render`, `schema`, `view` | back to names, labels and sentences |
//! | `length` | how long texts, and an answer made of them, may be |
//! | `size` | how much memory a calculation takes |
//! | `unseen` | characters that make a text look other than it is |
//! | `nearest` | which known name an unknown one was meant for |
//!
//! What may not enter here: tenants, employees, activations, storage, HTTP, the law of any country.
//! A ruleset knows only the engine, formulas, and whose turn it is.

pub mod archive;

mod accumulator;
mod calculation;
mod canonical;
mod cases;
mod check;
mod defect;
mod difference;
mod facts;
mod formula;
mod formula_text;
mod json;
mod leaves_out;
mod length;
mod manifest;
mod missing;
mod moment;
mod nearest;
mod number;
mod outcome;
mod package;
mod parameters;
mod recorded;
mod render;
mod report;
mod scalar;
mod schema;
mod session;
mod signature;
mod size;
mod standing;
mod texts;
mod unseen;
mod version;
mod view;
mod wording;

pub use accumulator::{Accumulated, Accumulator, Counted, Span};
pub use calculation::{Calculation, CalculationError, Digests, FaultReport, fact_pointer};
pub use cases::{Accepted, Case, Expected, ExpectedFinding, Mismatch, NotAcceptable};
pub use check::{CheckFailure, Conditions, Published, Refused, check, check_under};
pub use defect::Defect;
pub use difference::{
    Change, DatedValue, Difference, Named, Property, Side, SideView, ValueDifference, breaks,
    fact_type,
};
pub use facts::FieldError;
pub use facts::{check_one as check_fact, read_with as read_facts_with};
pub use formula::{Calculated, Disagreement, Formulas, NotWorkable};
pub use formula_text::{FormulaText, NotMade, WrongFormula};
pub use json::{DistinctObject, DistinctValue};
pub use leaves_out::{Condition, LeftOut};
pub use manifest::{
    Horizon, MANIFEST_FILE, Manifest, MonthDay, NameError, NoDayOfEveryYear, RulesetName,
};
pub use missing::SilentLoss;
pub use moment::{
    date_from_text, date_text, date_time_from_text, date_time_text, instant_from_text,
};
pub use nearest::nearest;
pub use number::exact as decimal_from_contract;
pub use number::{NumberError, decimal_from_text, normal_text, text_with_decimals};
pub use outcome::{Finding, Line, Money, Outcome, Step};
pub use package::{
    CASES_FOLDER, COMPONENT_FILE, FORMULAS_FILE, LARGEST_ARCHIVE, LARGEST_CONTENT, LARGEST_TEXT,
    MOST_FILES, PARAMETERS_FILE, Package, PackageError, SIGNATURES_FILE, SignError, TEXTS_FOLDER,
};
pub use parameters::{Content, Entry, InForce, Parameters, Series};
pub use recorded::{
    RecallError, RecordedFinding, RecordedLine, RecordedOutcome, RecordedStep, RecordedValue,
};

pub use length::{AnswerTooLong, LARGEST_ANSWER, LONGEST_TEXT, LONGEST_TEXTS, MOST_LANGUAGES};
pub use render::{
    ArgumentView, EMPLOYMENT_ENDED, EMPLOYMENT_NOT_BEGUN, EMPLOYMENT_ON_LEAVE, FindingView,
    LineView, NOT_COVERED, ParameterView, SeverityView, StepView, UNCONFIRMED_PARAMETER, View,
    entry_json,
};
pub use report::{CaseResult, CheckName, CheckResult, CheckState, Report};
pub use session::{Answered, Session};
pub use signature::{
    Envelope, EnvelopeError, KeyError, KeyId, LARGEST_ENVELOPE, MOST_SIGNATURES, PAYLOAD_TYPE,
    PREDICATE_TYPE, Pattern, PatternError, PrivateKey, PublicKey, STATEMENT_TYPE, Signature,
    Signer, StatementError, Subject, TrustError, TrustPolicy, TrustedKey, Unsigned, WrongSubject,
};
pub use standing::Standing;
pub use texts::FALLBACK as FALLBACK_LANGUAGE;
pub use texts::{FieldLabel, Filled, Language, Sentence, Texts, UNWRITTEN};
pub use unseen::{is_unseen, shown_as_written, unseen_character};
pub use version::{OpenError, Ruleset};
pub use view::{LeftOutView, declared, description, leaves_out, parameters};
pub use wording::{Wording, number_text};
