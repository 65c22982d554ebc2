//! The words that facts and parameters are chosen from.

use stele_sdk::prelude::*;

/// How often the employee is paid.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayFrequency {
    /// Every week.
    Weekly,
    /// Every two weeks.
    TwoWeekly,
    /// Every four weeks.
    FourWeekly,
    /// Every tax month.
    Monthly,
    /// Every three tax months.
    Quarterly,
    /// Every six tax months.
    HalfYearly,
    /// Once a tax year.
    Yearly,
    /// Not a payment: an estimate of a whole year from the year's pay. Tax is the liability on the
    /// code's allowance to the penny, National Insurance and loans are taken on the year.
    YearEstimate,
}

/// Whether the tax year so far counts.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaxBasis {
    /// Pay, allowances and tax of the tax year so far count.
    Cumulative,
    /// Week 1/month 1: the payment counts by itself.
    Week1Month1,
}

/// National Insurance category letters, and what stands in their place where there is none.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum NiCategory {
    /// Standard.
    #[choice(name = "A")]
    A,
    /// Married women and widows entitled to the reduced rate.
    #[choice(name = "B")]
    B,
    /// Over State Pension age.
    #[choice(name = "C")]
    C,
    /// Investment zone, deferment.
    #[choice(name = "D")]
    D,
    /// Investment zone, reduced rate.
    #[choice(name = "E")]
    E,
    /// Freeport, standard.
    #[choice(name = "F")]
    F,
    /// Foreign-going mariner, apprentice under 25.
    #[choice(name = "G")]
    G,
    /// Apprentice under 25.
    #[choice(name = "H")]
    H,
    /// Freeport, reduced rate.
    #[choice(name = "I")]
    I,
    /// Deferment: National Insurance is already paid in another job.
    #[choice(name = "J")]
    J,
    /// Investment zone, over State Pension age.
    #[choice(name = "K")]
    K,
    /// Freeport, deferment.
    #[choice(name = "L")]
    L,
    /// Under 21.
    #[choice(name = "M")]
    M,
    /// Investment zone, standard.
    #[choice(name = "N")]
    N,
    /// Foreign-going mariner under 21, deferment.
    #[choice(name = "P")]
    P,
    /// Foreign-going mariner, deferment.
    #[choice(name = "Q")]
    Q,
    /// Foreign-going mariner, standard.
    #[choice(name = "R")]
    R,
    /// Freeport, over State Pension age.
    #[choice(name = "S")]
    S,
    /// Foreign-going mariner, reduced rate.
    #[choice(name = "T")]
    T,
    /// Veteran in the first year of civilian employment.
    #[choice(name = "V")]
    V,
    /// Foreign-going mariner over State Pension age.
    #[choice(name = "W")]
    W,
    /// No National Insurance at all, for example under 16.
    #[choice(name = "X")]
    X,
    /// Foreign-going mariner under 21.
    #[choice(name = "Y")]
    Y,
    /// Under 21, deferment.
    #[choice(name = "Z")]
    Z,
    /// No letter: the employee is not liable to Class 1 National Insurance, for example under 16.
    #[choice(name = "none")]
    NotLiable,
}

/// Earnings limits and thresholds of Class 1 National Insurance.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum NiThreshold {
    /// Lower earnings limit (LEL): from here earnings count for benefits.
    LowerEarningsLimit,
    /// Primary threshold (PT): above it the employee contributes.
    Primary,
    /// Secondary threshold (ST): above it the employer contributes.
    Secondary,
    /// Upper earnings limit (UEL): above it the employee's additional rate applies.
    UpperEarningsLimit,
    /// Upper secondary threshold (UST): up to it the employer pays nothing for employees under 21.
    UpperSecondary,
    /// Apprentice upper secondary threshold (AUST).
    ApprenticeUpperSecondary,
    /// Veterans upper secondary threshold (VUST).
    VeteransUpperSecondary,
    /// Freeport upper secondary threshold (FUST).
    FreeportUpperSecondary,
    /// Investment zone upper secondary threshold (IZUST).
    InvestmentZoneUpperSecondary,
}

/// How the National Insurance of a company director is assessed.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum DirectorMethod {
    /// On the earnings of the year so far, with the thresholds of the year.
    Annual,
    /// As for other employees, until the last payment of the year.
    Alternative,
    /// The last payment of the year under the alternative method: the year is assessed as a whole.
    AlternativeLastPayment,
}

/// Income-contingent student loan plans. One at a time is deducted.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum StudentLoan {
    /// Plan 1.
    #[choice(name = "plan_1")]
    Plan1,
    /// Plan 2.
    #[choice(name = "plan_2")]
    Plan2,
    /// Plan 4, Scottish loans.
    #[choice(name = "plan_4")]
    Plan4,
    /// Plan 5, English courses begun from August 2023.
    #[choice(name = "plan_5")]
    Plan5,
    /// No plan: no loan is repaid from the pay.
    #[choice(name = "none")]
    NoPlan,
}

/// Statutory payments, which count as pay.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum StatutoryKind {
    /// Statutory sick pay.
    Sick,
    /// Statutory maternity pay.
    Maternity,
    /// Statutory paternity pay.
    Paternity,
    /// Statutory adoption pay.
    Adoption,
    /// Statutory shared parental pay.
    SharedParental,
    /// Statutory parental bereavement pay.
    ParentalBereavement,
    /// Statutory neonatal care pay.
    NeonatalCare,
}

/// How the employee's pension contribution meets tax.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PensionArrangement {
    /// Net pay arrangement: taken from pay before tax, after National Insurance.
    NetPayArrangement,
    /// Relief at source: taken from pay after tax, less basic rate relief that the scheme claims.
    ReliefAtSource,
    /// Salary sacrifice: the employee gives up pay and the employer contributes it.
    SalarySacrifice,
}

/// What pay the rates of a pension scheme apply to.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum PensionBasis {
    /// Earnings between the limits of the qualifying earnings band.
    QualifyingEarnings,
    /// All pay.
    TotalPay,
    /// The pay that the scheme calls pensionable, given as `pensionable_pay`.
    PensionablePay,
}

/// Codes that tax all pay at one rate, in the tables of bands.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlatCode {
    /// Basic rate.
    #[choice(name = "BR")]
    Br,
    /// The rate above the basic rate.
    #[choice(name = "D0")]
    D0,
    /// The second rate above the basic rate.
    #[choice(name = "D1")]
    D1,
    /// The third rate above the basic rate.
    #[choice(name = "D2")]
    D2,
    /// The fourth rate above the basic rate.
    #[choice(name = "D3")]
    D3,
}

/// Who is due which minimum wage.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug)]
pub enum MinimumWageBand {
    /// 21 and over: the National Living Wage.
    #[choice(name = "aged_21_and_over")]
    Aged21AndOver,
    /// 18 to 20.
    #[choice(name = "aged_18_to_20")]
    Aged18To20,
    /// Under 18, past compulsory school age.
    #[choice(name = "under_18")]
    Under18,
    /// Apprentices under 19, or in the first year of the apprenticeship.
    Apprentice,
}
