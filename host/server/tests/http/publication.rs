//! Publishing and reading rulesets.

use serde_json::json;
use stele_ruleset::{Package, PrivateKey, SIGNATURES_FILE};

use crate::support::{PACKAGE, Server, honest, package, package_with_bonus, with};

const RULESETS: &str = "/v1/tenants/acme/rulesets";

#[tokio::test]
async fn what_passes_every_check_is_published_once() {
    let server = Server::start().await;
    let first = server.post_as(&server.acme, RULESETS, PACKAGE, package()).await;
    assert_eq!(first.status, 201);
    assert_eq!(first.header("location"), "/v1/tenants/acme/rulesets/test/bonus/versions/1.0.0");
    let publication = first.json();
    assert_eq!(publication["report"]["passed"], true);
    let digest = Package::read(&package()).unwrap().digest().to_string();
    assert_eq!(publication["digest"], digest);

    let again = server.post_as(&server.acme, RULESETS, "application/octet-stream", package()).await;
    assert_eq!((again.status.as_u16(), again.json()["already"].clone()), (200, json!(true)));
}

#[tokio::test]
async fn a_version_with_other_content_is_409_and_the_first_stays() {
    let server = Server::start().await;
    let first = server.post_as(&server.acme, RULESETS, PACKAGE, package()).await.json();
    let other = package_with_bonus("1.0.0", 99);
    let problem = server.post_as(&server.acme, RULESETS, PACKAGE, other).await;
    assert_eq!(problem.problem(409, "conflict")["published"], first["digest"]);
}

#[tokio::test]
async fn a_case_that_does_not_hold_is_422_with_the_report_and_nothing_is_stored() {
    let server = Server::start().await;
    let wrong =
        std::str::from_utf8(&honest()["cases/one.toml"]).unwrap().replace("\"11\"", "\"12\"");
    let files = with(honest(), "cases/one.toml", &wrong);
    let package = Package::from_files(files).unwrap().write().unwrap();
    let refused = server.post_as(&server.acme, RULESETS, PACKAGE, package).await;
    let problem = refused.problem(422, "package-refused");
    assert_eq!(problem["check"], "cases");
    let case = &problem["report"]["cases"][0];
    assert_eq!(case["passed"], false, "{problem}");
    assert_eq!(server.get(RULESETS).await.json()["rulesets"], json!([]));
}

#[tokio::test]
async fn bytes_that_are_no_package_are_422() {
    let server = Server::start().await;
    for bytes in [Vec::new(), b"hello".to_vec(), vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0]] {
        let refused = server.post_as(&server.acme, RULESETS, PACKAGE, bytes).await;
        assert_eq!(refused.problem(422, "package-refused")["check"], "package");
    }
}

#[tokio::test]
async fn a_version_can_be_read_with_everything_that_is_known_of_it() {
    let server = Server::with_bonus().await;
    server.post_as(&server.acme, RULESETS, PACKAGE, package_with_bonus("1.1.0", 30)).await;

    let listed = server.get(RULESETS).await.json();
    assert_eq!(listed["rulesets"][0]["name"], "test/bonus");
    assert_eq!(listed["rulesets"][0]["versions"], json!(["1.1.0", "1.0.0"]));

    for path in ["test/bonus", "test/bonus/versions", "test%2Fbonus"] {
        let versions = server.get(&format!("{RULESETS}/{path}")).await.json();
        assert_eq!(versions["versions"][1]["version"], "1.0.0", "{path}: {versions}");
    }

    let version = server.get(&format!("{RULESETS}/test/bonus/versions/1.0.0")).await;
    assert_eq!(version.header("content-language"), "en");
    let version = version.json();
    assert_eq!(version["manifest"]["kind"], "points");
    assert_eq!(version["description"]["facts"][0]["label"], "Number");
    assert_eq!(version["parameters"][0]["values"][0]["source"], "Agreement of 2019, item 1");
    assert_eq!(version["parameters"][0]["values"][1]["unconfirmed"], true);
    assert_eq!(version["facts_schema"]["type"], "object");
    assert_eq!(version["report"]["passed"], true);

    let bytes = server.get(&format!("{RULESETS}/test/bonus/versions/1.0.0/package")).await;
    assert_eq!((bytes.header("content-type"), bytes.bytes.to_vec()), (PACKAGE, package()));
}

