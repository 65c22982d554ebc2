//! The choices that facts and parameters share.

use stele_sdk::prelude::*;

/// Wage payment period (LZZ).
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayPeriod {
    /// Year.
    Year,
    /// Month.
    Month,
    /// Week.
    Week,
    /// Day.
    Day,
}

/// Wage tax class (STKL, EStG § 38b).
#[derive(Choice, Clone, Copy, PartialEq, Eq, PartialOrd, Debug)]
pub enum TaxClass {
    /// Class I: single, divorced, widowed.
    #[choice(name = "I")]
    One,
    /// Class II: single parents.
    #[choice(name = "II")]
    Two,
    /// Class III: married, the spouse has no wages or class V.
    #[choice(name = "III")]
    Three,
    /// Class IV: married, both with class IV, possibly with a factor.
    #[choice(name = "IV")]
    Four,
    /// Class V: married, the spouse has class III.
    #[choice(name = "V")]
    Five,
    /// Class VI: a second or further employment.
    #[choice(name = "VI")]
    Six,
}

/// Membership of a religious community that levies church tax (R).
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Church {
    /// Protestant (Lutheran, Reformed: ev, lt, rf, fr).
    Protestant,
    /// Roman Catholic (rk).
    RomanCatholic,
    /// Another community that levies church tax (Old Catholic, Jewish, free religious).
    Other,
    /// No member of a community that levies church tax (R 0).
    None,
}

/// Federal state of the place of work.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Baden-Württemberg.
    BadenWuerttemberg,
    /// Bavaria.
    Bavaria,
    /// Berlin.
    Berlin,
    /// Brandenburg.
    Brandenburg,
    /// Bremen.
    Bremen,
    /// Hamburg.
    Hamburg,
    /// Hesse.
    Hesse,
    /// Mecklenburg-Western Pomerania.
    MecklenburgWesternPomerania,
    /// Lower Saxony.
    LowerSaxony,
    /// North Rhine-Westphalia.
    NorthRhineWestphalia,
    /// Rhineland-Palatinate.
    RhinelandPalatinate,
    /// Saarland.
    Saarland,
    /// Saxony.
    Saxony,
    /// Saxony-Anhalt.
    SaxonyAnhalt,
    /// Schleswig-Holstein.
    SchleswigHolstein,
    /// Thuringia.
    Thuringia,
}

/// Health insurance of the employee, for the provision allowance (PKV).
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum HealthInsurance {
    /// Statutory health insurance, compulsory or voluntary (PKV 0).
    Statutory,
    /// Private only, without an employer's subsidy (PKV 1).
    Private,
    /// Private only, with an employer's subsidy (PKV 2 until 2025; PKV 1 with PKPVAGZ from 2026).
    PrivateWithSubsidy,
}

/// Pension insurance of the employee, for the provision allowance (KRV).
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PensionInsurance {
    /// Statutory pension insurance or a professional scheme, general ceiling (KRV 0).
    Statutory,
    /// The same with the ceiling of the eastern states, which ended with 2024 (KRV 1 in 2024).
    StatutoryEast,
    /// None (KRV 1 from 2025, KRV 2 in 2024).
    None,
}

/// Kind of employment, as far as contributions depend on it.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Employment {
    /// Regular, also working students and pensioners, whose contribution group says what is due.
    Regular,
    /// Vocational training: no transition zone; the employer alone pays up to a low pay limit.
    Apprentice,
    /// Mini-job (geringfügig entlohnte Beschäftigung).
    MiniJob,
    /// Mini-job in a private household.
    MiniJobInHousehold,
}

/// Edition of the flow chart (Programmablaufplan).
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chart {
    /// The chart for December 2024, which makes up for January to November.
    #[choice(name = "2024_12")]
    December2024,
    /// The chart for 2025.
    #[choice(name = "2025")]
    Year2025,
    /// The chart for 2026.
    #[choice(name = "2026")]
    Year2026,
}

/// Which income tax schedule a row of `schedules` is.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScheduleKind {
    /// The schedule of the year.
    Regular,
    /// The schedule by which wage tax was withheld from January to November 2024; the chart for
    /// December 2024 needs it to make up for the difference.
    #[choice(name = "until_november_2024")]
    UntilNovember2024,
}

/// What is taken from net pay.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum NetDeductionKind {
    /// Garnishment or assignment: the attachable part, as it was determined (ZPO §§ 850 to 850k).
    Garnishment,
    /// Repayment of an advance.
    Advance,
    /// Repayment of a loan.
    Loan,
    /// Savings and pension contributions of the employee from net pay.
    Savings,
    /// Anything else.
    Other,
}

/// Flat taxes of the employer.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlatTaxKind {
    /// Mini-job with flat contributions to pension insurance (EStG § 40a Abs. 2).
    MiniJob,
    /// Mini-job without them (§ 40a Abs. 2a).
    MiniJobWithoutFlatPension,
    /// Short-term employment (§ 40a Abs. 1).
    ShortTerm,
    /// Help in agriculture and forestry (§ 40a Abs. 3).
    FarmHelp,
    /// Meals in the canteen (§ 40 Abs. 2 Satz 1 Nr. 1).
    Canteen,
    /// Company events (§ 40 Abs. 2 Satz 1 Nr. 2).
    CompanyEvent,
    /// Recreation grants (§ 40 Abs. 2 Satz 1 Nr. 3).
    Recreation,
    /// Commuting, beside the wages that are owed (§ 40 Abs. 2 Satz 2 Nr. 1).
    Commuting,
    /// Gifts in kind (§ 37b).
    Gift,
}
