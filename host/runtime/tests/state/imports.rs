//! Many employees at once.

use std::collections::BTreeSet;

use jiff::civil::date;
use serde_json::json;
use stele_runtime::{EmployeeFile, ImportOptions, ImportReport, Runtime};

use crate::support::{acme, calculated, employee, of, put, ready, somebody};
use crate::typed::csv;

async fn import(runtime: &Runtime, file: EmployeeFile) -> ImportReport {
    runtime.import_employees(&somebody(), &acme(), file, ImportOptions::default()).await.unwrap()
}

fn line(id: &str, number: &str) -> String {
    format!(
        "{{\"id\":{id:?},\"attributes\":{{\"number\":[{{\"from\":\"2020-01-01\",\"value\":{number}}}]}}}}\n"
    )
}

#[tokio::test]
async fn a_whole_file_is_imported_in_one_commit() {
    let runtime = ready().await;
    put(&runtime, "e7", &[(date(2020, 1, 1), 0)]).await;
    let before = runtime.audit(Some(&acme()), 0, 100).await.unwrap().len();
    let file: String =
        (0..1000).map(|number| line(&format!("e{number}"), &number.to_string())).collect();
    let report = import(&runtime, EmployeeFile::ndjson(file)).await;
    assert!(report.is_imported(), "{report:?}");
    assert_eq!((report.rows, report.created, report.updated), (1000, 999, 1));
    assert_eq!(calculated(&runtime, of("e999", date(2020, 6, 30), None)).await.unwrap(), "1009");
    let entries = runtime.audit(Some(&acme()), 0, 100).await.unwrap();
    assert_eq!(entries.len(), before + 1);
    assert_eq!(entries[before].action, "employees.imported");
}

#[tokio::test]
async fn a_bad_line_731_is_named_and_nothing_is_imported() {
    let runtime = ready().await;
    let file: String = (1..=1000)
        .map(|number| match number {
            731 => line("e731", "\"a lot\""),
            number => line(&format!("e{number}"), "1"),
        })
        .collect();
    let report = import(&runtime, EmployeeFile::ndjson(file)).await;
    assert!(!report.is_imported());
    assert_eq!(report.error_count, 1);
    assert_eq!(report.errors[0].line, 731);
    assert_eq!(report.errors[0].field.pointer, "/attributes/number/0/value");
    assert!(runtime.employees(&acme(), None, 10, None).await.unwrap().employees.is_empty());
}

