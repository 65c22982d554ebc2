//! What the sandbox costs: a Chinese payslip through the engine on a warm evaluator, fuel and
//! epochs on, against the same formula compiled natively, in the same process and run.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use payroll_cn::{ChinaPayroll, Law, Month, Payslip};
use rust_decimal::Decimal;
use serde_json::json;
use stele_engine::contract::{Scalar, Value};
use stele_engine::{Digest, Engine, EvaluatorKey, Exactness, Settings};
use stele_runtime::ruleset::{Package, check, date_from_text};
use stele_sdk::prelude::{Facts, Parameters, Rule};

use crate::measurement::Measurement;
use crate::timing::in_turn;
use crate::unlimited::Unlimited;
use crate::values::{native, unlimited};

/// Date of the payslip.
const DATE: &str = "2025-09-30";

/// Measures.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let engine = Engine::new(Settings::default())?;
    let rules = root.join("target/rules");
    let package = Package::from_folder(&root.join("rulesets/cn/payroll"), &rules)?;
    let ruleset = check(&engine, &package).await.map_err(|refused| anyhow!("{refused}"))?.ruleset;
    let facts = json!({
        "gross": "23456.78", "months_employed": 9, "city": "beijing",
        "housing_fund_rate": "0.12", "work_injury_rate": "0.004", "additional_deductions": "2000",
        "earlier_gross": "187654.24", "earlier_contributions": "41234.56",
        "earlier_additional_deductions": "16000", "earlier_tax_withheld": "4321.09",
    });
    let facts = facts.as_object().context("no object")?;
    let holder: Arc<str> = "bench".into();
    let date = date_from_text(DATE).context("no date")?;
    let calculation = ruleset.calculate(&engine, &holder, date, facts, false).await?;
    let facts = calculation.facts;
    let parameters = calculation.in_force.values().clone();

    let law = Law::read(parameters.iter().map(native::value).collect())
        .map_err(|fault| anyhow!("{fault:?}"))?;
    let month = Month::read(facts.iter().map(native::value).collect())
        .map_err(|fault| anyhow!("{fault:?}"))?;
    let mut formula = || {
        let mut slip = Payslip::new(false);
        let evaluated = ChinaPayroll::evaluate(black_box(&law), black_box(&month), &mut slip);
        evaluated.map_err(|fault| anyhow!("{fault:?}"))?;
        black_box(slip);
        Ok(())
    };

    let rule = engine.check(package.component(), Exactness::Exact)?;
    let key = EvaluatorKey {
        holder: holder.clone(),
        component: rule.digest(),
        parameters: calculation.in_force.digest(),
    };
    let mut warm = engine.lease(&rule, &key, &parameters).await?;
    let mut sandboxed = || {
        black_box(warm.evaluate(black_box(&facts), false)?);
        Ok(())
    };

    let raw_parameters: Vec<_> = parameters.iter().map(unlimited::value).collect();
    let raw_facts: Vec<_> = facts.iter().map(unlimited::value).collect();
    let mut bare = Unlimited::new(package.component(), &raw_parameters)?;
    let mut without_limits = || {
        black_box(bare.evaluate(black_box(&raw_facts))?);
        Ok(())
    };

    let echo_rule =
        engine.check(&std::fs::read(rules.join("bench-echo.wasm"))?, Exactness::Exact)?;
    let declared = echo_rule.description().facts.len();
    anyhow::ensure!(
        declared == facts.len(),
        "the echo has {declared} facts, the payslip {}",
        facts.len()
    );
    let lines = calculation.outcome.lines.len();
    let size: Arc<[Value]> = [Value::Scalar(Scalar::Integer(i64::try_from(lines)?))].into();
    let echo_key = EvaluatorKey {
        holder,
        component: echo_rule.digest(),
        parameters: Digest::of(b"as many lines as the payslip"),
    };
    let given = facts
        .iter()
        .filter(|value| !matches!(value, Value::Scalar(Scalar::None) | Value::Table(_)))
        .count();
    let amount = Value::Scalar(Scalar::Decimal(Decimal::new(2_345_678, 2).into()));
    let mut echo_facts = vec![amount; given];
    echo_facts.resize(declared, Value::Scalar(Scalar::None));
    let mut echo = engine.lease(&echo_rule, &echo_key, &size).await?;
    let mut crossing = || {
        black_box(echo.evaluate(black_box(&echo_facts), false)?);
        Ok(())
    };

    let [formula, sandboxed, without_limits, crossing] =
        in_turn([&mut formula, &mut sandboxed, &mut without_limits, &mut crossing])?;
    let second = Decimal::from(1_000_000_000);
    let ratio = (formula / sandboxed).round_dp(3);
    Ok(vec![
        Measurement::plain("engine.native", formula, "ns/payslip"),
        Measurement::plain("engine.warm", sandboxed, "ns/payslip"),
        Measurement::plain("engine.warm_without_limits", without_limits, "ns/payslip"),
        Measurement::plain("engine.limits", sandboxed - without_limits, "ns/payslip"),
        Measurement::plain("engine.crossing_with_limits", crossing, "ns/payslip"),
        Measurement::plain("engine.formula_in_guest", sandboxed - crossing, "ns/payslip"),
        Measurement::plain("engine.payslips", (second / sandboxed).round(), "1/s on one core"),
        Measurement::at_least("engine.ratio_to_native", ratio, "ratio", Decimal::new(2, 1)),
    ])
}
