//! The door to an activation, over HTTP.

use serde_json::{Value, json};
use stele_runtime::TokenScope;

use crate::support::{Answer, PACKAGE, Server, package, package_with_bonus, pointers};

const PROPOSALS: &str = "/v1/tenants/acme/proposals";

/// Two versions published, one approval needed, and two people.
struct House {
    server: Server,
    proposer: String,
    approver: String,
}

impl House {
    async fn new() -> House {
        let server = Server::start().await;
        for bytes in [package(), package_with_bonus("1.1.0", 7)] {
            let path = "/v1/tenants/acme/rulesets";
            let published = server.post_as(&server.acme, path, PACKAGE, bytes).await;
            assert_eq!(published.status, 201);
        }
        let policy = json!({ "policy": { "approvals": [{ "slots": "*", "approvals": 1 }] } });
        let path = "/v1/tenants/acme/policy";
        assert_eq!(server.json_with("PUT", path, &[], &policy).await.status, 200);
        let read = TokenScope::ActivationsRead;
        let proposer = server.token("acme", &[read, TokenScope::ActivationsWrite]).await;
        let approver = server.token("acme", &[read, TokenScope::ActivationsApprove]).await;
        House { server, proposer, approver }
    }

    async fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        self.server.post_as(token, path, "application/json", body.to_string()).await
    }

    async fn propose(&self, version: &str) -> Value {
        let answer = self.post(&self.proposer, PROPOSALS, proposal(version)).await;
        assert_eq!(answer.status, 201, "{}", answer.json());
        let id = answer.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(answer.header("location"), format!("{PROPOSALS}/{id}"));
        answer.json()
    }

    async fn approve(&self, token: &str, shown: &Value) -> Answer {
        let path = format!("{PROPOSALS}/{}/approval", shown["id"].as_str().unwrap());
        self.post(token, &path, json!({ "binding": shown["binding"] })).await
    }
}

fn proposal(version: &str) -> Value {
    json!({ "slot": "bonus", "ruleset": "test/bonus", "version": version, "valid_from": "2020-01-01" })
}

#[tokio::test]
async fn a_version_is_in_force_once_another_person_has_approved_it() {
    let house = House::new().await;
    let direct = house.post(&house.proposer, "/v1/tenants/acme/activations", proposal("1.0.0"));
    let problem = direct.await.problem(403, "four-eyes");
    assert_eq!(problem["needed"], 1);

    let proposed = house.propose("1.0.0").await;
    assert_eq!(proposed["state"], "proposed");
    house.approve(&house.proposer, &proposed).await.problem(403, "missing-scope");
    // The same person, with a token that may approve.
    let both = house.server.acme.clone();
    let own = house.post(&both, PROPOSALS, proposal("1.1.0")).await.json();
    let problem = house.approve(&both, &own).await.problem(403, "four-eyes");
    assert!(problem["detail"].as_str().unwrap().contains("another person"), "{problem}");

    let approved = house.approve(&house.approver, &proposed).await;
    assert_eq!(approved.status, 200);
    assert_eq!(approved.json()["state"], "in_force");
    let in_force = house.server.get("/v1/tenants/acme/in-force?slot=bonus&date=2020-06-30").await;
    assert_eq!(in_force.json()["activation"]["proposal"], proposed["id"]);
    let before =
        "/v1/tenants/acme/in-force?slot=bonus&date=2020-06-30&known_at=2020-01-01T00:00:00Z";
    assert_eq!(house.server.get(before).await.json()["activation"], Value::Null);
    let slots = house.server.get("/v1/tenants/acme/slots?date=2020-06-30").await.json();
    assert_eq!(slots["slots"][0]["slot"], "bonus");
    assert_eq!(slots["slots"][0]["activation"]["proposal"], proposed["id"]);
    let before = "/v1/tenants/acme/slots?date=2020-06-30&known_at=2020-01-01T00:00:00Z";
    assert_eq!(house.server.get(before).await.json()["slots"][0]["activation"], Value::Null);
    house
        .server
        .get("/v1/tenants/acme/slots?date=30.6.2020")
        .await
        .problem(400, "malformed-request");
    let listed = house.server.get("/v1/tenants/acme/proposals?state=in_force").await.json();
    assert_eq!(listed["proposals"][0]["id"], proposed["id"]);
    let path = format!("{PROPOSALS}/{}", proposed["id"].as_str().unwrap());
    assert_eq!(house.server.get(&path).await.header("etag"), "\"2\"");
}

#[tokio::test]
async fn an_approval_of_something_that_has_changed_says_what_changed() {
    let house = House::new().await;
    let shown = house.propose("1.0.0").await;
    let path = format!("{PROPOSALS}/{}", shown["id"].as_str().unwrap());
    let matching = [("if-match", "\"1\"")];
    let changed = house.server.json_with("PUT", &path, &matching, &proposal("1.1.0")).await;
    changed.problem(403, "four-eyes");
    let request = crate::support::request("PUT", &path, &house.proposer)
        .header("content-type", "application/json")
        .header("if-match", "\"1\"")
        .body(proposal("1.1.0").to_string().into())
        .unwrap();
    let changed = house.server.send(request).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""));
    let problem = house.approve(&house.approver, &shown).await.problem(409, "conflict");
    assert_eq!(problem["changes"][0]["field"], "version");
    assert_eq!(problem["changes"][0]["then"], "1.0.0");
    assert_eq!(problem["changes"][0]["now"], "1.1.0");
    assert_eq!(house.approve(&house.approver, &changed.json()).await.status, 200);
}

