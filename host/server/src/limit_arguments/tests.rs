use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    limits: LimitArguments,
}

#[test]
fn every_limit_has_a_reason_and_an_environment_variable_of_its_name() {
    let command = LimitArguments::augment_args(clap::Command::new("serve"));
    let arguments: Vec<_> = command.get_arguments().collect();
    assert!(arguments.len() > 40, "{}", arguments.len());
    for argument in arguments {
        let name = argument.get_id().as_str();
        assert!(argument.get_help().is_some(), "{name}");
        let variable = argument.get_env().and_then(|variable| variable.to_str());
        let expected = format!("STELE_{}", name.to_uppercase());
        assert_eq!(variable, Some(expected.as_str()));
        assert_eq!(argument.get_long(), Some(name.replace('_', "-").as_str()));
    }
}

#[test]
fn what_is_given_is_set_and_the_rest_stays() {
    let given = [
        "serve",
        "--concurrent-batches",
        "8:4:2",
        "--batch-waiting",
        "1000",
        "--shutdown-timeout",
        "5",
        "--waiting-commits",
        "7",
        "--openings-per-tenant",
        "3",
        "--impact-reports",
        "1",
        "--compute-jobs",
        "9",
    ];
    let (mut limits, mut settings) = (Limits::default(), Settings::default());
    Line::try_parse_from(given).unwrap().limits.apply(&mut limits, &mut settings);
    assert_eq!(limits.concurrent_batches, Share { total: 8, tenant: 4, token: 2 });
    assert_eq!((limits.batch_waiting_bytes, limits.shutdown_timeout.as_secs()), (1000, 5));
    assert_eq!((settings.store.waiting, settings.compute.jobs), (7, 9));
    assert_eq!(settings.ready_rulesets.openings_of_a_tenant, 3);
    assert_eq!(settings.impact_reports.most, 1);
    assert_eq!(limits.json_body_bytes, Limits::default().json_body_bytes);
    assert_eq!(settings.store.remembered, Settings::default().store.remembered);
}

#[test]
fn what_is_no_limit_is_refused() {
    for given in [["--concurrent-requests", "0"], ["--head-timeout", "0"], ["--fuel", "much"]] {
        assert!(Line::try_parse_from(["serve"].iter().chain(&given)).is_err(), "{given:?}");
    }
}
