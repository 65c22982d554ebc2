//! What a file says is what stands in it: quotes that do not close, cells that nobody knows how to
//! read, and words that are nearly those of the form are refused.

use stele_runtime::{DecimalMark, EmployeeFile, ImportOptions, ImportReport, Runtime};

use crate::support::{acme, employee};
use crate::typed::{csv, import_with, known, merge, ready};
use serde_json::json;

async fn refused(runtime: &Runtime, file: EmployeeFile) -> Vec<(u64, String)> {
    let ImportReport { errors, .. } = import_with(runtime, file, ImportOptions::default()).await;
    assert!(!errors.is_empty());
    assert!(runtime.employees(&acme(), None, 10, None).await.unwrap().employees.is_empty());
    errors.into_iter().map(|error| (error.line, error.field.message)).collect()
}

#[tokio::test]
async fn a_quote_that_does_not_close_is_refused_with_its_line_and_swallows_no_other() {
    let runtime = ready().await;
    for end in ["\n", "\r\n", "\r"] {
        let file = |rows: &[&str]| csv(&rows.join(end));
        // Cut off, at the end of the file or before it.
        let found = refused(
            &runtime,
            file(&[
                "id,from,number,city",
                "e1,2020-01-01,1,Ulm",
                "e2,2020-01-01,\"55",
                "e3,2020-01-01,2,Ulm",
            ]),
        )
        .await;
        assert_eq!((found.len(), found[0].0), (1, 3), "{found:?}");
        // One that a later row seems to close; and each has its line.
        let found = refused(
            &runtime,
            file(&[
                "id,from,city,number",
                "e1,2020-01-01,\"Ulm,1",
                "e2,2020-01-01,\"Bonn\",2",
                "e3,2020-01-01,\"two",
                "lines\",3",
                "e4,2020-01-01,U\"lm,4",
                "e5,2020-01-01,\"Ulm\"!,5",
                "e6,2020-01-01,\"Ulm,6",
            ]),
        )
        .await;
        let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 6, 7, 8], "{end:?} {found:?}");
    }
    // Quotes that are meant are doubled; blanks around quotes say nothing.
    merge(
        &runtime,
        csv("\u{feff}\"id\",from,city\ne1,2020-01-01,\"Ulm \"\"U\"\"\" \ne2,2020-01-01,\"\"\n"),
    )
    .await;
    assert_eq!(known(&runtime, "e1").await.1["city"][0].value, json!("Ulm \"U\""));
    assert!(runtime.employee(&acme(), &employee("e2"), None).await.unwrap().is_some());
}

#[tokio::test]
async fn a_number_of_a_column_that_nobody_declares_is_not_taken_for_a_text() {
    let runtime = ready().await;
    let comma = |text: &str| EmployeeFile::csv(text.to_owned(), DecimalMark::Comma);
    let found = refused(&runtime, comma("id;from;bonus\ne1;2020-01-01;5.500,00\n")).await;
    assert_eq!((found.len(), found[0].0), (1, 2));
    assert!(found[0].1.contains("bonus:number") && found[0].1.contains("bonus:text"), "{found:?}");
    merge(&runtime, comma("id;from;bonus:number;shoe:text;note\ne1;2020-01-01;5.500,00;1,5;a,b\n"))
        .await;
    let (_, attributes) = known(&runtime, "e1").await;
    assert_eq!(attributes["bonus"][0].value, json!("5500.00"));
    assert_eq!(
        (&attributes["shoe"][0].value, &attributes["note"][0].value),
        (&json!("1,5"), &json!("a,b"))
    );
}

#[tokio::test]
async fn words_of_the_form_in_other_letters_are_no_texts() {
    let runtime = ready().await;
    for cell in ["\\END", "\\Drop"] {
        let found = refused(&runtime, csv(&format!("id,from,city\ne1,2020-01-01,{cell}\n"))).await;
        assert!(found[0].1.contains("\\end") && found[0].1.contains("\\drop"), "{found:?}");
    }
}

#[tokio::test]
async fn a_file_in_another_encoding_is_told_so() {
    let runtime = ready().await;
    let text = "id,from,number\ne1,2020-01-01,1\n";
    let little = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes);
    let big = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes);
    let little: Vec<u8> = little.collect();
    let big: Vec<u8> = big.collect();
    for bytes in [little, big] {
        for file in [
            EmployeeFile::csv(bytes.clone(), DecimalMark::Point),
            EmployeeFile::ndjson(bytes.clone()),
        ] {
            let found = refused(&runtime, file).await;
            assert_eq!((found.len(), found[0].0), (1, 1), "{found:?}");
            assert!(found[0].1.contains("UTF-8") && found[0].1.contains("UTF-16"), "{found:?}");
        }
    }
}