#[tokio::test]
async fn every_wrong_field_of_a_proposal_is_named() {
    let house = House::new().await;
    let body = json!({ "slot": "B", "ruleset": 7, "valid_from": "soon", "impact_report": "x" });
    let problem = house.post(&house.proposer, PROPOSALS, body).await.problem(422, "invalid-body");
    let expected = ["/slot", "/ruleset", "/version", "/valid_from", "/impact_report"];
    assert_eq!(pointers(&problem), expected);
    let unknown = json!({ "slot": "bonus", "ruleset": "test/bonus", "version": "9.0.0",
        "valid_from": "2020-01-01" });
    let problem = house.post(&house.proposer, PROPOSALS, unknown).await;
    assert_eq!(pointers(&problem.problem(422, "invalid-body")), ["/version"]);
    let early = json!({ "slot": "bonus", "ruleset": "test/bonus", "version": "1.0.0",
        "valid_from": "1999-01-01" });
    let problem = house.post(&house.proposer, PROPOSALS, early).await;
    assert_eq!(pointers(&problem.problem(422, "outside-horizon")), ["/valid_from"]);
    let nowhere = format!("{PROPOSALS}/nonsense/approval");
    house
        .post(&house.approver, &nowhere, json!({ "binding": "x" }))
        .await
        .problem(404, "not-found");
    let policy = json!({ "policy": { "approvals": [{ "slots": "*", "approvals": "two" }] } });
    let refused = house.server.json_with("PUT", "/v1/tenants/acme/policy", &[], &policy).await;
    assert_eq!(pointers(&refused.problem(422, "invalid-body")), ["/policy/approvals/0/approvals"]);
}

#[tokio::test]
async fn an_emergency_needs_its_scope_and_stays_marked_until_it_is_confirmed() {
    let house = House::new().await;
    for version in ["1.0.0", "1.1.0"] {
        let proposed = house.propose(version).await;
        assert_eq!(house.approve(&house.approver, &proposed).await.status, 200);
    }
    let path = "/v1/tenants/acme/rollbacks";
    let body = json!({ "slot": "bonus", "reason": "wrong pay", "emergency": true });
    let problem = house.post(&house.proposer, path, body.clone()).await;
    assert_eq!(problem.problem(403, "missing-scope")["scope"], "activations:emergency");
    let scopes = [TokenScope::ActivationsWrite, TokenScope::ActivationsEmergency];
    let on_call = house.server.token("acme", &scopes).await;
    let rolled_back = house.post(&on_call, path, body).await;
    assert_eq!(rolled_back.status, 201);
    let rolled_back = rolled_back.json();
    assert_eq!(rolled_back["unconfirmed"], true);
    assert_eq!(rolled_back["version"], "1.0.0");
    let marked = "/v1/tenants/acme/proposals?unconfirmed=true";
    assert_eq!(house.server.get(marked).await.json()["proposals"].as_array().unwrap().len(), 1);
    let metrics = house.server.get_as("", "/metrics").await;
    let text = String::from_utf8(metrics.bytes.to_vec()).unwrap();
    assert!(!text.contains("wrong pay"));
    let confirm = format!("{PROPOSALS}/{}/confirmation", rolled_back["id"].as_str().unwrap());
    let confirmed = house.post(&house.approver, &confirm, json!({})).await;
    assert_eq!((confirmed.status.as_u16(), &confirmed.json()["unconfirmed"]), (200, &json!(false)));
    assert_eq!(house.server.get(marked).await.json()["proposals"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_lowered_policy_lets_what_enough_have_approved_be_put_in_force() {
    let house = House::new().await;
    let policy = async |approvals: u32| {
        let policy =
            json!({ "policy": { "approvals": [{ "slots": "*", "approvals": approvals }] } });
        let path = "/v1/tenants/acme/policy";
        assert_eq!(house.server.json_with("PUT", path, &[], &policy).await.status, 200);
    };
    policy(2).await;
    let proposed = house.propose("1.0.0").await;
    assert_eq!(house.approve(&house.approver, &proposed).await.status, 200);
    let path = format!("{PROPOSALS}/{}/activation", proposed["id"].as_str().unwrap());
    let body = json!({ "binding": proposed["binding"] });
    let early = house.post(&house.proposer, &path, body.clone()).await.problem(409, "conflict");
    assert_eq!((&early["given"], &early["needed"]), (&json!(1), &json!(2)));
    policy(1).await;
    let read = house.post(&house.approver, &path, body.clone()).await;
    read.problem(403, "missing-scope");
    let done = house.post(&house.proposer, &path, body).await;
    assert_eq!((done.status.as_u16(), &done.json()["approvals"]["given"]), (200, &json!(1)));
    let slots = house.server.get("/v1/tenants/acme/slots?date=2020-06-30").await.json();
    assert_eq!(slots["slots"][0]["activation"]["proposal"], proposed["id"]);
}
