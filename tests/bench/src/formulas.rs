//! Rules made of formulas: what a payslip of each costs beside the Chinese rule written in Rust, both
//! through the engine on a warm evaluator with all limits on one core, and how long one is made.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, anyhow};
use rust_decimal::Decimal;
use stele_engine::{Engine, Settings};
use stele_ruleset::FormulaText;

use crate::countries::chinese;
use crate::durations::milliseconds;
use crate::measurement::Measurement;
use crate::payslip::Payslip;
use crate::timing::in_turn;

/// Payslips of the countries that are measured, by their rulesets: the case with the most lines.
const COUNTRIES: [(&str, &str); 9] = [
    ("formulas.gh", "gh/payroll"),
    ("formulas.hk", "hk/payroll"),
    ("formulas.ie", "ie/payroll"),
    ("formulas.ke", "ke/payroll"),
    ("formulas.ng", "ng/payroll"),
    ("formulas.nz", "nz/payroll"),
    ("formulas.sg", "sg/payroll"),
    ("formulas.ug", "ug/payroll"),
    ("formulas.za", "za/payroll"),
];

/// The case of each of them.
const CASE: &str = "full-payslip.toml";

/// Date of the Chinese payslip.
const DATE: &str = "2025-09-30";

/// Of the time that the Rust rule takes for a payslip, what the same law as formulas may take. The
/// aim is no more than the rule itself.
const OF_RUST: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// Milliseconds from a text to a component, before the engine looks at it.
const MAKING: u32 = 20;

/// Measures.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let engine = Engine::new(Settings::default())?;
    let rust = Payslip::new(&engine, root, "cn/payroll", DATE, &chinese()).await?;
    let mut all = Vec::new();
    for (name, ruleset) in COUNTRIES {
        let slip = Payslip::of_case(&engine, root, ruleset, CASE).await?;
        let [rust, formulas] = beside(&engine, &rust, &slip).await?;
        all.push(
            Measurement::new(name, rate(formulas), "1/s on one core")
                .against("payroll-cn, in Rust", rate(rust))
                .at_least(Decimal::ONE),
        );
    }
    let slip =
        Payslip::of_package(&engine, stele_cn_formulas::package()?, DATE, &chinese()).await?;
    let [native, formulas] = beside(&engine, &rust, &slip).await?;
    all.push(
        Measurement::new("formulas.cn", formulas, "ns/payslip")
            .against("payroll-cn, in Rust", native)
            .at_most(OF_RUST),
    );
    all.push(making(&engine, root).await?);
    Ok(all)
}

/// Nanoseconds of two payslips, measured in turn.
async fn beside(engine: &Engine, one: &Payslip, other: &Payslip) -> anyhow::Result<[Decimal; 2]> {
    let (mut first, mut second) = (one.lease(engine).await?, other.lease(engine).await?);
    let mut first = || {
        black_box(first.evaluate(black_box(&one.facts), false)?);
        Ok(())
    };
    let mut second = || {
        black_box(second.evaluate(black_box(&other.facts), false)?);
        Ok(())
    };
    in_turn([&mut first, &mut second])
}

fn rate(nanoseconds: Decimal) -> Decimal {
    (Decimal::from(1_000_000_000) / nanoseconds).round()
}

/// How long the slowest of the countries is made, of its text to the component's bytes.
async fn making(engine: &Engine, root: &Path) -> anyhow::Result<Measurement> {
    let mut slowest = None;
    for (_, ruleset) in COUNTRIES {
        let path = root.join("rulesets").join(ruleset).join("formulas.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let begun = Instant::now();
        let made = FormulaText::read(ruleset, FormulaText::newest_machine(), &text).component();
        let taken = begun.elapsed();
        let component = made.map_err(|wrong| anyhow!("{wrong}"))?;
        if slowest.as_ref().is_none_or(|(slowest, _)| taken > *slowest) {
            slowest = Some((taken, component));
        }
    }
    let (taken, component) = slowest.context("nothing was made")?;
    // A digest of its own, so that the engine does not know it.
    let begun = Instant::now();
    engine.check("bench", &component, stele_engine::Exactness::Exact).await?;
    let checked = begun.elapsed();
    Ok(Measurement::new("formulas.made", milliseconds(taken), "ms")
        .against("the engine's check of it", milliseconds(checked))
        .at_most_plus(0, MAKING))
}
