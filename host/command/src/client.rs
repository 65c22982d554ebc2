//! The HTTP client of the command line.

use std::time::Duration;

use reqwest::{Body, Method, RequestBuilder, Url, header};
use serde_json::Value;
use uuid::Uuid;

use crate::failure::Failure;

/// How long a connection may take. An answer may take as long as the server allows.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A server and the token that it is asked with.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    token: Option<String>,
}

impl Client {
    /// A client of the server at this address.
    pub(crate) fn new(server: &str, token: Option<&str>) -> Result<Client, Failure> {
        let base = Url::parse(server).ok().filter(|url| url.has_host()).ok_or_else(|| {
            Failure::Usage(format!(
                "--server must be an address such as http://127.0.0.1:8080, found {server:?}"
            ))
        })?;
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_nodelay(true)
            .user_agent(concat!("stele/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Failure::Failed(format!("no HTTP client: {}", chain(&error))))?;
        Ok(Client { http, base, token: token.map(|token| token.trim().to_owned()) })
    }

    /// Reads a resource.
    pub(crate) async fn get(&self, path: &[&str]) -> Result<Value, Failure> {
        self.answer(self.request(Method::GET, path)?).await
    }

    /// Reads a resource with a query.
    pub(crate) async fn get_where(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<Value, Failure> {
        self.answer(self.request_to(Method::GET, self.url_where(path, query)?)).await
    }

    /// Puts JSON.
    pub(crate) async fn put(&self, path: &[&str], body: &Value) -> Result<Value, Failure> {
        self.answer(self.request(Method::PUT, path)?.json(body)).await
    }

    /// Reads a resource with its texts in a language.
    pub(crate) async fn get_in(
        &self,
        path: &[&str],
        language: Option<&str>,
    ) -> Result<Value, Failure> {
        let mut request = self.request(Method::GET, path)?;
        if let Some(language) = language {
            request = request.header(header::ACCEPT_LANGUAGE, language);
        }
        self.answer(request).await
    }

    /// Reads a resource as bytes of a media type.
    pub(crate) async fn get_as(
        &self,
        path: &[&str],
        media_type: &str,
        language: Option<&str>,
    ) -> Result<Vec<u8>, Failure> {
        let mut request = self.request(Method::GET, path)?.header(header::ACCEPT, media_type);
        if let Some(language) = language {
            request = request.header(header::ACCEPT_LANGUAGE, language);
        }
        let response = self.send(request).await?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let bytes = response.bytes().await.map_err(|error| self.unreachable(&error))?;
        Ok(bytes.to_vec())
    }

    /// Posts JSON.
    pub(crate) async fn post(&self, path: &[&str], body: &Value) -> Result<Value, Failure> {
        self.answer(self.changing(path)?.json(body)).await
    }

    /// Posts JSON and asks for the answer's texts in a language.
    pub(crate) async fn post_in(
        &self,
        path: &[&str],
        body: &Value,
        language: Option<&str>,
    ) -> Result<Value, Failure> {
        let mut request = self.request(Method::POST, path)?.json(body);
        if let Some(language) = language {
            request = request.header(header::ACCEPT_LANGUAGE, language);
        }
        self.answer(request).await
    }

    /// Posts a file.
    pub(crate) async fn upload(
        &self,
        path: &[&str],
        media_type: &str,
        length: u64,
        body: impl Into<Body>,
    ) -> Result<Value, Failure> {
        let request = self
            .changing(path)?
            .header(header::CONTENT_TYPE, media_type)
            .header(header::CONTENT_LENGTH, length)
            .body(body);
        self.answer(request).await
    }

    /// Posts a file with a query.
    pub(crate) async fn upload_where(
        &self,
        path: &[&str],
        query: &[(&str, String)],
        media_type: &str,
        body: Vec<u8>,
    ) -> Result<Value, Failure> {
        let request = keyed(self.request_to(Method::POST, self.url_where(path, query)?));
        self.answer(request.header(header::CONTENT_TYPE, media_type).body(body)).await
    }

    /// Deletes a resource.
    pub(crate) async fn delete(&self, path: &[&str]) -> Result<Value, Failure> {
        self.answer(self.request(Method::DELETE, path)?).await
    }

    /// Reads a resource that is not JSON, piece by piece.
    pub(crate) async fn download(&self, path: &[&str]) -> Result<reqwest::Response, Failure> {
        self.download_as(path, &[], "*/*").await
    }

    /// The same of a media type, with a query.
    pub(crate) async fn download_as(
        &self,
        path: &[&str],
        query: &[(&str, String)],
        media_type: &str,
    ) -> Result<reqwest::Response, Failure> {
        let request = self.request_to(Method::GET, self.url_where(path, query)?);
        let response = self.send(request.header(header::ACCEPT, media_type)).await?;
        match response.status().is_success() {
            true => Ok(response),
            false => Err(refusal(response).await),
        }
    }

    /// The tenant that the token belongs to; none for an operator's.
    pub(crate) async fn tenant_of_token(&self) -> Result<Option<String>, Failure> {
        let credential = self.get(&["v1", "credential"]).await?;
        Ok(credential["tenant"].as_str().map(str::to_owned))
    }

    /// A request that may be repeated safely after a broken connection, because it carries a key.
    fn changing(&self, path: &[&str]) -> Result<RequestBuilder, Failure> {
        Ok(keyed(self.request(Method::POST, path)?))
    }

    fn request(&self, method: Method, path: &[&str]) -> Result<RequestBuilder, Failure> {
        Ok(self.request_to(method, self.url(path)?))
    }

    fn request_to(&self, method: Method, url: Url) -> RequestBuilder {
        let request = self.http.request(method, url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    fn url(&self, path: &[&str]) -> Result<Url, Failure> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| Failure::Usage(format!("--server {} has no path", self.base)))?
            .pop_if_empty()
            .extend(path);
        Ok(url)
    }

    fn url_where(&self, path: &[&str], query: &[(&str, String)]) -> Result<Url, Failure> {
        let mut url = self.url(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Value, Failure> {
        let response = self.send(request).await?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let bytes = response.bytes().await.map_err(|error| self.unreachable(&error))?;
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&bytes).map_err(|error| {
            Failure::Failed(format!(
                "{} did not answer with JSON ({error}); is it a Stele server?",
                self.base
            ))
        })
    }

    async fn send(&self, request: RequestBuilder) -> Result<reqwest::Response, Failure> {
        request.send().await.map_err(|error| self.unreachable(&error))
    }

    fn unreachable(&self, error: &reqwest::Error) -> Failure {
        if error.is_builder() {
            return Failure::Usage(format!("the request can not be made: {}", chain(error)));
        }
        Failure::Unreachable(format!(
            "the server at {} can not be reached: {}. Is `stele serve` running there?",
            self.base,
            chain(error)
        ))
    }
}

/// The request with a key.
fn keyed(request: RequestBuilder) -> RequestBuilder {
    request.header("idempotency-key", Uuid::now_v7().to_string())
}

/// What the server said, as a problem document; other error pages by their status.
async fn refusal(response: reqwest::Response) -> Failure {
    let status = response.status();
    let bytes = response.bytes().await.unwrap_or_default();
    match serde_json::from_slice::<Value>(&bytes) {
        Ok(problem) if problem["status"].is_u64() => Failure::Refused(problem),
        _ => Failure::Failed(format!("the server answered {status}; is it a Stele server?")),
    }
}

/// An error with its causes: the outermost alone says too little.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.last().map(ToString::to_string).unwrap_or_default()
}
