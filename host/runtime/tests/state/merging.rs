//! What a file says is added to what is known, and nothing is taken away in silence.

use jiff::civil::date;
use serde_json::{Value, json};
use stele_runtime::{
    ChangeKind, DecimalMark, EmployeeFile, ImportOptions, ImportReport, RevisionState,
};

use crate::support::{acme, calculated, employee, furnished, of, put, somebody};
use crate::typed::{REPLACE, csv, import_with, known, merge, ready, stated};

fn ndjson(line: Value) -> EmployeeFile {
    EmployeeFile::ndjson(line.to_string())
}

/// The number, from two dates on, and something else.
async fn somebody_known(runtime: &stele_runtime::Runtime) {
    let file = "id,from,number,city,married\ne1,2020-01-01,1,Berlin,true\ne1,2020-07-01,2,,\n\
                e2,2020-01-01,1,Bonn,false\n";
    assert_eq!(merge(runtime, csv(file)).await.created, 2);
}

fn counts(report: &ImportReport) -> [u64; 7] {
    let values = report.values;
    [
        report.created,
        report.updated,
        report.unchanged,
        values.added,
        values.changed,
        values.ended,
        values.dropped,
    ]
}

#[tokio::test]
async fn a_file_of_raises_adds_values_and_keeps_all_the_rest() {
    let runtime = ready().await;
    somebody_known(&runtime).await;
    let raises = "id,from,number\ne1,2021-01-01,5\ne2,2020-01-01,7\n";
    let report = merge(&runtime, csv(raises)).await;
    assert_eq!(counts(&report), [0, 2, 0, 1, 1, 0, 0]);
    let numbers = stated(&runtime, "e1", "number").await;
    let dated = |from: &str, number: &str| (from.to_owned(), json!(number));
    assert_eq!(
        numbers,
        [dated("2020-01-01", "1"), dated("2020-07-01", "2"), dated("2021-01-01", "5")]
    );
    assert_eq!(stated(&runtime, "e1", "city").await, [dated("2020-01-01", "Berlin")]);
    assert_eq!(stated(&runtime, "e1", "married").await[0].1, json!(true));
    assert_eq!(stated(&runtime, "e2", "number").await, [dated("2020-01-01", "7")]);

    let named = &report.employees[1];
    assert_eq!((named.id.as_str(), named.line, named.new), ("e2", 3, false));
    assert_eq!(
        (named.changes[0].attribute.as_str(), named.changes[0].from, named.changes[0].change),
        ("number", date(2020, 1, 1), ChangeKind::Changed)
    );
    let as_calculated = calculated(&runtime, {
        let mut request = of("e1", date(2021, 6, 30), None);
        request.slot = crate::support::slot("typed");
        request
    });
    // 5 and the bonus of 2021.
    assert_eq!(as_calculated.await.unwrap(), "25");
}

#[tokio::test]
async fn what_is_known_already_makes_no_revision_and_no_entry() {
    let runtime = ready().await;
    somebody_known(&runtime).await;
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap().len();
    // The same number, written otherwise.
    let again = [
        json!({"id": "e1", "attributes": {"number": [{"from": "2020-07-01", "value": 2}]}}),
        json!({"id": "e2", "attributes": {"married": [{"from": "2020-01-01", "value": false}],
               "number": [{"from": "2020-01-01", "value": "1.0"}]}}),
    ];
    let again: String = again.iter().map(|line| format!("{line}\n")).collect();
    for options in [ImportOptions::default(), ImportOptions { dry_run: true, ..REPLACE }] {
        let file = EmployeeFile::ndjson(again.clone());
        let report = import_with(&runtime, file, options).await;
        match options.dry_run {
            false => assert_eq!(counts(&report), [0, 0, 2, 0, 0, 0, 0]),
            // In place of all: what is not said again is dropped.
            true => assert_eq!(report.unchanged, 0),
        }
    }
    assert_eq!(known(&runtime, "e1").await.0, 1);
    assert_eq!(runtime.audit(Some(&acme()), 0, 100).await.unwrap().len(), entries);
}

