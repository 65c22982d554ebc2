//! A client of the HTTP API: JSON in, JSON out, nothing hidden.

use anyhow::Context;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// A bearer token and the tenant that it speaks for; and the token of a second person, who approves
/// what the first one proposes.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
    approver: Option<String>,
    tenant: String,
}

/// A response, read whole.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// Response headers.
    pub headers: HeaderMap,
    /// The body as JSON, or as a JSON string where it is something else.
    pub body: Value,
}

impl Answer {
    /// The body of a successful answer; an error with the problem document otherwise.
    pub fn ok(self) -> anyhow::Result<Value> {
        anyhow::ensure!((200..300).contains(&self.status), "{}: {}", self.status, self.body);
        Ok(self.body)
    }
}

impl Client {
    /// A client for `http://host:port`.
    pub fn new(base: &str, token: &str, tenant: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: base.to_owned(),
            token: token.to_owned(),
            approver: None,
            tenant: tenant.to_owned(),
        }
    }

    /// The same, with the token of another person who approves.
    pub fn approved_by(self, token: &str) -> Self {
        Self { approver: Some(token.to_owned()), ..self }
    }

    /// The tenant's id, empty for an operator.
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The bearer token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Where the server listens, `http://host:port`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Same server, other credential.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// A path below the tenant: `calculations` → `/v1/tenants/{tenant}/calculations`.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/tenants/{}/{rest}", self.tenant)
    }

    /// A request with the token.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    /// `GET` of an absolute path.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        send(self.request(Method::GET, path)).await
    }

    /// `POST` of a JSON body to an absolute path.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Answer> {
        send(self.request(Method::POST, path).json(body)).await
    }

    /// `PUT` of a JSON body to an absolute path.
    pub async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Answer> {
        send(self.request(Method::PUT, path).json(body)).await
    }

    /// Proposes an activation and has the second person approve it. It is in force when this
    /// returns. Returns the proposal.
    pub async fn put_in_force(&self, proposal: &Value) -> anyhow::Result<Value> {
        let approver = self.approver.as_deref().context("nobody is there to approve")?;
        let proposed = self.post(&self.path("proposals"), proposal).await?.ok()?;
        let id = proposed["id"].as_str().context("no proposal")?;
        let path = self.path(&format!("proposals/{id}/approval"));
        let binding = serde_json::json!({ "binding": proposed["binding"] });
        self.with_token(approver).post(&path, &binding).await?.ok()
    }

    /// `POST` of any bytes.
    pub async fn post_bytes(
        &self,
        path: &str,
        content_type: &str,
        body: impl Into<reqwest::Body>,
    ) -> anyhow::Result<Answer> {
        send(self.request(Method::POST, path).header("content-type", content_type).body(body)).await
    }

    /// Many calculations in one streamed request; one JSON value a line, in the same order.
    pub async fn batch(&self, requests: impl Iterator<Item = Value>) -> anyhow::Result<Vec<Value>> {
        let body: String = requests.map(|request| format!("{request}\n")).collect();
        let response = self
            .request(Method::POST, &self.path("calculations/batch"))
            .header("content-type", "application/x-ndjson")
            .body(body)
            .send()
            .await?;
        let status = response.status();
        let text = response.text().await?;
        anyhow::ensure!(status.is_success(), "{status}: {text}");
        text.lines().map(|line| serde_json::from_str(line).context(line.to_owned())).collect()
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> anyhow::Result<Answer> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await?;
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Ok(Answer { status, headers, body })
}
