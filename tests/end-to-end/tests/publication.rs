//! What is refused at publication leaves nothing behind, and the refusal names the check.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use stele_end_to_end::{Answer, Client, Server, repository};

const PACKAGE: &str = "application/vnd.stele.package";

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => {
                std::fs::copy(&path, &target).unwrap();
            }
        }
    }
}

/// A copy of `cn/payroll` with one file changed.
fn changed(file: &str, change: impl Fn(String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository().join("rulesets/cn/payroll"), folder.path());
    let path = folder.path().join(file);
    let before = std::fs::read_to_string(&path).unwrap();
    let after = change(before.clone());
    assert_ne!(before, after, "{file}: the change changes nothing");
    std::fs::write(path, after).unwrap();
    folder
}

async fn publish(server: &Server, operator: &Client, folder: &std::path::Path) -> Answer {
    let package = server.package(folder).unwrap();
    operator.post_bytes("/v1/rulesets", PACKAGE, package).await.unwrap()
}

async fn nothing_is_published(client: &Client) {
    let list = client.get(&client.path("rulesets")).await.unwrap().ok().unwrap();
    assert_eq!(list["rulesets"].as_array().map(Vec::len), Some(0), "{list}");
}

#[tokio::test]
async fn a_failing_case_refuses_the_publication_and_names_the_case() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let folder =
        changed("parameters.toml", |text| text.replace("value = \"5000\"", "value = \"5001\""));
    let answer = publish(&server, &operator, folder.path()).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    let text = answer.body.to_string();
    assert!(text.contains("cases"), "{text}");
    assert!(text.contains("income_tax"), "the diff names the line: {text}");
    nothing_is_published(&client).await;
}

#[tokio::test]
async fn a_text_that_is_missing_refuses_the_publication_and_names_it() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let client = server.tenant(&operator, "acme").await.unwrap();
    let folder = changed("texts/zh.toml", |text| {
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("income_tax")).collect();
        kept.join("\n")
    });
    let answer = publish(&server, &operator, folder.path()).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    let text = answer.body.to_string();
    assert!(text.contains("texts") && text.contains("income_tax"), "{text}");
    nothing_is_published(&client).await;
}

#[tokio::test]
async fn bytes_that_are_no_package_are_refused_and_the_server_lives() {
    let mut server = Server::start().await.unwrap();
    let operator = server.operator();
    let whole = server.package(&repository().join("rulesets/cn/payroll")).unwrap();
    for bytes in [Vec::new(), b"not a package".to_vec(), whole[..whole.len() / 2].to_vec()] {
        let answer = operator.post_bytes("/v1/rulesets", PACKAGE, bytes).await.unwrap();
        assert_eq!(answer.status, 422, "{}", answer.body);
    }
    assert!(server.is_running().unwrap());
}

#[tokio::test]
async fn every_single_flipped_byte_of_a_package_is_refused_or_harmless() {
    let mut server = Server::start().await.unwrap();
    let operator = server.operator();
    let whole = server.package(&repository().join("rulesets/acme/points")).unwrap();
    let digest =
        operator.post_bytes("/v1/rulesets", PACKAGE, whole.clone()).await.unwrap().ok().unwrap();
    let step = (whole.len() / 60).max(1);
    for position in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[position] ^= 0x20;
        let answer = operator.post_bytes("/v1/rulesets", PACKAGE, bytes).await.unwrap();
        match answer.status {
            409 | 422 => {}
            200 => assert_eq!(answer.body["digest"], digest["digest"]),
            other => panic!("byte {position}: {other}: {}", answer.body),
        }
    }
    assert!(server.is_running().unwrap());
}

#[tokio::test]
async fn the_same_version_with_other_content_is_a_conflict() {
    let server = Server::start().await.unwrap();
    let operator = server.operator();
    let original = repository().join("rulesets/cn/payroll");
    publish(&server, &operator, &original).await.ok().unwrap();
    assert_eq!(publish(&server, &operator, &original).await.status, 200, "published already");
    let other = changed("ruleset.toml", |text| text.replace("2026-12-31", "2026-12-30"));
    let answer = publish(&server, &operator, other.path()).await;
    assert_eq!(answer.status, 409, "{}", answer.body);
}