#[tokio::test]
async fn a_file_that_is_only_tried_stores_nothing_and_reports_the_same() {
    let runtime = ready().await;
    somebody_known(&runtime).await;
    let file = || csv("id,from,number,city\ne1,2021-01-01,5,\\end\ne3,2020-01-01,1,Ulm\n");
    let try_it = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap().len();
    let tried = import_with(&runtime, file(), try_it).await;
    assert!(tried.dry_run && !tried.is_stored());
    assert_eq!(known(&runtime, "e1").await.0, 1);
    assert!(runtime.employee(&acme(), &employee("e3"), None).await.unwrap().is_none());
    assert_eq!(runtime.audit(Some(&acme()), 0, 100).await.unwrap().len(), entries);

    let done = import_with(&runtime, file(), ImportOptions::default()).await;
    assert!(done.is_stored());
    assert_eq!(ImportReport { dry_run: true, ..done }, tried);
    // What is wrong is the same, too.
    let wrong = || csv("id,from,number\ne1,2021-01-01,x\ne 3,2020-01-01,1\n");
    let tried = import_with(&runtime, wrong(), try_it).await;
    let done = import_with(&runtime, wrong(), ImportOptions::default()).await;
    assert_eq!((tried.error_count, &tried.errors), (2, &done.errors));
}

#[tokio::test]
async fn a_value_is_ended_or_taken_back_only_where_that_is_said() {
    let runtime = ready().await;
    somebody_known(&runtime).await;
    // In CSV.
    let report = merge(&runtime, csv("id,from,city,number\ne1,2020-07-01,\\end,\\drop\n")).await;
    assert_eq!(counts(&report), [0, 1, 0, 0, 0, 1, 1]);
    let ended =
        [("2020-01-01".to_owned(), json!("Berlin")), ("2020-07-01".to_owned(), json!(null))];
    assert_eq!(stated(&runtime, "e1", "city").await, ended);
    assert_eq!(stated(&runtime, "e1", "number").await.len(), 1);
    // In NDJSON, a value and a whole attribute.
    let line = json!({"id": "e1", "attributes": {
        "city": [{"from": "2020-07-01", "drop": true}], "married": null,
    }});
    let report = merge(&runtime, ndjson(line.clone())).await;
    assert_eq!(counts(&report), [0, 1, 0, 0, 0, 0, 2]);
    assert_eq!(stated(&runtime, "e1", "city").await.len(), 1);
    assert!(!known(&runtime, "e1").await.1.contains_key("married"));
    // What is not there need not be taken back.
    assert_eq!(counts(&merge(&runtime, ndjson(line)).await), [0, 0, 1, 0, 0, 0, 0]);

    for wrong in [
        json!([]),
        json!([{"from": "2020-01-01"}]),
        json!([{"from": "2020-01-01", "value": 1, "drop": true}]),
        json!([{"from": "2020-01-01", "value": "a"}, {"from": "2020-01-01", "value": "b"}]),
    ] {
        let file = ndjson(json!({"id": "e1", "attributes": {"city": wrong}}));
        let report = import_with(&runtime, file, ImportOptions::default()).await;
        assert_eq!(report.error_count, 1, "{wrong}: {report:?}");
        assert!(report.errors[0].field.pointer.starts_with("/attributes/city"), "{report:?}");
    }
    assert_eq!(known(&runtime, "e1").await.0, 3);
}

#[tokio::test]
async fn what_is_known_is_replaced_only_when_that_is_asked_for() {
    let runtime = ready().await;
    somebody_known(&runtime).await;
    let report = import_with(&runtime, csv("id,from,number\ne1,2020-01-01,1\n"), REPLACE).await;
    assert_eq!(counts(&report), [0, 1, 0, 0, 0, 0, 3]);
    let (revision, attributes) = known(&runtime, "e1").await;
    assert_eq!((revision, attributes.len()), (2, 1));
    let dropped: Vec<_> = report.employees[0]
        .changes
        .iter()
        .map(|change| (change.attribute.as_str(), change.change))
        .collect();
    assert_eq!(
        dropped,
        [
            ("city", ChangeKind::Dropped),
            ("married", ChangeKind::Dropped),
            ("number", ChangeKind::Dropped)
        ]
    );
    // Nobody else is touched.
    assert_eq!(known(&runtime, "e2").await.0, 1);
}

