//! What the sandbox costs: a Chinese payslip through the engine on a warm evaluator, fuel and
//! epochs on, against the same formula compiled natively, in the same process and run.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use payroll_cn::ChinaPayroll;
use rust_decimal::Decimal;
use stele_engine::contract::{Scalar, Value};
use stele_engine::{Digest, Engine, EvaluatorKey, Exactness, Settings, Start};

use crate::countries::{self, chinese};
use crate::measurement::Measurement;
use crate::payslip::Payslip;
use crate::timing::in_turn;
use crate::unlimited::Unlimited;
use crate::values::unlimited;

/// Date of the payslip.
const DATE: &str = "2025-09-30";

/// Measures.
pub(crate) async fn measure(root: &Path) -> anyhow::Result<Vec<Measurement>> {
    let engine = Engine::new(Settings::default())?;
    let slip = Payslip::new(&engine, root, "cn/payroll", DATE, &chinese()).await?;
    let facts = &slip.facts;
    let mut formula = slip.native::<ChinaPayroll>()?;
    let mut warm = slip.lease(&engine).await?;
    let fuel = warm.evaluate(facts, false)?.fuel;
    let mut sandboxed = || {
        black_box(warm.evaluate(black_box(facts), false)?);
        Ok(())
    };

    let mut from_the_start = slip.lease(&engine).await?;
    let mut pristine = || {
        black_box(from_the_start.evaluate_from(Start::Pristine, black_box(facts), false)?);
        Ok(())
    };

    let raw_parameters: Vec<_> = slip.parameters.iter().map(unlimited::value).collect();
    let raw_facts: Vec<_> = facts.iter().map(unlimited::value).collect();
    let mut bare = Unlimited::new(slip.component(), &raw_parameters)?;
    let mut without_limits = || {
        black_box(bare.evaluate(black_box(&raw_facts))?);
        Ok(())
    };

    let echo = std::fs::read(root.join("target/rules/bench-echo.wasm"))?;
    let echo_rule = engine.check("bench", &echo, Exactness::Exact).await?;
    let declared = echo_rule.description().facts.len();
    anyhow::ensure!(
        declared == facts.len(),
        "the echo has {declared} facts, the payslip {}",
        facts.len()
    );
    let size: Arc<[Value]> = [Value::Scalar(Scalar::Integer(i64::try_from(slip.lines)?))].into();
    let echo_key = EvaluatorKey {
        holder: "bench".into(),
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
    let crossing_fuel = echo.evaluate(&echo_facts, false)?.fuel;
    let mut crossing = || {
        black_box(echo.evaluate(black_box(&echo_facts), false)?);
        Ok(())
    };

    let [formula, sandboxed, pristine, without_limits, crossing] =
        in_turn([&mut formula, &mut sandboxed, &mut pristine, &mut without_limits, &mut crossing])?;
    let rate = |nanoseconds: Decimal| (Decimal::from(1_000_000_000) / nanoseconds).round();
    Ok(vec![
        Measurement::new("engine.payslips", rate(sandboxed), "1/s on one core")
            .against("native formula", rate(formula))
            .at_least(countries::OF_NATIVE),
        Measurement::new("engine.warm", sandboxed, "ns/payslip").against("native formula", formula),
        Measurement::new("engine.memory_reset", pristine - sandboxed, "ns/payslip")
            .against("warm call", sandboxed),
        Measurement::new("engine.limits", sandboxed - without_limits, "ns/payslip")
            .against("without limits", without_limits),
        Measurement::new("engine.formula_in_guest", sandboxed - crossing, "ns/payslip")
            .against("native formula", formula),
        Measurement::new("engine.crossing_with_limits", crossing, "ns/payslip")
            .against("native formula", formula),
        Measurement::new("engine.crossing_fuel", crossing_fuel, "units/payslip")
            .against("fuel of a payslip", fuel),
    ])
}

#[cfg(test)]
mod tests {
    use stele_sdk::prelude::*;

    #[test]
    fn the_echo_has_as_many_facts_as_the_payslip_that_it_stands_for() {
        assert_eq!(
            <bench_echo::Echo as Rule>::Facts::FIELDS.len(),
            <payroll_cn::ChinaPayroll as Rule>::Facts::FIELDS.len(),
        );
    }
}
