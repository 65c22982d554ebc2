//! Sentences of the pay on which contributions are due.

use stele_sdk::prelude::*;

/// Steps of the bases of social insurance.
#[derive(Steps, Clone, Debug)]
pub enum BaseStep {
    /// Pay of {pay} counts up to the ceiling of {ceiling} for {days} insured days: {counted}.
    #[step(
        citation = "SGB IV § 14; Beitragsverfahrensverordnung § 1 Abs. 1",
        parameters("contribution_years")
    )]
    CountedPay {
        /// Contributory pay.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Ceiling for these days.
        #[argument(unit = "EUR/month")]
        ceiling: Decimal,
        /// Insured days.
        days: i64,
        /// Pay that counts.
        #[argument(unit = "EUR/month")]
        counted: Decimal,
    },
    /// One-off payment: for {days} days of the year the ceiling is {ceiling}, of which {earlier} of
    /// the earlier months and {current} of this month are taken; this leaves {room}, so {counted}
    /// of {one_off} count.
    #[step(citation = "SGB IV § 23a Abs. 3", parameters("contribution_years"))]
    CountedOneOff {
        /// Insured days of the year so far.
        days: i64,
        /// Ceiling for these days.
        #[argument(unit = "EUR/year")]
        ceiling: Decimal,
        /// Counted in the earlier months.
        #[argument(unit = "EUR/year")]
        earlier: Decimal,
        /// Counted this month.
        #[argument(unit = "EUR/month")]
        current: Decimal,
        /// What is left, not below 0.
        #[argument(unit = "EUR/year")]
        room: Decimal,
        /// What counts.
        #[argument(unit = "EUR")]
        counted: Decimal,
        /// One-off payment.
        #[argument(unit = "EUR")]
        one_off: Decimal,
    },
    /// Base: {current} and {one_off} of the one-off payment, together {base}.
    #[step(citation = "SGB IV § 14, § 23a")]
    BaseTogether {
        /// Current pay that counts.
        #[argument(unit = "EUR/month")]
        current: Decimal,
        /// Part of the one-off payment that counts.
        #[argument(unit = "EUR")]
        one_off: Decimal,
        /// Together.
        #[argument(unit = "EUR/month")]
        base: Decimal,
    },
    /// Transition zone: with F = {factor}, G = {lower} and O = {upper}, the base of the whole
    /// contribution is F × G + (O − G × F) × ({pay} − G) ÷ (O − G) = {whole}; that of your share is
    /// O × ({pay} − G) ÷ (O − G) = {employee}.
    #[step(citation = "SGB IV § 20 Abs. 2a", parameters("contribution_years"))]
    TransitionZone {
        /// Factor F.
        factor: Decimal,
        /// Mini-job limit.
        #[argument(unit = "EUR/month")]
        lower: Decimal,
        /// Upper limit of the zone.
        #[argument(unit = "EUR/month")]
        upper: Decimal,
        /// Pay.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Base of the whole contribution.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
        /// Base of the employee's share.
        #[argument(unit = "EUR/month")]
        employee: Decimal,
    },
    /// Transition zone, part of a month: {pay} in {days} days are p = {pay} × 30 ÷ {days} in a
    /// whole month. With F = {factor}, G = {lower} and O = {upper}, the base of the whole
    /// contribution is (F × G + (O − G × F) × (p − G) ÷ (O − G)) × {days} ÷ 30 = {whole}; that of
    /// your share is O × (p − G) ÷ (O − G) × {days} ÷ 30 = {employee}.
    #[step(
        citation = "SGB IV § 20 Abs. 2a; Beitragsverfahrensverordnung § 2 Abs. 2",
        parameters("contribution_years")
    )]
    TransitionZoneOfPart {
        /// Pay of the part.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Insured days.
        days: i64,
        /// Factor F.
        factor: Decimal,
        /// Mini-job limit.
        #[argument(unit = "EUR/month")]
        lower: Decimal,
        /// Upper limit of the zone.
        #[argument(unit = "EUR/month")]
        upper: Decimal,
        /// Base of the whole contribution.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
        /// Base of the employee's share.
        #[argument(unit = "EUR/month")]
        employee: Decimal,
    },
    /// Transition zone: current pay of {current} in {days} days × 30 ÷ {days}, a one-off payment of {one_off} and {elsewhere} in other jobs make p = {monthly} a month. With F = {factor}, G = {lower} and O = {upper}, the base of the whole contribution is (F × G + (O − G × F) × (p − G) ÷ (O − G)) × {pay} ÷ p = {whole}; that of your share is O × (p − G) ÷ (O − G) × {pay} ÷ p = {employee}.
    #[step(
        citation = "SGB IV § 20 Abs. 2 und 2a; Gemeinsames Rundschreiben Übergangsbereich of 20 December 2022, 4.3.2.5 and 4.3.4.1",
        parameters("contribution_years")
    )]
    TransitionZoneByPay {
        /// Current pay.
        #[argument(unit = "EUR/month")]
        current: Decimal,
        /// Insured days.
        days: i64,
        /// One-off payments.
        #[argument(unit = "EUR")]
        one_off: Decimal,
        /// Pay in other jobs.
        #[argument(unit = "EUR/month")]
        elsewhere: Decimal,
        /// Pay of a whole month and of all jobs, to the cent.
        #[argument(unit = "EUR/month")]
        monthly: Decimal,
        /// Factor F.
        factor: Decimal,
        /// Mini-job limit.
        #[argument(unit = "EUR/month")]
        lower: Decimal,
        /// Upper limit of the zone.
        #[argument(unit = "EUR/month")]
        upper: Decimal,
        /// Pay here.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Base of the whole contribution.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
        /// Base of the employee's share.
        #[argument(unit = "EUR/month")]
        employee: Decimal,
    },
    /// Your other insured jobs pay {others}, each up to the ceiling; with {own} here, {together} exceed the ceiling of {ceiling}, which is divided by pay: {ceiling} × {own} ÷ {together} = {counted}.
    #[step(citation = "SGB IV § 22 Abs. 2", parameters("contribution_years"))]
    CeilingDivided {
        /// Pay of the other jobs.
        #[argument(unit = "EUR/month")]
        others: Decimal,
        /// Pay of all.
        #[argument(unit = "EUR/month")]
        together: Decimal,
        /// Ceiling.
        #[argument(unit = "EUR/month")]
        ceiling: Decimal,
        /// Pay here.
        #[argument(unit = "EUR/month")]
        own: Decimal,
        /// What counts here.
        #[argument(unit = "EUR/month")]
        counted: Decimal,
    },
    /// Short-time work: of the pay of {target}, {earned} is still earned; {rate} % of the difference, {fictitious}, bear contributions of the employer, below the ceiling {counted}.
    #[step(
        citation = "SGB V § 232a Abs. 2; SGB VI § 163 Abs. 6; SGB XI § 57 Abs. 1",
        parameters("short_time_rate", "contribution_years")
    )]
    LostPay {
        /// Pay without short-time work.
        #[argument(unit = "EUR/month")]
        target: Decimal,
        /// Pay still earned.
        #[argument(unit = "EUR/month")]
        earned: Decimal,
        /// Part of the difference.
        #[argument(unit = "percent")]
        rate: Decimal,
        /// What counts before the ceiling.
        #[argument(unit = "EUR/month")]
        fictitious: Decimal,
        /// What counts.
        #[argument(unit = "EUR/month")]
        counted: Decimal,
    },
    /// The pay of this month is not above the mini-job limit of {lower}, but the regular pay lies
    /// in the transition zone: {pay} × the factor of {factor} = {whole} is the base of the whole
    /// contribution, which the employer bears but for a surcharge for the childless.
    #[step(citation = "SGB IV § 20 Abs. 2a Satz 3 und 7", parameters("contribution_years"))]
    BelowTransitionZone {
        /// Mini-job limit.
        #[argument(unit = "EUR/month")]
        lower: Decimal,
        /// Pay.
        #[argument(unit = "EUR/month")]
        pay: Decimal,
        /// Factor F.
        factor: Decimal,
        /// Base of the whole contribution.
        #[argument(unit = "EUR/month")]
        whole: Decimal,
    },
    /// Low pay of an apprentice, up to {limit}: the employer bears the contributions on {low}
    /// alone; those on {beyond}, which a one-off payment adds beyond the limit, are shared.
    #[step(citation = "SGB IV § 20 Abs. 3", parameters("low_pay_limit"))]
    LowPay {
        /// Low pay limit.
        #[argument(unit = "EUR/month")]
        limit: Decimal,
        /// What the employer bears alone.
        #[argument(unit = "EUR/month")]
        low: Decimal,
        /// What is shared.
        #[argument(unit = "EUR/month")]
        beyond: Decimal,
    },
    /// The one-off payment of {amount} exceeds what the ceiling leaves this year: it belongs to
    /// December {year}, where {pension} count for pension and {health} for health insurance.
    #[step(citation = "SGB IV § 23a Abs. 4", parameters("contribution_years"))]
    MarchClause {
        /// One-off payment.
        #[argument(unit = "EUR")]
        amount: Decimal,
        /// Year before.
        year: i64,
        /// Part that counts for pension insurance.
        #[argument(unit = "EUR")]
        pension: Decimal,
        /// Part that counts for health insurance.
        #[argument(unit = "EUR")]
        health: Decimal,
    },
    /// For {days} insured days of the year before the ceiling is {ceiling}, of which {paid} are
    /// taken; this leaves {room}, so {counted} of {one_off} count.
    #[step(citation = "SGB IV § 23a Abs. 4", parameters("contribution_years"))]
    CountedOneOffLastYear {
        /// Insured days of the year before.
        days: i64,
        /// Ceiling for these days.
        #[argument(unit = "EUR/year")]
        ceiling: Decimal,
        /// Counted in the year before.
        #[argument(unit = "EUR/year")]
        paid: Decimal,
        /// What is left, not below 0.
        #[argument(unit = "EUR/year")]
        room: Decimal,
        /// What counts.
        #[argument(unit = "EUR")]
        counted: Decimal,
        /// One-off payment.
        #[argument(unit = "EUR")]
        one_off: Decimal,
    },
}