#[tokio::test]
async fn a_required_fact_that_would_vanish_is_refused_with_who_requires_it() {
    let runtime = ready().await;
    somebody_known(&runtime).await;
    let merged = ImportOptions::default();
    let line = |number: Value| ndjson(json!({"id": "e1", "attributes": {"number": number}}));
    for (file, options, (line, pointer), on) in [
        (
            csv("id,from,city\ne2,2020-01-01,Ulm\ne1,2020-01-01,Ulm\n"),
            REPLACE,
            (2, "/number"),
            "2020-01-01",
        ),
        (csv("id,from,number\ne2,2021-01-01,1\n"), REPLACE, (2, "/number"), "2020-01-01"),
        (csv("id,from,number\ne1,2020-07-01,\\end\n"), merged, (2, "/number"), "2020-07-01"),
        (csv("id,from,number\ne1,2020-01-01,\\drop\n"), merged, (2, "/number"), "2020-01-01"),
        (line(Value::Null), merged, (1, "/attributes/number"), "2020-01-01"),
        (
            line(json!([{"from": "2020-01-01", "drop": true}])),
            merged,
            (1, "/attributes/number"),
            "2020-01-01",
        ),
    ] {
        let report = import_with(&runtime, file.clone(), options).await;
        assert!(!report.is_imported(), "{file:?}");
        let error = &report.errors[0];
        assert_eq!((error.line, error.field.pointer.as_str()), (line, pointer), "{report:?}");
        let said = &error.field.message;
        for part in [on, "test/typed 1.0.0", "in force", "give a value from", "leave the one"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains("Berlin"));
    }
    assert_eq!((known(&runtime, "e1").await.0, known(&runtime, "e2").await.0), (1, 1));
    // What is given in its place is no hole, and what was never known is not missed.
    merge(&runtime, line(json!([{"from": "2020-07-01", "drop": true}]))).await;
    merge(&runtime, csv("id,from,city\ne5,2020-01-01,Ulm\n")).await;
    merge(&runtime, csv("id,from,city\ne5,2020-07-01,Bonn\n")).await;
}

#[tokio::test]
async fn what_was_wrong_before_a_version_came_does_not_stop_other_changes() {
    let runtime = furnished().await;
    merge(&runtime, csv("id,from,married,shoe\ne1,2020-01-01,perhaps,42\n")).await;
    // `married` is declared from now on.
    runtime
        .publish(&somebody(), stele_runtime::Scope::Everyone, crate::typed::package())
        .await
        .unwrap();
    crate::typed::activate(&runtime).await;
    merge(&runtime, csv("id,from,shoe\ne1,2020-07-01,43\n")).await;
    assert_eq!(stated(&runtime, "e1", "shoe").await.len(), 2);
    // Who touches it mends it.
    let touched = csv("id,from,married\ne1,2020-07-01,true\n");
    let report = import_with(&runtime, touched, ImportOptions::default()).await;
    assert_eq!(report.error_count, 1, "{report:?}");
    let said = &report.errors[0].field;
    assert_eq!(said.pointer, "/married");
    assert!(said.message.contains("known already"), "{}", said.message);
    merge(&runtime, csv("id,from,married\ne1,2020-01-01,true\n")).await;
}