#[tokio::test]
async fn what_is_not_published_or_is_another_tenants_is_404() {
    let server = Server::with_bonus().await;
    for path in ["test/none", "test/bonus/versions/9.9.9", "test/bonus/versions/x/package", "test"]
    {
        server.get(&format!("{RULESETS}/{path}")).await.problem(404, "not-found");
    }
    let path = "/v1/tenants/other/rulesets/test/bonus/versions/1.0.0";
    server.get_as(&server.other, path).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_is_published_for_everyone_is_seen_by_all() {
    let server = Server::start().await;
    let refused = server.post_as(&server.acme, "/v1/rulesets", PACKAGE, package()).await;
    refused.problem(403, "missing-scope");
    let published = server.post_as(&server.operator, "/v1/rulesets", PACKAGE, package()).await;
    assert_eq!(published.status, 201);
    for (token, tenant) in [(&server.acme, "acme"), (&server.other, "other")] {
        let path = format!("/v1/tenants/{tenant}/rulesets/test/bonus");
        assert_eq!(server.get_as(token, &path).await.status, 200);
    }
}

#[tokio::test]
async fn an_activation_of_what_is_not_there_names_the_field() {
    let server = Server::with_bonus().await;
    let body = |ruleset: &str, version: &str, from: &str| json!({ "slot": "s", "ruleset": ruleset, "version": version, "valid_from": from });
    for (body, kind, pointer) in [
        (body("no/such", "1.0.0", "2020-01-01"), "invalid-body", "/ruleset"),
        (body("test/bonus", "9.0.0", "2020-01-01"), "invalid-body", "/version"),
        (body("test/bonus", "1.0.0", "2019-12-31"), "outside-horizon", "/valid_from"),
    ] {
        let refused = server.post("/v1/tenants/acme/activations", &body).await;
        assert_eq!(refused.problem(422, kind)["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn every_change_is_in_the_audit_log_of_its_tenant_only() {
    let server = Server::with_bonus().await;
    let log = server.get("/v1/tenants/acme/audit?limit=1000").await.json();
    let actions: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions[actions.len() - 2..], ["ruleset.published", "ruleset.activated"]);
    let other = server.get_as(&server.other, "/v1/tenants/other/audit").await.json();
    assert!(!other.to_string().contains("ruleset."));
    server.get("/v1/audit").await.problem(403, "missing-scope");
    assert_eq!(server.get_as(&server.operator, "/v1/audit").await.status, 200);
}

fn files(package: &Package) -> std::collections::BTreeMap<String, Vec<u8>> {
    package.files().map(|(path, content)| (path.to_owned(), content.to_vec())).collect()
}

#[tokio::test]
async fn a_signature_over_something_else_is_422_by_name_and_nothing_is_stored() {
    let server = Server::start().await;
    let mut other = Package::read(&package_with_bonus("1.0.0", 99)).unwrap();
    other.sign(&PrivateKey::generate().unwrap()).unwrap();
    let mut moved = files(&Package::read(&package()).unwrap());
    moved.insert(SIGNATURES_FILE.to_owned(), other.signatures().unwrap().bytes().to_vec());
    let moved = Package::from_files(moved).unwrap();
    let refused = server.post_as(&server.acme, RULESETS, PACKAGE, moved.write().unwrap()).await;
    let problem = refused.problem(422, "package-refused");
    assert_eq!(problem["check"], "signature");
    assert_eq!(problem["errors"][0]["pointer"], "/signatures.dsse.json");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&other.digest().to_string()), "{detail}");
    assert!(detail.contains(&moved.digest().to_string()), "{detail}");
    assert_eq!(server.get(RULESETS).await.json()["rulesets"], json!([]));

    // Also where the version is there already.
    let first = server.post_as(&server.acme, RULESETS, PACKAGE, package()).await;
    assert_eq!(first.status, 201);
    let again = server.post_as(&server.acme, RULESETS, PACKAGE, moved.write().unwrap()).await;
    assert_eq!(again.problem(422, "package-refused")["check"], "signature");
}

#[tokio::test]
async fn what_is_no_envelope_of_signatures_is_422() {
    let server = Server::start().await;
    let good = Package::read(&package()).unwrap();
    let tar = zstd::decode_all(good.write().unwrap().as_slice()).unwrap();
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_path(SIGNATURES_FILE).unwrap();
    header.set_size(2);
    header.set_mode(0o644);
    header.set_cksum();
    archive.append(&header, b"{}".as_slice()).unwrap();
    let mut bytes = archive.into_inner().unwrap();
    bytes.truncate(1024);
    bytes.extend(tar);
    let bytes = zstd::encode_all(bytes.as_slice(), 1).unwrap();
    let problem = server.post_as(&server.acme, RULESETS, PACKAGE, bytes).await;
    let problem = problem.problem(422, "package-refused");
    assert_eq!(problem["check"], "signature");
    assert!(problem["detail"].as_str().unwrap().contains("payload"), "{problem}");
}

#[tokio::test]
async fn what_callers_would_lose_is_422_with_each_place() {
    let server = Server::with_bonus().await;
    let mut shorter = files(&Package::read(&package_with_bonus("1.1.0", 30)).unwrap());
    let manifest = std::str::from_utf8(&shorter["ruleset.toml"]).unwrap();
    let manifest = manifest.replace("2021-12-31", "2021-06-30");
    shorter.insert("ruleset.toml".to_owned(), manifest.into_bytes());
    let shorter = Package::from_files(shorter).unwrap().write().unwrap();
    let refused = server.post_as(&server.acme, RULESETS, PACKAGE, shorter).await;
    let problem = refused.problem(422, "package-refused");
    assert_eq!(problem["check"], "compatibility");
    let error = &problem["errors"][0];
    assert_eq!(error["pointer"], "/ruleset.toml/validity.until");
    assert_eq!(error["expected"], "2021-12-31 or later");
    assert_eq!(error["found"], "2021-06-30");
}

#[tokio::test]
async fn what_changed_between_two_versions_can_be_read() {
    let server = Server::with_bonus().await;
    server.post_as(&server.acme, RULESETS, PACKAGE, package_with_bonus("1.1.0", 30)).await;
    let path = format!("{RULESETS}/test/bonus/versions/1.1.0/difference");
    let difference = server.get(&format!("{path}?from=1.0.0")).await.json();
    assert_eq!(difference["from"]["version"], "1.0.0");
    assert_eq!(difference["component_changed"], false);
    let value = &difference["values"][0];
    assert_eq!(value["parameter"], "bonus");
    assert_eq!((&value["old"]["value"], &value["new"]["value"]), (&json!("10"), &json!("30")));
    let said = difference["in_words"][0].as_str().unwrap();
    assert!(said.starts_with("bonus from 2020-01-01: 30, was 10 (source: "), "{said}");
    assert_eq!(difference["formulas"], json!([]));
    assert_eq!(difference["cases"][0]["change"], "changed");
    assert_eq!(difference["breaks"], json!([]));
    let same = server.get(&format!("{path}?from=1.1.0")).await.json();
    assert_eq!((&same["same"], &same["values"]), (&json!(true), &json!([])));

    server.get(&path).await.problem(400, "malformed-request");
    server.get(&format!("{path}?since=1.0.0")).await.problem(400, "malformed-request");
    let missing = server.get(&format!("{path}?from=7.0.0")).await.problem(404, "not-found");
    assert!(missing["detail"].as_str().unwrap().contains("test/bonus 7.0.0"), "{missing}");
    let others = "/v1/tenants/other/rulesets/test/bonus/versions/1.1.0/difference?from=1.0.0";
    server.get_as(&server.other, others).await.problem(404, "not-found");
}