#[tokio::test]
async fn everything_wrong_with_a_file_is_reported_at_once() {
    let runtime = ready().await;
    let file = [
        line("e1", "1"),
        "not json\n".to_owned(),
        "\n".to_owned(),
        line("e1", "2"),
        line("e 2", "1"),
        "{\"attributes\":{}}\n".to_owned(),
        "{\"id\":\"e3\",\"atributes\":{}}\n".to_owned(),
        "{\"id\":\"e4\",\"id\":\"e5\"}\n".to_owned(),
        "{\"id\":\"e6\",\"attributes\":{\"number\":[{\"from\":\"2020-13-01\",\"value\":1}]}}\n"
            .to_owned(),
        "{\"id\":\"e7\",\"attributes\":{\"number\":3}}\n".to_owned(),
    ]
    .concat();
    let report = import(&runtime, EmployeeFile::ndjson(file)).await;
    let found: Vec<(u64, &str)> =
        report.errors.iter().map(|error| (error.line, error.field.pointer.as_str())).collect();
    let expected = [
        (2, ""),
        (4, "/id"),
        (5, "/id"),
        (6, "/id"),
        (7, "/atributes"),
        (8, ""),
        (9, "/attributes/number/0"),
        (10, "/attributes/number"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_csv_file_gives_the_same_employees() {
    let runtime = ready().await;
    let file = "id,from,number,city\ne1,2020-01-01,1,beijing\ne2,2020-01-01,5,\ne1,2020-07-01,2,\n";
    let report = import(&runtime, csv(file)).await;
    assert!(report.is_imported(), "{report:?}");
    assert_eq!((report.rows, report.created), (2, 2));
    assert_eq!(report.unused, BTreeSet::from(["city".to_owned()]));
    assert_eq!(calculated(&runtime, of("e1", date(2020, 6, 30), None)).await.unwrap(), "11");
    assert_eq!(calculated(&runtime, of("e1", date(2020, 7, 1), None)).await.unwrap(), "12");
    let e1 = runtime.employee(&acme(), &employee("e1"), None).await.unwrap().unwrap();
    assert_eq!(e1.attributes["city"][0].value, json!("beijing"));

    for (file, line) in [
        ("name,from\n", 1),
        ("id,from,id\n", 1),
        ("id,from,number\ne1,2020-01-01\n", 2),
        ("id,from,number\ne1,yesterday,1\n", 2),
        ("id,from,number\ne1,2020-01-01,1\ne2,2020-01-01,x\n", 3),
    ] {
        let report = import(&runtime, csv(file)).await;
        assert_eq!(report.errors[0].line, line, "{file:?}: {report:?}");
    }
}

#[tokio::test]
async fn no_salary_stands_in_a_report_of_a_wrong_shape() {
    let runtime = ready().await;
    let file = "{\"id\":\"e1\",\"attributes\":{\"gross\":\"31415.92\"}}";
    let report = import(&runtime, EmployeeFile::ndjson(file)).await;
    assert_eq!(report.error_count, 1);
    assert!(!format!("{report:?}").contains("31415"));
}

#[tokio::test]
async fn a_csv_row_has_a_length_and_so_many_cells() {
    let runtime = ready().await;
    let header = "id,from,number\n";
    let wide = format!("id,from,{}\n", "a,".repeat(5_000));
    let long = format!("{header}e1,2020-01-01,\"{}\"\n", "1".repeat(5 << 20));
    let endless = format!("{header}e1,2020-01-01,\"{}", "\n".repeat(5 << 20));
    let later = format!("{header}e1,2020-01-01,1\ne2,2020-01-01{}\n", ",".repeat(5_000));
    for (file, expected) in
        [(wide, "4,096 cells"), (long, "4 MiB"), (endless, "4 MiB"), (later, "4,096 cells")]
    {
        let report = import(&runtime, csv(&file)).await;
        assert!(!report.is_imported());
        assert!(report.errors[0].field.expected.contains(expected), "{:?}", report.errors);
    }
    // Commas and line breaks in quotes are neither cells nor rows, and two quotes are one.
    let cell = "a, \"\"b\"\" \n".repeat(5_000);
    let quoted = format!("id,from,note,number\ne1,2020-01-01,\"{cell}\",1\n");
    let report = import(&runtime, csv(&quoted)).await;
    assert!(!format!("{:?}", report.errors).contains("cells"), "{:?}", report.errors);
}

#[tokio::test]
async fn rows_of_an_employee_may_stand_anywhere_in_a_csv_file() {
    let runtime = ready().await;
    let rows = (0..12).flat_map(|month| {
        (0..50).map(move |number| {
            format!("e{number},2020-{:02}-01,{}\n", month + 1, month * 100 + number)
        })
    });
    let file = "id,from,number\n".to_owned() + &rows.collect::<String>();
    let report = import(&runtime, csv(&file)).await;
    assert!(report.is_imported(), "{report:?}");
    assert_eq!((report.rows, report.created), (50, 50));
    for (id, month, number) in [("e0", 1, 0), ("e49", 12, 1149), ("e7", 5, 407)] {
        let calculated = calculated(&runtime, of(id, date(2020, month, 20), None)).await.unwrap();
        assert_eq!(calculated, (number + 10).to_string(), "{id} in {month}");
    }
    // Each wrong row of one employee is named under its own line.
    let wrong = file.replace("e7,2020-05-01,407", "e7,May,407").replace("e7,2020-06-01", "e7,June");
    let report = import(&runtime, csv(&wrong)).await;
    let found: Vec<_> = report.errors.iter().map(|error| (error.line, &error.field)).collect();
    assert_eq!(found.len(), 2, "{report:?}");
    for ((line, field), stands_on) in found.into_iter().zip([209, 259]) {
        assert_eq!((line, field.pointer.as_str()), (stands_on, "/from"));
    }
}

#[tokio::test]
async fn who_changes_an_employee_while_a_file_is_imported_changes_what_it_says() {
    let runtime = ready().await;
    let file: String = (0..3000).map(|number| line(&format!("e{number}"), "1")).collect();
    let importing = {
        let runtime = runtime.clone();
        tokio::spawn(async move { import(&runtime, EmployeeFile::ndjson(file)).await })
    };
    // Before, meanwhile or afterwards: each is a revision of its own, and none is lost.
    let mut revisions = Vec::new();
    while !importing.is_finished() {
        put(&runtime, "e7", &[(date(2020, 1, 1), 5)]).await;
        let found = runtime.employee(&acme(), &employee("e7"), None).await.unwrap().unwrap();
        revisions.push(found.revision);
    }
    let report = importing.await.unwrap();
    assert_eq!(report.created + report.updated, 3000);
    let last = runtime.employee(&acme(), &employee("e7"), None).await.unwrap().unwrap().revision;
    assert_eq!(last, revisions.len() as u64 + 1, "{revisions:?}");
    runtime.verify().await.unwrap();
}

#[tokio::test]
async fn names_that_nobody_uses_do_not_swell_the_report() {
    let runtime = ready().await;
    let file: String = (0..3000)
        .map(|number| {
            let values = "[{\"from\":\"2020-01-01\",\"value\":1}]";
            format!("{{\"id\":\"e{number}\",\"attributes\":{{\"unused_{number}\":{values}}}}}\n")
        })
        .collect();
    let report = import(&runtime, EmployeeFile::ndjson(file)).await;
    assert_eq!((report.created, report.unused.len()), (3000, 1000));
}
