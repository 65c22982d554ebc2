//! A server in memory with two tenants, and requests to it.

#[allow(dead_code, reason = "shared with the tests of the runtime, which use all of it")]
#[path = "../../../ruleset/tests/ruleset/support.rs"]
mod rulesets;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stele_ruleset::Package;
use stele_runtime::{
    Actor, Policy, Precondition, Runtime, Settings, TenantId, TokenDraft, TokenScope,
};
use stele_server::http::edge::application::Application;
use stele_server::http::router::router;
use stele_server::limits::Limits;
use tempfile::TempDir;
use tower::ServiceExt;

/// The files of the ruleset `test/bonus` 1.0.0: item `answer` = fact `number` + parameter `bonus`.
pub(crate) use rulesets::{honest, with};

/// A server with the tenants `acme` and `other`, and tokens.
pub(crate) struct Server {
    pub router: Router,
    pub runtime: Arc<Runtime>,
    /// May do everything for everyone.
    pub operator: String,
    /// May do everything for `acme`.
    pub acme: String,
    /// May do everything for `other`.
    pub other: String,
    data: TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    pub(crate) fn lines(&self) -> Vec<Value> {
        let text = std::str::from_utf8(&self.bytes).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The problem document, with what must hold of every one.
    pub(crate) fn problem(&self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["type"], format!("urn:stele:problem:{kind}"), "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        for member in ["title", "detail", "instance"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        problem
    }
}

/// The pointers of a problem's errors.
pub(crate) fn pointers(problem: &Value) -> Vec<&str> {
    problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect()
}

impl Server {
    pub(crate) async fn start() -> Server {
        Server::with_limits(Limits::default()).await
    }

    pub(crate) async fn with_limits(limits: Limits) -> Server {
        Server::with_settings(limits, Settings::default()).await
    }

    pub(crate) async fn with_settings(limits: Limits, settings: Settings) -> Server {
        let data = tempfile::tempdir().unwrap();
        let runtime = Runtime::open(data.path(), settings).await.unwrap();
        let actor = Actor::console();
        for tenant in ["acme", "other"] {
            let tenant = TenantId::new(tenant).unwrap();
            runtime.create_tenant(&actor, tenant.clone(), tenant.as_str()).await.unwrap();
            // One person may activate: who must agree is the subject of tests of its own.
            let open = serde_json::to_value(Policy::without_approvals()).unwrap();
            let none = Precondition::None;
            runtime.put_policy(&actor, Some(&tenant), none, open).await.unwrap();
        }
        let router = router(Application::new(runtime.clone(), limits)).unwrap();
        let operator = token(&runtime, None, TokenScope::ALL).await;
        let of_tenant: Vec<_> = TokenScope::ALL
            .iter()
            .copied()
            .filter(|scope| *scope != TokenScope::Operator)
            .collect();
        let acme = token(&runtime, Some("acme"), &of_tenant).await;
        let other = token(&runtime, Some("other"), &of_tenant).await;
        Server { router, runtime, operator, acme, other, data }
    }

    /// A server where `acme` has `test/bonus` 1.0.0 in force in the slot `bonus` from 2020.
    pub(crate) async fn with_bonus() -> Server {
        let server = Server::start().await;
        server.publish_and_activate(&package()).await;
        server
    }

    pub(crate) async fn publish_and_activate(&self, package: &[u8]) {
        self.publish_and_activate_as("acme", package).await;
    }

    /// Publishes a package for a tenant and puts it in force in the slot `bonus` from 2020.
    pub(crate) async fn publish_and_activate_as(&self, tenant: &str, package: &[u8]) {
        let path = format!("/v1/tenants/{tenant}/rulesets");
        let published = self.post_as(&self.operator, &path, PACKAGE, package.to_vec()).await;
        assert_eq!(published.status, 201, "{}", String::from_utf8_lossy(&published.bytes));
        let published = published.json();
        let activation = json!({
            "slot": "bonus", "ruleset": published["name"], "version": published["version"],
            "valid_from": "2020-01-01",
        });
        let path = format!("/v1/tenants/{tenant}/activations");
        let json = "application/json";
        let activated = self.post_as(&self.operator, &path, json, activation.to_string()).await;
        assert_eq!(activated.status, 201, "{}", String::from_utf8_lossy(&activated.bytes));
    }

    /// The data folder, which nobody has open any more.
    pub(crate) fn stop(self) -> TempDir {
        let Server { router, runtime, data, .. } = self;
        drop((router, runtime));
        data
    }