#[tokio::test]
async fn cells_are_read_as_their_attributes_are_declared() {
    let runtime = ready().await;
    let file = "id;from;number;married;rate;city;days;shoe:text;shoes:json\n\
                e1;2020-01-01;1.000;TRUE;12,50;1,5;\"[{\"\"day\"\": \"\"2020-01-02\"\"}]\";1,5;[1]\n";
    let report = merge(&runtime, EmployeeFile::csv(file, DecimalMark::Comma)).await;
    assert_eq!(report.created, 1);
    let (_, attributes) = known(&runtime, "e1").await;
    let value = |name: &str| attributes[name][0].value.clone();
    assert_eq!(value("number"), json!("1000"));
    assert_eq!(value("married"), json!(true));
    assert_eq!(value("rate"), json!("12.50"));
    // Texts stay what they are.
    assert_eq!((value("city"), value("shoe")), (json!("1,5"), json!("1,5")));
    assert_eq!(value("days"), json!([{ "day": "2020-01-02" }]));
    assert_eq!(value("shoes"), json!([1]));
}

#[tokio::test]
async fn a_cell_that_can_not_be_read_is_named_by_the_line_that_an_editor_shows() {
    let runtime = ready().await;
    let rows = [
        "id,from,number,note,married,rate,days",
        "e1,2020-01-01,1,\"two",
        "lines\",true,1,",
        "",
        "e2,2020-01-01,many,,perhaps,\"1,5\",{",
        "e1,2020-07-01,1,,,0.001,",
        "e3,2020-01-01,1",
    ];
    let expected =
        [(5, "/number"), (5, "/married"), (5, "/rate"), (5, "/days"), (6, "/rate"), (7, "")];
    for end in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let file = format!("{mark}{}{end}", rows.join(end));
            let report = import_with(&runtime, csv(&file), ImportOptions::default()).await;
            let mut found: Vec<(u64, &str)> = report
                .errors
                .iter()
                .map(|error| (error.line, error.field.pointer.as_str()))
                .collect();
            found.sort_by_key(|(line, _)| *line);
            assert_eq!(found, expected, "{end:?} {mark:?}: {report:?}");
        }
    }
    let header = "id,from,Gross Pay,number:text,number:money,number\n";
    let report = import_with(&runtime, csv(header), ImportOptions::default()).await;
    let found: Vec<(u64, &str)> =
        report.errors.iter().map(|error| (error.line, error.field.pointer.as_str())).collect();
    assert_eq!(found, [(1, "/Gross Pay"), (1, "/number:money"), (1, "/number")]);
}

#[tokio::test]
async fn an_employee_that_was_deleted_comes_back_with_what_the_file_says() {
    let runtime = ready().await;
    put(&runtime, "e1", &[(date(2020, 1, 1), 1)]).await;
    runtime.delete_employee(&somebody(), &acme(), &employee("e1"), None).await.unwrap();
    let report = merge(&runtime, csv("id,from,city\ne1,2020-01-01,Ulm\n")).await;
    assert_eq!(counts(&report), [0, 1, 0, 1, 0, 0, 0]);
    let (revision, attributes) = known(&runtime, "e1").await;
    assert_eq!((revision, attributes.len()), (3, 1));
    let history = runtime.employee_history(&acme(), &employee("e1"), None, 10).await.unwrap();
    let states: Vec<_> = history.unwrap().revisions.iter().map(|one| one.state).collect();
    assert_eq!(states, [RevisionState::Known, RevisionState::Deleted, RevisionState::Known]);
}

#[tokio::test]
async fn raises_of_many_are_merged_chunk_by_chunk() {
    let runtime = ready().await;
    let all = |from: &str, number: fn(u32) -> u32| -> String {
        let rows = (0..1000).map(|id| format!("e{id:04},{from},{}\n", number(id)));
        "id,from,number\n".to_owned() + &rows.collect::<String>()
    };
    assert_eq!(merge(&runtime, csv(&all("2020-01-01", |_| 1))).await.created, 1000);
    // Every third stays as it is.
    let raises = all("2020-01-01", |id| if id % 3 == 0 { 1 } else { id + 2 });
    let report = merge(&runtime, csv(&raises)).await;
    assert_eq!(counts(&report), [0, 666, 334, 0, 666, 0, 0]);
    assert_eq!((report.employees.len(), report.employees[99].changes.len()), (100, 1));
    assert_eq!(stated(&runtime, "e0500", "number").await[0].1, json!("502"));
    assert_eq!(known(&runtime, "e0999").await.0, 1);
    runtime.verify().await.unwrap();
}