    pub(crate) async fn token(&self, tenant: &str, scopes: &[TokenScope]) -> String {
        token(&self.runtime, Some(tenant), scopes).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        send(self.router.clone(), request).await
    }

    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Answer {
        self.send(request("GET", path, token).body(Body::empty()).unwrap()).await
    }

    /// As `acme`.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.get_as(&self.acme, path).await
    }

    pub(crate) async fn post_as(
        &self,
        token: &str,
        path: &str,
        media_type: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let request = request("POST", path, token).header("content-type", media_type);
        self.send(request.body(body.into()).unwrap()).await
    }

    /// JSON as `acme`.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_as(&self.acme, path, "application/json", body.to_string()).await
    }

    /// JSON as `acme`, with further headers.
    pub(crate) async fn json_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let mut request =
            request(method, path, &self.acme).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

pub(crate) async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub(crate) const PACKAGE: &str = "application/vnd.stele.package";

pub(crate) fn request(method: &str, path: &str, token: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"))
}

/// The package of `test/bonus` 1.0.0.
pub(crate) fn package() -> Vec<u8> {
    Package::from_files(honest()).unwrap().write().unwrap()
}

/// The package of a version of `test/burning`, which loops for the number 1 and answers every other
/// with itself.
pub(crate) fn burning(version: &str) -> Vec<u8> {
    written(burning_files("test/burning", version))
}

/// A package that is refused after it has burned its fuel for every one of its cases.
pub(crate) fn burning_cases(cases: usize) -> Vec<u8> {
    let mut files = burning_files("test/burning-cases", "1.0.0");
    for number in 0..cases {
        files = with(files, &format!("cases/{number}.toml"), &rulesets::case("1", "1"));
    }
    written(files)
}

fn burning_files(name: &str, version: &str) -> rulesets::Files {
    answers_itself(rulesets::hostile("loops", &rulesets::description()), name, version)
}

/// The package of a version of `test/slow`, which takes some milliseconds for each of its number.
pub(crate) fn slow(version: &str) -> Vec<u8> {
    let component = rulesets::from_text(SLOW, &rulesets::description());
    written(answers_itself(component, "test/slow", version))
}

const SLOW: &str = "
(func $evaluate (param $self i32) (param $facts i32) (param $count i32) (param $explain i32)
  (result i32) (local $left i64)
  (local.set $left (i64.mul (call $number (local.get $facts)) (i64.const 1000000)))
  (block $done
    (loop $again
      (br_if $done (i64.eqz (local.get $left)))
      (local.set $left (i64.sub (local.get $left) (i64.const 1)))
      (br $again)))
  (call $line (i32.const 0) (call $number (local.get $facts))))
";

/// The files of a ruleset whose rule answers a number with itself.
fn answers_itself(component: Vec<u8>, name: &str, version: &str) -> rulesets::Files {
    let manifest = rulesets::MANIFEST.replace("test/bonus", name).replace("1.0.0", version);
    let mut files = rulesets::files(component);
    for (path, text) in [
        ("ruleset.toml", manifest),
        ("cases/one.toml", rulesets::case("3", "3")),
        ("cases/two.toml", rulesets::case("2", "2")),
    ] {
        files = with(files, path, &text);
    }
    files
}

pub(crate) fn written(files: rulesets::Files) -> Vec<u8> {
    Package::from_files(files).unwrap().write().unwrap()
}

/// The package of another version of `test/bonus`, whose bonus of 2020 is different.
pub(crate) fn package_with_bonus(version: &str, bonus: i64) -> Vec<u8> {
    let mut files = honest();
    let replaced = |path: &str, from: &str, to: &str| {
        std::str::from_utf8(&honest()[path]).unwrap().replace(from, to).into_bytes()
    };
    files.insert("ruleset.toml".into(), replaced("ruleset.toml", "1.0.0", version));
    files.insert(
        "parameters.toml".into(),
        replaced("parameters.toml", "value = 10", &format!("value = {bonus}")),
    );
    for (case, number) in [("cases/one.toml", 1), ("cases/two.toml", 2)] {
        let (from, to) = (format!("\"{}\"", number + 10), format!("\"{}\"", number + bonus));
        files.insert(case.into(), replaced(case, &from, &to));
    }
    Package::from_files(files).unwrap().write().unwrap()
}

async fn token(runtime: &Runtime, tenant: Option<&str>, scopes: &[TokenScope]) -> String {
    let draft = TokenDraft {
        tenant: tenant.map(|tenant| TenantId::new(tenant).unwrap()),
        name: "test".to_owned(),
        scopes: scopes.to_vec(),
        subject: None,
    };
    let (_, secret) = runtime.create_token(&Actor::console(), draft).await.unwrap();
    secret.reveal().to_owned()
}
